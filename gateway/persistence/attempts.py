"""Counters of failed sign-ins in and out of their table."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.domain.sign_in_pause import AttemptCounter
from gateway.persistence.tables import sign_in_attempt as table


class SqlAttemptCounters:
    """Failed sign-ins of late, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def locked(self, keys: Sequence[tuple[str, bytes]]) -> list[AttemptCounter]:
        """Return the counters of these (kind, key), new ones included, locked in one order."""
        ordered = sorted(keys, key=lambda pair: pair[1])
        blank = [{"kind": kind, "key": key, "failures": 0} for kind, key in ordered]
        self._connection.execute(insert(table).on_conflict_do_nothing(), blank)
        query = select(table).where(table.c.key == func.any([key for _, key in ordered]))
        rows = self._connection.execute(query.order_by(table.c.key).with_for_update())
        return [AttemptCounter(**row) for row in rows.mappings()]

    def save(self, counters: Sequence[AttemptCounter]) -> None:
        """Keep what was counted."""
        for counter in counters:
            self._connection.execute(
                update(table)
                .where(table.c.key == counter.key)
                .values(
                    failures=counter.failures,
                    last_failed_at=counter.last_failed_at,
                    paused_until=counter.paused_until,
                    last_success_at=counter.last_success_at,
                )
            )

    def forget_before(self, failed_before: datetime, succeeded_before: datetime) -> int:
        """Drop counters that say nothing any more; returns how many."""
        stale = and_(
            func.coalesce(table.c.last_failed_at, failed_before) <= failed_before,
            or_(
                table.c.last_success_at.is_(None),
                table.c.last_success_at <= succeeded_before,
            ),
        )
        return self._connection.execute(delete(table).where(stale)).rowcount
