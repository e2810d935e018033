"""Reservations in PostgreSQL; the exclusion constraint decides who gets a slot."""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
AHEAD_AT_ONCE = 5000

# A plain insert would wait on rivals in a ring and deadlock; DO NOTHING backs out and tells.
# Reservation, history and message are one statement: one round trip, and one fate.
PLACE = """
WITH placed AS (
    INSERT INTO reservation (
        id, library_id, space_id, patron_id, during, held, status, party_size, purpose,
        library_event_id, request_id, rulebook_id, rule_version, check_in_from, check_in_until,
        expires_at, calendar_uid, created_at, changed_at)
    VALUES (
        %(id)s, %(library_id)s, %(space_id)s, %(patron_id)s,
        tstzrange(%(starts_at)s, %(ends_at)s), tstzrange(%(held_from)s, %(held_until)s),
        %(status)s, %(party_size)s, %(purpose)s, %(library_event_id)s, %(request_id)s,
        %(rulebook_id)s, %(rule_version)s, %(check_in_from)s, %(check_in_until)s,
        %(expires_at)s, %(calendar_uid)s, %(created_at)s, %(changed_at)s)
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
    " ended_at = %(ended_at)s, expires_at = %(expires_at)s, status_reason = %(status_reason)s,"
    " changed_at = %(changed_at)s, version = version + 1"
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
    " upper(r.during) AS ends_at, (r.active OR r.status = 'pending') AS active, r.ended_at"
    " FROM reservation AS r JOIN space AS s ON s.id = r.space_id"
    " WHERE r.patron_id = %(patron_id)s AND r.purpose = 'patron' AND r.status = ANY(%(counted)s)"
    " AND lower(r.during) > least(%(from)s, %(now)s) - interval '31 days'"
    " AND (r.during && tstzrange(%(from)s, %(until)s)"
    " OR (%(all_ahead)s AND (r.active OR r.status = 'pending') AND upper(r.during) > %(now)s))"
)
IS_ABSENT = "r.status = 'confirmed' AND r.check_in_until <= %(now)s"
IS_OVER = "r.active AND upper(r.held) <= %(now)s"
ABSENT = f"SELECT r.id FROM reservation AS r WHERE {IS_ABSENT} ORDER BY r.check_in_until, r.id"
ENDED = f"SELECT r.id FROM reservation AS r WHERE {IS_OVER} ORDER BY upper(r.held), r.id"
LOCK_ABSENT = f"{READ} WHERE r.id = %(id)s AND {IS_ABSENT} FOR UPDATE OF r SKIP LOCKED"
LOCK_ENDED = f"{READ} WHERE r.id = %(id)s AND {IS_OVER} FOR UPDATE OF r SKIP LOCKED"
IS_UNANSWERED = "r.status = 'pending' AND r.expires_at <= %(now)s"
UNANSWERED = f"SELECT r.id FROM reservation AS r WHERE {IS_UNANSWERED} ORDER BY r.expires_at, r.id"
LOCK_UNANSWERED = f"{READ} WHERE r.id = %(id)s AND {IS_UNANSWERED} FOR UPDATE OF r SKIP LOCKED"
IS_FREE = (
    "SELECT NOT EXISTS (SELECT FROM reservation WHERE active AND space_id = %(space_id)s"
    " AND held && tstzrange(%(from)s, %(until)s))"
)
RIVALS = (
    f"{READ} WHERE r.status = 'pending' AND r.space_id = %(space_id)s AND r.id <> %(id)s"
    " AND r.held && tstzrange(%(from)s, %(until)s) ORDER BY r.id FOR UPDATE OF r SKIP LOCKED"
)
AHEAD = (
    f"{READ} WHERE r.space_id = ANY(%(space_ids)s) AND r.status IN ('confirmed', 'pending')"
    " AND r.during && tstzrange(%(from)s, %(until)s) AND lower(r.during) > %(now)s"
    " AND (%(after_start)s::timestamptz IS NULL"
    " OR (lower(r.during), r.id) > (%(after_start)s, %(after_id)s::uuid))"
    " ORDER BY lower(r.during), r.id LIMIT %(most)s"
)
LOCK_SPACE = "SELECT pg_advisory_xact_lock(%(key)s)"
_COUNTED = sorted(status.value for status in COUNTED)


class SqlReservations:
    """Reservations on a connection; see domain/ports.py."""

    def __init__(self, connection: Connection, waited: Callable[[], None] = lambda: None) -> None:
        """Work inside this connection's transaction; tell when time may have passed in waiting."""
        self._connection = connection
        self._waited = waited

    def used_by(
        self, patron_id: UUID, window: TimeSpan, now: datetime, *, all_ahead: bool
    ) -> Sequence[Use]:
        """Return a person's reservations in a window, and if asked all they hold from now on."""
        span = {"from": window.start, "until": window.end, "now": now, "all_ahead": all_ahead}
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

    def replace(
        self, ended: Reservation, reservation: Reservation, *, actor: UUID, message: DomainEvent
    ) -> bool:
        """Save one as ended and place the other; False, and nothing done, if the slot is taken."""
        self._move_alone(ended.space_id, reservation.space_id)
        savepoint = self._connection.begin_nested()
        self._update(SAVE, ended)
        placed = self.place(reservation, actor=actor, message=message)
        if placed:
            savepoint.commit()
        else:
            savepoint.rollback()  # what was held stays held
        return placed

    def move(self, reservation: Reservation, *, from_space: UUID) -> bool:
        """Give it another time or space; False, and nothing done, if that slot is taken."""
        self._move_alone(from_space, reservation.space_id)
        return self._update_if_free(MOVE, reservation)

    def _move_alone(self, *spaces: UUID) -> None:
        # Two that want each other's place would wait in a ring: whoever moves, moves alone.
        for key in sorted({lock_key("space", str(one)) for one in spaces}):
            self._connection.exec_driver_sql(LOCK_SPACE, {"key": key})

    def is_free(self, space_id: UUID, held: TimeSpan) -> bool:
        """Tell whether nobody holds a space in a span; only placing makes sure of it."""
        parameters = {"space_id": space_id, "from": held.start, "until": held.end}
        return bool(self._connection.exec_driver_sql(IS_FREE, parameters).scalar_one())

    def take(self, reservation: Reservation) -> bool:
        """Let a request hold its slot; False, and nothing done, if somebody else holds it."""
        return self._update_if_free(SAVE, reservation)

    def ahead_in(
        self, space_ids: Sequence[UUID], window: TimeSpan, now: datetime
    ) -> Iterator[Reservation]:
        """Yield what is confirmed or asked for in a window and not begun, by start.

        One query for every AHEAD_AT_ONCE of them.
        """
        asked = {"from": window.start, "until": window.end, "now": now, "most": AHEAD_AT_ONCE}
        asked |= {"space_ids": list(space_ids), "after_start": None, "after_id": None}
        while found := self._read(AHEAD, asked):
            yield from found
            if len(found) < AHEAD_AT_ONCE:
                return
            asked |= {"after_start": found[-1].during.start, "after_id": found[-1].id}

    def lock_rivals(self, reservation: Reservation) -> Sequence[Reservation]:
        """Return the requests for what a reservation holds, locked; skips locked ones."""
        held = {"from": reservation.held.start, "until": reservation.held.end}
        parameters = {"space_id": reservation.space_id, "id": reservation.id, **held}
        return self._read(RIVALS, parameters)

    def _update_if_free(self, statement: str, reservation: Reservation) -> bool:
        for _ in range(MOST_DEADLOCKS):
            try:
                with self._connection.begin_nested():
                    self._update(statement, reservation)
            except (IntegrityError, OperationalError) as error:
                if isinstance(error.orig, psycopg.errors.ExclusionViolation):
                    return False
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
        self._waited()
        if not found:
            raise NotFound(id=str(reservation_id))
        return found[0]

    def absent(self, now: datetime) -> Sequence[UUID]:
        """Return those whose holder has not checked in in time, longest ago first."""
        return self._connection.exec_driver_sql(ABSENT, {"now": now}).scalars().all()

    def lock_absent(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        """Return such a one, locked; None when it is none any more or somebody is at it."""
        return self._one(LOCK_ABSENT, reservation_id, now)

    def ended(self, now: datetime) -> Sequence[UUID]:
        """Return those that are active though what they held is over, longest ago first."""
        return self._connection.exec_driver_sql(ENDED, {"now": now}).scalars().all()

    def lock_ended(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        """Return such a one, locked; None when it is none any more or somebody is at it."""
        return self._one(LOCK_ENDED, reservation_id, now)

    def unanswered(self, now: datetime) -> Sequence[UUID]:
        """Return the requests whose time for an answer is over, longest ago first."""
        return self._connection.exec_driver_sql(UNANSWERED, {"now": now}).scalars().all()

    def lock_unanswered(self, reservation_id: UUID, now: datetime) -> Reservation | None:
        """Return such a one, locked; None when it is none any more or somebody is at it."""
        return self._one(LOCK_UNANSWERED, reservation_id, now)

    def _one(self, query: str, reservation_id: UUID, now: datetime) -> Reservation | None:
        found = self._read(query, {"id": reservation_id, "now": now})
        return found[0] if found else None

    def _read(self, query: str, parameters: dict[str, Any]) -> list[Reservation]:
        return [*map(reservation_from, self._connection.exec_driver_sql(query, parameters))]

    def _update(self, statement: str, reservation: Reservation) -> None:
        done = self._connection.exec_driver_sql(statement, values_of(reservation))
        if done.rowcount != 1:
            raise VersionConflict
        reservation.version += 1
