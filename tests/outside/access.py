"""The table of who may do what, and how a line of it is written."""

from functools import cache
from pathlib import Path

from tests.outside.town import EVERYBODY

FILE = Path(__file__).with_name("access.txt")
MAY = "yes"
COLUMNS = {
    "owner": "owner",
    "student": "student",
    "organizer": "organiz",
    "other_organizer": "othrorg",
    "staff": "staff",
    "staff_elsewhere": "elsewh",
    "manager": "manager",
    "admin": "admin",
    "anonymous": "nobody",
}
WIDTH = 8
REFUSALS = {401, 403, 404}
"""Everything else means that one was let in: what follows is about the request, not the person."""


def told(status: int) -> str:
    return str(status) if status in REFUSALS else MAY


@cache
def table() -> dict[str, dict[str, str]]:
    """What is expected: by the name of an operation or page, for everybody."""
    lines = [line for line in FILE.read_text().splitlines() if line and line[0] != "#"]
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        *cells, name = line.split(maxsplit=len(EVERYBODY))
        found[name] = dict(zip(EVERYBODY, cells, strict=True))
    return found


def line(name: str, seen: dict[str, str]) -> str:
    """A line as the file has it: to be pasted in, once somebody has thought about it."""
    return "".join(seen[who].ljust(WIDTH) for who in EVERYBODY) + name


def head() -> str:
    cells = (COLUMNS[who].ljust(WIDTH) for who in EVERYBODY)
    return f"#{''.join(cells)}what"
