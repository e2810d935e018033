"""The inbox: whether a message was heard before, decided by a key in the effect's transaction."""

from collections.abc import Sequence

from sqlalchemy import Connection

from shared.messaging.reading import Heard

# Sorted, so that two receptions with the same messages wait for each other and do not deadlock.
# What lies on the dead-letter desk is the desk's to handle: a repeat of it is passed over.
NOTE = """
INSERT INTO inbox (source, id, type, sequence)
SELECT new.source, new.id, new.type, new.sequence
FROM unnest(%(sources)s::text[], %(ids)s::uuid[], %(types)s::text[], %(sequences)s::bigint[])
    AS new (source, id, type, sequence)
WHERE NOT EXISTS (
    SELECT 1 FROM parked_message
    WHERE parked_message.source = new.source AND parked_message.message_id = new.id::text
      AND NOT %(from_desk)s
)
ORDER BY new.source, new.id
ON CONFLICT DO NOTHING
RETURNING source, id
"""
FORGET = "DELETE FROM inbox WHERE source = %(source)s AND id = %(id)s"


def note_new(
    connection: Connection, messages: Sequence[Heard], *, from_desk: bool = False
) -> set[tuple[str, str]]:
    """Write inbox rows; return the identities that were not there: those are to be handled now."""
    if not messages:
        return set()
    envelopes = [heard.envelope for heard in messages]
    rows = connection.exec_driver_sql(
        NOTE,
        {
            "sources": [envelope.source for envelope in envelopes],
            "ids": [envelope.id for envelope in envelopes],
            "types": [envelope.type for envelope in envelopes],
            "sequences": [envelope.sequence for envelope in envelopes],
            "from_desk": from_desk,
        },
    )
    return {(row.source, str(row.id)) for row in rows}


def forget(connection: Connection, heard: Heard) -> None:
    """Take an inbox row back: the message had no effect."""
    connection.exec_driver_sql(FORGET, {"source": heard.envelope.source, "id": heard.envelope.id})
