"""Write messages where their state is written, so that one cannot exist without the other."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from shared.contracts.catalogue import publisher_of
from shared.contracts.domain_event import DomainEvent
from shared.kernel.identifiers import new_id
from shared.messaging.codec import to_data
from shared.messaging.trace import current_traceparent

INSERT = (
    "INSERT INTO outbox (id, type, subject, time, traceparent, data)"
    " VALUES (%(id)s, %(type)s, %(subject)s, %(time)s, %(traceparent)s, %(data)s)"
)


def write(
    connection: Connection, service: str, messages: Sequence[DomainEvent], *, now: datetime
) -> None:
    """Add messages to the outbox of this transaction; `now` (UTC) is when the facts happened.

    Raises ValueError when a service says what is another's to say.
    """
    if not messages:
        return
    rows = [outbox_row(service, message, now) for message in messages]
    connection.exec_driver_sql(INSERT, rows[0] if len(rows) == 1 else rows)


def outbox_row(service: str, message: DomainEvent, now: datetime) -> dict[str, object]:
    """Return the parameters of one outbox row: for commands that insert it with their own state."""
    if publisher_of(type(message)) != service:
        msg = f"{service} may not publish {message.type}"
        raise ValueError(msg)
    return {
        "id": new_id(),
        "type": message.type,
        "subject": message.subject(),
        "time": now,
        "traceparent": current_traceparent(),
        "data": msgspec.json.encode(to_data(message)).decode(),
    }
