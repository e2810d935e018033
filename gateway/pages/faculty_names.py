"""What faculties are called, in the reader's language: read once per page."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import cast

from flask import g

from gateway.pages.language import current_language
from gateway.parts import current_parts
from gateway.queries.faculties import faculties


def faculty_names() -> Mapping[str, str]:
    """Return the names by code, in the order of the codes."""
    if "faculty_names" not in g:
        stem = "name_zh" if current_language() == "zh-CN" else "name_en"
        found = faculties(current_parts().engine)
        g.faculty_names = {faculty.code: asdict(faculty)[stem] for faculty in found}
    return cast("Mapping[str, str]", g.faculty_names)
