"""The dead-letter desk: what could not be handled, tried again, looked at, replayed or let go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import SQLAlchemyError

from shared.kernel.refusal import NotFound
from shared.messaging import inbox
from shared.messaging.consumers import Consumers
from shared.messaging.endurance import is_outage, log
from shared.messaging.handling import handle
from shared.messaging.parking import MOST_ATTEMPTS, failed_again, give_up, take_off
from shared.messaging.reading import Unreadable, read

COLUMNS = (
    "position, source, message_id, type, body, reason, attempts, status, parked_at, next_attempt_at"
)
# The attempt is counted and the next one put off before it is made: should this message kill the
# process, it will not do so for ever.
CLAIM = f"""
UPDATE parked_message SET attempts = attempts + 1,
    next_attempt_at = now() + make_interval(secs => least(power(2, attempts), 300))
WHERE position = (
    SELECT position FROM parked_message
    WHERE status = 'retrying' AND next_attempt_at <= now()
    ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED
)
RETURNING {COLUMNS}
"""
# Nobody else can have claimed it since: it is not due before the pause is over.
GIVE_BACK = """
UPDATE parked_message SET attempts = attempts - 1
WHERE position = %(position)s AND attempts = %(attempts)s AND status = 'retrying'
"""
REPLAY = """
UPDATE parked_message SET status = 'retrying', attempts = 0, next_attempt_at = now()
WHERE status IN ('dead', 'retrying', 'discarded') AND (%(all)s OR position = %(position)s)
  AND (status <> 'discarded' OR NOT %(all)s)
"""
DISCARD = """
UPDATE parked_message SET status = 'discarded', next_attempt_at = NULL,
    reason = reason || E'\\ndiscarded: ' || %(why)s
WHERE position = %(position)s AND status <> 'discarded'
"""


@dataclass(frozen=True, slots=True)
class ParkedMessage:
    """One message on the desk. `status`: retrying, dead, or discarded."""

    position: int
    source: str
    message_id: str
    type: str
    body: str
    reason: str
    attempts: int
    status: str
    parked_at: datetime
    next_attempt_at: datetime | None


class Desk:
    """The desk of one service, with the reactions needed to try again."""

    def __init__(self, engine: Engine, consumers: Consumers) -> None:
        """Try again with these reactions what lies parked in this database."""
        self._engine = engine
        self._consumers = consumers
        self._owed: list[ParkedMessage] = []

    def retry_due(self, most: int = 1000) -> int:
        """Try again what is due, each in its own transaction; return how many were handled.

        An attempt that a lock or an outage ended is given back: that was not the message's fault.
        """
        handled = 0
        self._give_back()
        for _ in range(most):
            parked = self._claim()
            if parked is None:
                break
            handled += self._retry_fairly(parked)
        return handled

    def _retry_fairly(self, parked: ParkedMessage) -> bool:
        try:
            return self._retry(parked)
        except SQLAlchemyError as error:
            if not is_outage(error):
                raise
            log.warning("parked message %s waits for its database: %s", parked.position, error)
            self._owed.append(parked)
            self._give_back()
            return False

    def _give_back(self) -> None:
        """Give back attempts; while the database is away they stay owed."""
        while self._owed:
            owed = {"position": self._owed[-1].position, "attempts": self._owed[-1].attempts}
            with self._engine.begin() as connection:
                connection.exec_driver_sql(GIVE_BACK, owed)
            self._owed.pop()

    def _claim(self) -> ParkedMessage | None:
        with self._engine.begin() as connection:
            row = connection.exec_driver_sql(CLAIM).one_or_none()
            return _parked(row) if row else None

    def _retry(self, parked: ParkedMessage) -> bool:
        heard = read(parked.body.encode(), self._consumers)
        with self._engine.begin() as connection:
            if isinstance(heard, Unreadable):
                give_up(connection, parked.position, heard.reason)
                return False
            if parked.attempts > MOST_ATTEMPTS:  # the last one did not live to say how it went
                give_up(connection, parked.position, "it ended the process that handled it")
                return False
            if not inbox.note_new(connection, [heard], from_desk=True):
                take_off(connection, parked.position)  # heard by another way meanwhile
                return True
            reason = handle(connection, heard)
            if reason is None:
                take_off(connection, parked.position)
                return True
            inbox.forget(connection, heard)
            failed_again(connection, parked.position, parked.attempts, reason)
            return False


def parked_messages(
    connection: Connection,
    *,
    statuses: tuple[str, ...] = ("retrying", "dead"),
    after: int = 0,
    limit: int = 100,
) -> list[ParkedMessage]:
    """Return what lies on the desk beyond a position, oldest first."""
    rows = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM parked_message"
        " WHERE status = ANY(%(statuses)s) AND position > %(after)s"
        " ORDER BY position LIMIT %(limit)s",
        {"statuses": list(statuses), "after": after, "limit": limit},
    )
    return [_parked(row) for row in rows]


def parked_message(connection: Connection, position: int) -> ParkedMessage:
    """Return one parked message; raises NotFound."""
    row = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM parked_message WHERE position = %(position)s",
        {"position": position},
    ).one_or_none()
    if row is None:
        raise NotFound(position=position)
    return _parked(row)


def replay(connection: Connection, position: int | None = None) -> int:
    """Make a parked message (or all that are not discarded) due now, its attempts counted anew.

    Returns how many; the worker tries them within a second. Raises NotFound for a single one that
    is not there.
    """
    values = {"all": position is None, "position": position}
    count = connection.exec_driver_sql(REPLAY, values).rowcount
    if position is not None and not count:
        raise NotFound(position=position)
    return count


def discard(connection: Connection, position: int, why: str) -> None:
    """Let a message go, for a reason that is kept beside it; raises NotFound."""
    if not connection.exec_driver_sql(DISCARD, {"position": position, "why": why}).rowcount:
        raise NotFound(position=position)


def _parked(row: Row[Any]) -> ParkedMessage:
    return ParkedMessage(*tuple(row))
