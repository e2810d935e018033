"""Put messages on the dead-letter desk, and take them off."""

from typing import Any

from sqlalchemy import Connection

from shared.messaging.reading import Heard, Unreadable

MOST_ATTEMPTS = 8
LONGEST_PAUSE_SECONDS = 300

PARK = """
INSERT INTO parked_message
    (source, message_id, type, sequence, body, reason, attempts, status, next_attempt_at)
VALUES (%(source)s, %(message_id)s, %(type)s, %(sequence)s, %(body)s, %(reason)s, 1, %(status)s,
    CASE WHEN %(status)s = 'retrying' THEN now() + make_interval(secs => %(pause)s) END)
ON CONFLICT (source, message_id) DO NOTHING
"""
FAILED_AGAIN = """
UPDATE parked_message SET reason = %(reason)s, status = %(status)s,
    next_attempt_at = CASE WHEN %(status)s = 'retrying' THEN next_attempt_at END
WHERE position = %(position)s
"""
REMOVE = "DELETE FROM parked_message WHERE position = %(position)s"


def pause_after(attempts: int) -> int:
    """Return the seconds to wait after so many attempts: 1, 2, 4, ... up to five minutes."""
    return min(1 << (attempts - 1), LONGEST_PAUSE_SECONDS)


def park_failed(connection: Connection, heard: Heard, reason: str) -> None:
    """Park a message whose handling failed; it is tried again."""
    _park(
        connection,
        source=heard.envelope.source,
        message_id=str(heard.envelope.id),
        type=heard.envelope.type,
        sequence=heard.envelope.sequence,
        body=heard.body,
        reason=reason,
        status="retrying",
    )


def park_unreadable(connection: Connection, unreadable: Unreadable) -> None:
    """Park what nobody can read: trying again would not change that."""
    _park(
        connection,
        source=unreadable.source,
        message_id=unreadable.message_id,
        type=unreadable.type,
        sequence=unreadable.sequence,
        body=unreadable.body,
        reason=unreadable.reason,
        status="dead",
    )


def _park(connection: Connection, **row: Any) -> None:
    connection.exec_driver_sql(PARK, {**row, "pause": pause_after(1)})


def failed_again(connection: Connection, position: int, attempts: int, reason: str) -> None:
    """Note a further failure; after the last attempt the message is dead."""
    status = "dead" if attempts >= MOST_ATTEMPTS else "retrying"
    connection.exec_driver_sql(
        FAILED_AGAIN, {"position": position, "reason": reason, "status": status}
    )


def give_up(connection: Connection, position: int, reason: str) -> None:
    """Declare a parked message dead at once."""
    connection.exec_driver_sql(
        FAILED_AGAIN, {"position": position, "reason": reason, "status": "dead"}
    )


def take_off(connection: Connection, position: int) -> None:
    """Remove a message that has been handled."""
    connection.exec_driver_sql(REMOVE, {"position": position})
