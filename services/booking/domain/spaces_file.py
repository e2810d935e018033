"""Spaces in a CSV file: which columns there are, and what each row says."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from shared.kernel.refusal import Refusal

REQUIRED = ("code", "name_zh", "name_en", "zone", "space_type", "space_kind", "capacity")
OPTIONAL = ("features", "accessible")
MOST_ROWS = 500
YES = frozenset({"yes", "true", "1", "是"})


class FileUnreadable(Refusal):
    """The text is no table with the columns that are needed; `columns` are those missing."""

    code: ClassVar[str] = "file_unreadable"
    status: ClassVar[int] = 422


class TooManyRows(Refusal):
    """A file holds more rows than are taken at once."""

    code: ClassVar[str] = "too_many_rows"
    status: ClassVar[int] = 422


class ZoneUnknown(Refusal):
    """The library has no zone of this code, or more than one."""

    code: ClassVar[str] = "zone_unknown"
    status: ClassVar[int] = 422


class OutOfUse(Refusal):
    """A space out of use is not changed by a file: that would put it into use again."""

    code: ClassVar[str] = "space_is_out_of_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceRow:
    """One row, its line counted as a text editor does; words as they stand there."""

    line: int
    code: str
    name_zh: str
    name_en: str
    zone: str
    space_type: str
    space_kind: str
    capacity: int
    features: tuple[str, ...]
    accessible: bool


def read_rows(text: str) -> list[SpaceRow]:
    """Return the rows of a file with a header; raises FileUnreadable, TooManyRows.

    A capacity that is no number becomes 0, which no space can have.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
        missing = [name for name in REQUIRED if name not in header]
        if missing:
            raise FileUnreadable(columns=", ".join(missing))
        reader.fieldnames = header
        rows = [*_rows(reader)]
    except csv.Error as error:
        raise FileUnreadable(columns=", ".join(REQUIRED)) from error
    return rows


def _rows(reader: "csv.DictReader[str]") -> Iterator[SpaceRow]:
    for number, row in enumerate(reader):
        if number >= MOST_ROWS:
            raise TooManyRows(most=MOST_ROWS)
        yield _row(reader.line_num, row)


def _row(line: int, row: Mapping[str, str | None]) -> SpaceRow:
    said = {name: (row.get(name) or "").strip() for name in (*REQUIRED, *OPTIONAL)}
    capacity = said["capacity"]
    is_number = capacity.isascii() and capacity.isdigit() and len(capacity) < 6
    return SpaceRow(
        line=line,
        code=said["code"],
        name_zh=said["name_zh"],
        name_en=said["name_en"],
        zone=said["zone"],
        space_type=said["space_type"],
        space_kind=said["space_kind"],
        capacity=int(capacity) if is_number else 0,
        features=tuple(one.strip() for one in said["features"].split(";") if one.strip()),
        accessible=said["accessible"].lower() in YES,
    )
