"""Reservations in PostgreSQL; the exclusion constraint decides who gets a slot."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg.errors
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from services.booking.domain.quotas import Use
from services.booking.domain.reservation import COUNTED, Reservation
from services.booking.persistence.reservation_rows import READ, reservation_from, values_of
from shared.contracts.domain_event import DomainEvent
from shared.kernel.identifiers import lock_key
from shared.kernel.refusal import NotFound, VersionConflict
from shared.kernel.time_span import TimeSpan
from shared.messaging.outbox import outbox_row

MOST_DEADLOCKS = 3

# A plain insert would wait on rivals in a ring and deadlock; DO NOTHING backs out and tells.
# Reservation, history and message are one statement: one round trip, and one fate.
PLACE = """
WITH placed AS (
    INSERT INTO reservation (
        id, library_id, space_id, patron_id, during, held, status, party_size, purpose,
        library_event_id, request_id, rulebook_id, rule_version, check_in_from, check_in_until,
        calendar_uid, created_at, changed_at)
    VALUES (
        %(id)s, %(library_id)s, %(space_id)s, %(patron_id)s,
        tstzrange(%(starts_at)s, %(ends_at)s), tstzrange(%(held_from)s, %(held_until)s),
        %(status)s, %(party_size)s, %(purpose)s, %(library_event_id)s, %(request_id)s,
        %(rulebook_id)s, %(rule_version)s, %(check_in_from)s, %(check_in_until)s,
        %(calendar_uid)s, %(created_at)s, %(changed_at)s)
    ON CONFLICT DO NOTHING
    RETURNING id
), noted AS (
    INSERT INTO reservation_history (reservation_id, at, actor, change)
    SELECT id, %(created_at)s, %(actor)s, %(change)s::jsonb FROM placed
), said AS (
    INSERT INTO outbox (id, type, subject, time, traceparent, data)
    SELECT %(message_id)s, %(type)s::text, %(subject)s::text, %(time)s, %(traceparent)s::text,
        %(data)s::jsonb
    FROM placed
)
SELECT id FROM placed
"""
MOVE = (
    "UPDATE reservation SET library_id = %(library_id)s, space_id = %(space_id)s,"
    " during = tstzrange(%(starts_at)s, %(ends_at)s),"
    " held = tstzrange(%(held_from)s, %(held_until)s), party_size = %(party_size)s,"
    " rulebook_id = %(rulebook_id)s, rule_version = %(rule_version)s,"
    " check_in_from = %(check_in_from)s, check_in_until = %(check_in_until)s,"
    " sequence_no = %(sequence_no)s, changed_at = %(changed_at)s, version = version + 1"
    " WHERE id = %(id)s AND version = %(version)s"
)
SAVE = (
    "UPDATE reservation SET status = %(status)s, checked_in_at = %(checked_in_at)s,"
    " ended_at = %(ended_at)s, changed_at = %(changed_at)s, version = version + 1"
    " WHERE id = %(id)s AND version = %(version)s"
)
NOTE = (
    "INSERT INTO reservation_history (reservation_id, at, actor, change)"
    " VALUES (%(reservation_id)s, %(at)s, %(actor)s, %(change)s::jsonb)"
)
COUNT_NOTES = (
    "SELECT count(*) FROM reservation_history"
    " WHERE reservation_id = %(reservation_id)s AND change ->> 'action' = %(action)s"
)
# No reservation lasts longer than 31 days, so that older rows need not be looked at.
USED_BY = (
    "SELECT r.id, r.library_id, s.space_type, lower(r.during) AS starts_at,"
    " upper(r.during) AS ends_at, r.active, r.ended_at"
    " FROM reservation AS r JOIN space AS s ON s.id = r.space_id"
    " WHERE r.patron_id = %(patron_id)s AND r.purpose = 'patron' AND r.status = ANY(%(counted)s)"
    " AND lower(r.during) > least(%(from)s, %(now)s) - interval '31 days'"
    " AND (r.during && tstzrange(%(from)s, %(until)s)"
    " OR (r.active AND upper(r.during) > %(now)s))"
)
ABSENT = (
    f"{READ} WHERE r.status = 'confirmed' AND r.check_in_until <= %(now)s"
    " ORDER BY r.check_in_until LIMIT %(most)s FOR UPDATE OF r SKIP LOCKED"
)
ENDED = (
    f"{READ} WHERE r.active AND upper(r.held) <= %(now)s"
    " ORDER BY upper(r.held) LIMIT %(most)s FOR UPDATE OF r SKIP LOCKED"
)
LOCK_SPACE = "SELECT pg_advisory_xact_lock(%(key)s)"
_COUNTED = sorted(status.value for status in COUNTED)


class SqlReservations:
    """Reservations on a connection; see domain/ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def used_by(self, patron_id: UUID, window: TimeSpan, now: datetime) -> Sequence[Use]:
        """Return a person's reservations in a window, and all they hold from now on."""
        span = {"from": window.start, "until": window.end, "now": now}
        parameters = {"patron_id": patron_id, "counted": _COUNTED, **span}
        return [
            Use(identifier, library_id, space_type, TimeSpan(start, end), active, ended_at)
            for identifier, library_id, space_type, start, end, active, ended_at in (
                self._connection.exec_driver_sql(USED_BY, parameters)
            )
        ]

    def place(self, reservation: Reservation, *, actor: UUID, message: DomainEvent) -> bool:
        """Insert it with history and message; False, and nothing done, if the slot is taken."""
        row = outbox_row("booking", message, reservation.created_at)
        row["message_id"] = row.pop("id")
        change = {"action": "reserved", "purpose": reservation.purpose}
        parameters = {
            **row,
            **values_of(reservation),
            "actor": actor,
            "change": msgspec.json.encode(change).decode(),
        }
        return self._connection.exec_driver_sql(PLACE, parameters).one_or_none() is not None

    def move(self, reservation: Reservation, *, from_space: UUID) -> bool:
        """Give it another time or space; False, and nothing done, if that slot is taken."""
        # Two that want each other's place would wait in a ring: whoever moves, moves alone.
        for key in sorted({lock_key("space", str(s)) for s in (from_space, reservation.space_id)}):
            self._connection.exec_driver_sql(LOCK_SPACE, {"key": key})
        for _ in range(MOST_DEADLOCKS):
            try:
                with self._connection.begin_nested():
                    self._update(MOVE, reservation)
            except IntegrityError as error:
                if not isinstance(error.orig, psycopg.errors.ExclusionViolation):
                    raise
                return False
            except OperationalError as error:
                if not isinstance(error.orig, psycopg.errors.DeadlockDetected):
                    raise
            else:
                return True
        return False

    def save(self, reservation: Reservation) -> None:
        """Update everything but time and space. Raises VersionConflict."""
        self._update(SAVE, reservation)

    def note(
        self, reservation_id: UUID, *, at: datetime, actor: UUID | None, change: Mapping[str, Any]
    ) -> None:
        """Append to the history."""
        text = msgspec.json.encode(change).decode()
        parameters = {"reservation_id": reservation_id, "at": at, "actor": actor, "change": text}
        self._connection.exec_driver_sql(NOTE, parameters)

    def count_notes(self, reservation_id: UUID, action: str) -> int:
        """Return how often something has happened to a reservation."""
        parameters = {"reservation_id": reservation_id, "action": action}
        return int(self._connection.exec_driver_sql(COUNT_NOTES, parameters).scalar_one())

    def find(self, reservation_id: UUID) -> Reservation | None:
        """Return a reservation, or None."""
        found = self._read(f"{READ} WHERE r.id = %(id)s", {"id": reservation_id})
        return found[0] if found else None

    def lock(self, reservation_id: UUID) -> Reservation:
        """Return a reservation nobody else changes until the end. Raises NotFound."""
        query = f"{READ} WHERE r.id = %(id)s FOR UPDATE OF r"
        found = self._read(query, {"id": reservation_id})
        if not found:
            raise NotFound(id=str(reservation_id))
        return found[0]

    def lock_absent(self, now: datetime, most: int) -> Sequence[Reservation]:
        """Return some whose holder has not checked in in time, locked; skips locked ones."""
        return self._read(ABSENT, {"now": now, "most": most})

    def lock_ended(self, now: datetime, most: int) -> Sequence[Reservation]:
        """Return some that are active though what they held is over, locked; skips locked ones."""
        return self._read(ENDED, {"now": now, "most": most})

    def _read(self, query: str, parameters: dict[str, Any]) -> list[Reservation]:
        return [*map(reservation_from, self._connection.exec_driver_sql(query, parameters))]

    def _update(self, statement: str, reservation: Reservation) -> None:
        done = self._connection.exec_driver_sql(statement, values_of(reservation))
        if done.rowcount != 1:
            raise VersionConflict
        reservation.version += 1
