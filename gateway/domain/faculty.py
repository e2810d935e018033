"""A faculty's name: what people are told instead of the student system's code."""

from dataclasses import dataclass

CODE_LENGTH = 80
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Faculty:
    """The code people are imported with, and its names in both languages."""

    code: str
    name_zh: str
    name_en: str
