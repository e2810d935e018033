"""The directory for those who work with people: who an id is, whom a beginning of a name means.

Nothing but a name and a number leaves here. Every look is noted in the log: who looked and how many
people were shown, never whom and never what was typed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Engine, Select, func, or_, select

from gateway.domain.account import display_name
from gateway.persistence.tables import account

DIRECTORY_ROLES = ("staff", "organizer", "admin")
MOST_IDS = 100
SHORTEST_BEGINNING = 2
MOST_FOUND = 20
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Person:
    """What those who work with people see of one; the name stands in its bearer's own order."""

    patron_id: UUID
    display_name: str
    number: str | None


def people_by_ids(engine: Engine, ids: Collection[UUID], *, asked_by: UUID) -> Sequence[Person]:
    """Return the people with these ids, in order of the ids; ids nobody has are left out."""
    if not ids:
        return []
    query = _people().where(account.c.patron_id == func.any(list(ids)))
    return _look(engine, query.order_by(account.c.patron_id), asked_by, "ids")


def people_beginning(
    engine: Engine, beginning: str, *, asked_by: UUID, limit: int = MOST_FOUND
) -> Sequence[Person]:
    """Return up to `limit` active people whose number or name begins so, in either name order."""
    family, given = account.c.family_name, account.c.given_name
    names = (account.c.number, family + given, family + " " + given, given + " " + family)
    query = (
        _people()
        .where(account.c.active)
        .where(or_(*(name.istartswith(beginning, autoescape=True) for name in names)))
        .order_by(account.c.number.nulls_last(), account.c.patron_id)
        .limit(limit)
    )
    return _look(engine, query, asked_by, "beginning")


def _people() -> Select[Any]:
    columns = account.c
    return select(
        columns.patron_id,
        columns.family_name,
        columns.given_name,
        columns.name_order,
        columns.number,
    )


def _look(
    engine: Engine,
    query: Select[Any],
    asked_by: UUID,
    way: str,
) -> Sequence[Person]:
    with engine.connect() as connection:
        found = [
            Person(patron_id, display_name(family, given, order), number)
            for patron_id, family, given, order, number in connection.execute(query)
        ]
    _log.info("people_looked_up", patron=str(asked_by), by=way, shown=len(found))
    return found
