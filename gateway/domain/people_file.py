"""A list of people as the student system writes it: CSV, read strictly, line by line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gateway.domain import errors
from shared.kernel.refusal import Violation

if TYPE_CHECKING:
    import _csv

MOST_BYTES = 10 * 1024 * 1024
MOST_COLUMNS = 64
REQUIRED = ("number", "family_name", "given_name", "faculty", "level")
COLUMNS = {
    "number": ("student number", "staff number", "id", "学号", "工号", "学工号"),
    "family_name": ("family name", "surname", "last name", "姓"),
    "given_name": ("given name", "first name", "名"),
    "name_order": ("name order", "姓名顺序"),
    "mail": ("email", "e-mail", "mail address", "邮箱", "电子邮箱"),
    "faculty": ("school", "college", "department", "学院", "院系"),
    "level": ("degree level", "层次", "培养层次"),
    "study_year": ("study year", "year", "年级"),
    "role": ("roles", "角色"),
    "patron_class": ("patron class", "读者类型"),
    "language": ("语言",),
    "login": ("login name", "user name", "username", "登录名"),
    "active": ("状态",),
}
_NAMES = {alias: name for name, aliases in COLUMNS.items() for alias in (name, *aliases)}


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row: the line it starts on, its cells by column, and what made it unreadable if so."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    violation: Violation | None = None


def read_rows(content: bytes) -> Iterator[FileRow]:
    """Return the rows below the header; raises PeopleFileUnreadable when there is no such thing.

    UTF-8 with or without byte order mark; comma or semicolon, whichever the header uses; columns in
    any order, named in English or Chinese; columns we do not know are passed over.
    """
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise _unreadable("header_broken") from error
    return _rows(reader, _columns(header))


def _unreadable(code: str, **numbers: object) -> errors.PeopleFileUnreadable:
    refusal = errors.PeopleFileUnreadable()
    refusal.because([Violation(code, {"field": "file", **numbers})])
    return refusal


def _decoded(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise _unreadable("file_too_big", most_mebibytes=MOST_BYTES // 1024 // 1024)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unreadable("file_not_utf8", line=line) from error
    if not text.strip():
        raise _unreadable("file_empty")
    return text


def _delimiter(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return ";" if header.count(";") > header.count(",") else ","


def _columns(header: list[str]) -> list[str | None]:
    columns = [_NAMES.get(" ".join(cell.replace("_", " ").lower().split())) for cell in header]
    columns = [
        name or _NAMES.get(cell.strip().lower()) for name, cell in zip(columns, header, strict=True)
    ]
    if len(header) > MOST_COLUMNS:
        raise _unreadable("too_many_columns", most=MOST_COLUMNS)
    for name in COLUMNS:
        if columns.count(name) > 1:
            raise _unreadable("column_repeated", column=name)
    if missing := [name for name in REQUIRED if name not in columns]:
        raise _unreadable("columns_missing", columns=", ".join(missing))
    return columns


def _rows(reader: "_csv.Reader", columns: list[str | None]) -> Iterator[FileRow]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield FileRow(line, violation=Violation("quoting_broken", {"field": "row"}))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(line, cells, columns)


def _row(line: int, cells: list[str], columns: list[str | None]) -> FileRow:
    named = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
    if len(cells) != len(columns):
        numbers = {"field": "row", "found": len(cells), "expected": len(columns)}
        return FileRow(line, named, Violation("cell_count", numbers))
    return FileRow(line, named)
