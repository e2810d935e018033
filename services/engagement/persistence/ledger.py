"""The ledger of acts in PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from services.engagement.domain.act import Act, quarter_of
from shared.kernel.identifiers import lock_key

# Two consumers folding one thread at once would each miss the other's act; and with a lock per
# thread two batches could wait for each other in a ring. One turn for all cannot.
TURN = lock_key("engagement", "ledger")
COLUMNS = tuple(f.name for f in fields(Act))
SELECTED = ", ".join(COLUMNS)
APPEND = (
    f"INSERT INTO act ({SELECTED}, local_day, quarter_hour) VALUES ("
    + ", ".join(f"%({name})s" for name in COLUMNS)
    + ", %(local_day)s, %(quarter_hour)s) ON CONFLICT DO NOTHING"
)
OF_THREAD = f"SELECT {SELECTED} FROM act WHERE thread = %(thread)s"
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

    def append(self, act: Act, day: date) -> bool:
        """Keep an act; False when it was there already."""
        row: dict[str, Any] = {name: getattr(act, name) for name in COLUMNS}
        row["data"] = msgspec.json.encode(act.data).decode()
        row["local_day"] = day
        row["quarter_hour"] = quarter_of(act.occurred_at)
        return self._connection.exec_driver_sql(APPEND, row).rowcount == 1

    def of_thread(self, thread: str) -> Sequence[Act]:
        """Return the acts of a thread."""
        rows = self._connection.exec_driver_sql(OF_THREAD, {"thread": thread})
        return [Act(**row) for row in rows.mappings()]

    def threads(self, kinds: Iterable[str]) -> Iterator[tuple[str, Sequence[Act]]]:
        """Return every thread of these kinds with its acts, reading page by page."""
        options = {"stream_results": True, "yield_per": PAGE}
        rows = self._connection.execute(
            THREADS, {"kinds": list(kinds)}, execution_options=options
        ).mappings()
        for thread, group in groupby(rows, key=lambda row: str(row["thread"])):
            yield thread, [Act(**row) for row in group]
