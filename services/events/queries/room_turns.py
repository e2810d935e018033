"""How the talk about a room went, and the spaces that were named in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, select

from services.events.persistence.tables import room_turn, space

MOST_TURNS = 200


def of_library_event(connection: Connection, library_event_id: UUID) -> Sequence[RowMapping]:
    """Return the latest turns about an activity's room, the latest first."""
    found = (
        select(room_turn)
        .where(room_turn.c.library_event_id == library_event_id)
        .order_by(room_turn.c.position.desc())
        .limit(MOST_TURNS)
    )
    return connection.execute(found).mappings().all()


def spaces_named(
    connection: Connection, turns: Iterable[Mapping[Any, Any]]
) -> Mapping[UUID, Mapping[Any, Any]]:
    """Return what is known of every space the turns name, in one query."""
    named = {turn["space_id"] for turn in turns if turn["space_id"]}
    named |= {UUID(slot["space_id"]) for turn in turns for slot in turn["alternatives"]}
    found = select(
        space.c.id, space.c.code, space.c.name_zh, space.c.name_en, space.c.capacity
    ).where(space.c.id.in_(sorted(named)))
    return {row["id"]: row for row in connection.execute(found).mappings()}
