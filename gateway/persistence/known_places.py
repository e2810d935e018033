"""The copies of spaces and activities as rows."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects.postgresql import insert

from gateway.domain.places import KnownActivity, KnownSpace
from gateway.persistence.notice_tables import known_activity, known_space

# An activity without a space of ours is on the clocks of its library: those of any of its spaces.
_NEIGHBOUR = known_space.alias("neighbour")
TIMEZONE = (
    select(_NEIGHBOUR.c.timezone)
    .where(_NEIGHBOUR.c.library_id == known_activity.c.library_id)
    .order_by(_NEIGHBOUR.c.heard.desc())
    .limit(1)
    .scalar_subquery()
    .label("library_clock")
)


class SqlKnownPlaces:
    """Known places on a connection."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def learn_space(self, space: KnownSpace) -> None:
        """Keep a description unless a later one is known."""
        self._learn(known_space, "space_id", asdict(space))

    def learn_activity(self, activity: KnownActivity) -> None:
        """Keep a description unless a later one is known."""
        row = asdict(activity)
        del row["timezone"]
        self._learn(known_activity, "library_event_id", row)

    def activity(self, library_event_id: UUID) -> KnownActivity | None:
        """Return an activity that has been told of."""
        query = select(known_activity, TIMEZONE).where(
            known_activity.c.library_event_id == library_event_id
        )
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        fields = dict(row)
        return KnownActivity(timezone=fields.pop("library_clock"), **fields)

    def _learn(self, table: Table, key: str, row: dict[str, Any]) -> None:
        described = insert(table).values(row)
        self._connection.execute(
            described.on_conflict_do_update(
                index_elements=[key],
                set_={name: described.excluded[name] for name in row},
                where=table.c.heard <= described.excluded.heard,
            )
        )
