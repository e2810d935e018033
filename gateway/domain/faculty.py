"""A faculty's name: what people are told instead of the student system's code."""

from dataclasses import asdict, dataclass

from gateway.domain import errors
from shared.kernel.refusal import Violation

CODE_LENGTH = 80
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Faculty:
    """The code people are imported with, and its names in both languages."""

    code: str
    name_zh: str
    name_en: str

    def check(self) -> None:
        """Raise FacultyRejected with everything that keeps this from being a faculty."""
        found = []
        for name, text in asdict(self).items():
            most = CODE_LENGTH if name == "code" else NAME_LENGTH
            if not text.strip():
                found.append(Violation("missing", {"field": name}))
            if len(text) > most:
                found.append(Violation("too_long", {"field": name, "most": most}))
        if found:
            raise errors.FacultyRejected().because(found)
