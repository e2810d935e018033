"""Idempotency-Key (IETF draft): sent again, a request gets its first answer and has no new effect.

The key is kept in the transaction of the effect: neither can be there without the other. A refusal
has no effect to share a transaction with and is kept in one of its own. Answers of status 5xx and
refusals of the edge (validation, tokens, limits) are not kept: trying again is right.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import request
from sqlalchemy import (
    Column,
    DateTime,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

from shared.web.answer_headers import named
from shared.web.idempotency_store import KEPT_FOR, KeyName
from shared.web.idempotent_answer import answer_once
from shared.web.identity import current_identity
from shared.web.operation import document
from shared.web.problems import HttpProblem

View = TypeVar("View", bound=Callable[..., Any])
MOST_CHARS = 255
_KEY = re.compile(r"[\x20-\x7e]{1,255}")
_REPLAYED = named("Idempotency-Replayed")


def idempotent(*, required: bool = True) -> Callable[[View], View]:
    """Let a POST view have its effect once per Idempotency-Key and caller.

    Goes above `blueprint.response` (it keeps the finished answer) and below `requires`. Work on
    units of work over `RequestTransactions`. 400 for a missing key when required, or one of more
    than 255 characters; 409 while the first request is at work; 422 for another request's key.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def once(*args: Any, **kwargs: Any) -> Any:
            key = _key(required=required)
            if key is None:
                return view(*args, **kwargs)
            name = KeyName(current_identity().patron_id, key)
            return answer_once(name, lambda: view(*args, **kwargs))

        parameter = _parameter(required=required)
        document(once, responses=(400, 409, 422), parameters=[parameter], answer_headers=_REPLAYED)
        return cast("View", once)

    return decorate


def _key(*, required: bool) -> str | None:
    key = request.headers.get("Idempotency-Key")
    if key is None and required:
        raise HttpProblem("idempotency_key_missing", 400)
    if key is not None and not _KEY.fullmatch(key):
        raise HttpProblem("idempotency_key_invalid", 400, numbers={"most": MOST_CHARS})
    return key


def _parameter(*, required: bool) -> dict[str, Any]:
    hours = int(KEPT_FOR.total_seconds() // 3600)
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": required,
        "description": "A name the caller gives this request, fresh for each new one (a UUID). "
        f"Answers are kept for {hours} hours and given again to the same request.",
        "schema": {"type": "string", "minLength": 1, "maxLength": MOST_CHARS},
    }


def idempotency_table(metadata: MetaData) -> Table:
    """Declare the table in a service's metadata."""
    return Table("idempotency_key", metadata, *_columns_and_index())


def create_idempotency_table(op: Any) -> None:
    """Create the table; called in a service's first migration with alembic's `op`."""
    *columns, index = _columns_and_index()
    op.create_table("idempotency_key", *columns)
    op.create_index(index.name, "idempotency_key", ["created_at"], postgresql_using="brin")


def _columns_and_index() -> tuple[Any, ...]:
    return (
        Column("caller", Uuid, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("fingerprint", LargeBinary, nullable=False),
        Column("status", SmallInteger, nullable=False),
        Column("headers", Text, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Index("idempotency_key_age", "created_at", postgresql_using="brin"),
    )
