"""The headers of answers as documents name them: described once, referred to by name."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

Header = Mapping[str, Any]


def _text(description: str, example: str) -> Header:
    return {"description": description, "schema": {"type": "string", "example": example}}


HEADERS: Mapping[str, Header] = {
    "Location": _text("The address of what was made.", "/api/booking/v1/reservations/0198c0de-…"),
    "ETag": _text(
        "The version of what is told: sent back as If-Match it lets a change through only if "
        "nobody made another one meanwhile.",
        '"4Zxk1mBQJ2f0vYqN"',
    ),
    "RateLimit": _text(
        "How many requests are left (`r`), and seconds until all are again (`t`). Not sent where "
        "requests are not limited.",
        '"default";r=299;t=60',
    ),
    "RateLimit-Policy": _text(
        "How many requests (`q`) in how many seconds (`w`) one caller may make.",
        '"default";q=300;w=60',
    ),
    "Retry-After": _text("Seconds after which asking again may help.", "2"),
    "Allow": _text("The methods this address takes.", "GET, HEAD, OPTIONS"),
    "WWW-Authenticate": _text("That a bearer token is wanted (RFC 6750).", 'Bearer realm="atrium"'),
    "Idempotency-Replayed": {
        "description": "`true` when this answer was first given to an earlier request.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Content-Disposition": _text("The name of the file.", 'attachment; filename="figures.csv"'),
}
COUNTED = ("RateLimit-Policy", "RateLimit")
OF_STATUS: Mapping[int, Sequence[str]] = {
    HTTPStatus.NOT_MODIFIED: ("ETag",),
    HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate",),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Allow",),
    HTTPStatus.CONFLICT: ("Retry-After",),
    HTTPStatus.PRECONDITION_FAILED: ("ETag",),
    HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After", *COUNTED),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Retry-After",),
}
"""What answers of a status may carry, whatever the operation."""


def named(*names: str) -> dict[str, str]:
    """Return headers as an answer's documentation refers to them; for `response(headers=...)`."""
    return {name: name for name in names if name in HEADERS}


CREATED = named("Location", "ETag")
"""Of an answer to a POST that made something with a version."""
A_FILE = named("Content-Disposition")
"""Of an answer to be kept as a file."""
PLACED = named("Location")
"""Of an answer to a POST that made something which cannot be changed under its address."""
