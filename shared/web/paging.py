"""Lists in pages: a cursor says where the next one starts; nothing is skipped or repeated.

A place in one list is none in another: a cursor is good for the question it was made for, the path
and what was asked there, and refused with every other.
"""

import hashlib
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import has_request_context, request
from marshmallow import Schema, fields, validate

from shared.web.fields import WholeNumber
from shared.web.problems import HttpProblem
from shared.web.schemas import StrictSchema

MOST_ITEMS = 200
USUAL_ITEMS = 50
MOST_CURSOR_CHARS = 1000
Part = str | int | datetime | date | UUID
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


class PageArgs(StrictSchema):
    """The query of a paged list; a list with filters subclasses this."""

    cursor = fields.String(
        validate=validate.Length(max=MOST_CURSOR_CHARS),
        metadata={"description": "`next_cursor` of the page before."},
    )
    limit = WholeNumber(
        least=1, most=MOST_ITEMS, from_text=True, load_default=USUAL_ITEMS,
        metadata={"description": "The most items wanted."},
    )  # fmt: skip


def page(items: Sequence[Any], next_cursor: str | None) -> dict[str, Any]:
    """Return a page as it goes out; no next cursor means that it is the last."""
    return {"items": items, "next_cursor": next_cursor}


def page_of(item: type[Schema]) -> type[Schema]:
    """Return the schema of a page of such items."""
    name = item.__name__.removesuffix("Schema") + "PageSchema"
    members: dict[str, fields.Field[Any]] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next_cursor": fields.String(required=True, allow_none=True),
    }
    return Schema.from_dict(members, name=name)


def make_cursor(*parts: Part) -> str:
    """Return the cursor of a place in the list asked for: the sort values of the last item sent."""
    text = json.dumps([_told(part) for part in parts], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(_check_sum(text.encode()) + text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, *kinds: type[Part]) -> tuple[Any, ...] | None:
    """Return the place a cursor names, or None for the first page.

    `kinds` are the types given to `make_cursor`. Raises HttpProblem 422 for anything we did not
    make for this question; the check sum is against accidents, so a place is never a permission.
    """
    if not cursor:
        return None
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        if raw[:4] != _check_sum(raw[4:]):
            raise ValueError("check sum")  # noqa: TRY301 one way out for everything that is wrong
        parts = json.loads(raw[4:])
        return tuple(_read(part, kind) for part, kind in zip(parts, kinds, strict=True))
    except (ValueError, TypeError) as error:
        raise HttpProblem("cursor_invalid", 422) from error


def _check_sum(text: bytes) -> bytes:
    return hashlib.blake2b(_question() + text, digest_size=4).digest()


def _question() -> bytes:
    """Return what is asked for, page aside.

    Instants are left out: who reads on asks for what is to come from a later now, and the place is
    still one in the same order. A page of several lists has a cursor for each, by its name.
    """
    if not has_request_context():
        return b""
    asked = sorted(
        (name, value)
        for name, value in request.args.items(multi=True)
        if not (_is_of_the_page(name) or _INSTANT.match(value))
    )
    return json.dumps([request.path, asked]).encode()


def _is_of_the_page(name: str) -> bool:
    return name in {"limit", "language"} or name.endswith("cursor")


def _told(part: Part) -> str | int:
    if isinstance(part, datetime | date):
        return part.isoformat()
    return str(part) if isinstance(part, UUID) else part


def _read(part: Any, kind: type[Part]) -> Part:
    if kind is int and type(part) is int:
        return part
    if kind is int or not isinstance(part, str):
        raise TypeError(kind)
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(part)
    if kind is UUID:
        return UUID(part)
    part.encode()  # half of a surrogate pair is a ValueError here, and a crash further in
    return part
