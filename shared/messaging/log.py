"""The outbox read as a log: everything a service ever said, in order, page by page."""

from typing import Any

from sqlalchemy import Connection, Row

from shared.contracts.envelope import Envelope, source_of

COLUMNS = "id, type, subject, time, recordedat, traceparent, data, sequence"
PAGE = f"SELECT {COLUMNS} FROM outbox WHERE sequence > %(after)s ORDER BY sequence LIMIT %(limit)s"


def read_log(connection: Connection, after_sequence: int = 0, limit: int = 500) -> list[Envelope]:
    """Return up to `limit` messages that follow a sequence number; none when there are no more.

    Numbers have no gaps; a message without a number yet comes later.
    """
    rows = connection.exec_driver_sql(PAGE, {"after": after_sequence, "limit": limit})
    return [envelope_of(row) for row in rows]


def envelope_of(row: Row[Any]) -> Envelope:
    """Return the envelope of an outbox row with `COLUMNS`."""
    return Envelope(
        id=row.id,
        source=source_of(row.type.split(".", 1)[0]),
        type=row.type,
        subject=row.subject,
        time=row.time,
        recordedat=row.recordedat,
        data=row.data,
        sequence=row.sequence,
        traceparent=row.traceparent,
    )
