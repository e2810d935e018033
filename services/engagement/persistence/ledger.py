"""The ledger of acts in PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, text

from services.engagement.domain.act import Act, quarter_of
from services.engagement.domain.ports import Gathered
from services.engagement.domain.segment import Description, Segment
from shared.kernel.identifiers import lock_key

# Two consumers folding one thread at once would each miss the other's act; and with a lock per
# thread two batches could wait for each other in a ring. One turn for all cannot.
TURN = lock_key("engagement", "ledger")
COLUMNS = tuple(f.name for f in fields(Act))
SELECTED = ", ".join(COLUMNS)
ZONE = (
    "SELECT timezone FROM space WHERE library_id = {library}"
    " ORDER BY told_at DESC, told_sequence DESC, space_id DESC LIMIT 1"
)
# The turn comes before the row: only the second of two equal messages sees a conflict. The day is
# the one believed now; facts do not use it.
APPEND = f"""
WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock({TURN}))
INSERT INTO act ({SELECTED}, local_day, quarter_hour)
SELECT {", ".join(f"%({name})s" for name in COLUMNS)},
       (CAST(%(occurred_at)s AS timestamptz) AT TIME ZONE coalesce(
           ({ZONE.format(library="CAST(%(library_id)s AS uuid)")}), %(zone)s))::date,
       %(quarter_hour)s
FROM turn ON CONFLICT DO NOTHING
"""
# Read after the turn was taken: what others told while this one waited is seen.
GATHER = f"""
SELECT {SELECTED}, ({ZONE.format(library="act.library_id")}) AS zone,
       (SELECT jsonb_agg(jsonb_build_array(told_at, told_sequence, message_id,
               faculty, level, study_year))
        FROM segment WHERE segment.pseudonym = act.pseudonym) AS history
FROM act WHERE thread = %(thread)s
"""
THREADS = text(
    f"SELECT {SELECTED} FROM act WHERE split_part(thread, ':', 1) = ANY(:kinds) ORDER BY thread"
)
PAGE = 2000


class SqlLedger:
    """Rows of `act`; a trigger refuses whoever would change one."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def lock(self) -> None:
        """Wait for the turn to write; held until the transaction ends."""
        self._connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (TURN,))

    def append(self, act: Act, institution_zone: ZoneInfo) -> bool:
        """Wait for the turn to write, and keep an act; False when it was there already."""
        row: dict[str, Any] = {name: getattr(act, name) for name in COLUMNS}
        row["data"] = msgspec.json.encode(act.data).decode()
        row["zone"] = institution_zone.key
        row["quarter_hour"] = quarter_of(act.occurred_at)
        return self._connection.exec_driver_sql(APPEND, row).rowcount == 1

    def gather(self, thread: str) -> Gathered:
        """Return the acts of a thread, and what is known now of its library and its person."""
        rows = self._connection.exec_driver_sql(GATHER, {"thread": thread}).mappings().all()
        acts = [Act(**{name: row[name] for name in COLUMNS}) for row in rows]
        return Gathered(acts, rows[0]["zone"], _history(rows[0]["history"]))

    def threads(self, kinds: Iterable[str]) -> Iterator[tuple[str, Sequence[Act]]]:
        """Return every thread of these kinds with its acts, reading page by page."""
        options = {"stream_results": True, "yield_per": PAGE}
        rows = self._connection.execute(
            THREADS, {"kinds": list(kinds)}, execution_options=options
        ).mappings()
        for thread, group in groupby(rows, key=lambda row: str(row["thread"])):
            yield thread, [Act(**row) for row in group]


def _history(told: Sequence[Any] | None) -> Sequence[Description]:
    return [
        Description((datetime.fromisoformat(at), sequence, message_id), Segment(*segment))
        for at, sequence, message_id, *segment in told or ()
    ]
