"""Requests whose effects are undone: the next one finds everything as it was, in a millisecond.

Every engine of an app is given one connection whose commits only move a savepoint. What a request
commits is there for whatever it does afterwards, as always, and gone when the test says `undo`.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import psycopg
from sqlalchemy import Engine
from sqlalchemy.event import listen

from shared.persistence.engine import STATEMENT_TIMEOUT_MS

MARK = "atrium_outside"
# What was written and taken back counts as well: it tells where to look closely.
WRITTEN = "SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
ROWS = "SELECT md5(coalesce(string_agg(row::text, '|' ORDER BY row::text), '')) FROM {} AS row"


class _Unlasting(psycopg.Connection[Any]):
    """A connection that commits and rolls back within one long transaction."""

    touched = False

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        self.touched = True
        return super().cursor(*args, **kwargs)

    def commit(self) -> None:
        with self.cursor() as cursor:
            # What a real commit would check at last is checked here.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(f"RELEASE SAVEPOINT {MARK}; SAVEPOINT {MARK}", prepare=False)

    def rollback(self) -> None:
        with self.cursor() as cursor:
            cursor.execute(f"ROLLBACK TO SAVEPOINT {MARK}", prepare=False)

    def close(self) -> None:
        """Stay open: the pool lends this one connection to everybody."""

    def begin_anew(self) -> None:
        super().rollback()
        with self.cursor() as cursor:
            cursor.execute(f"SAVEPOINT {MARK}")
        self.touched = False

    def end(self) -> None:
        super().rollback()
        super().close()


class Undone:
    """The connections of some engines, which forget together."""

    def __init__(self, engines: Iterable[Engine]) -> None:
        self._connections: list[_Unlasting] = []
        for engine in engines:
            engine.dispose()
            self._take_over(engine)

    def undo(self) -> None:
        """Let nothing have happened since the last time."""
        for connection in self._connections:
            if connection.touched:
                connection.begin_anew()

    def changed(self) -> list[str]:
        """Name the tables that are not as they were the last time; for that, undoes everything."""
        now = {
            (connection, str(name)): _rows(connection, name)
            for connection in self._connections
            if connection.touched
            for (name,) in connection.execute(WRITTEN).fetchall()
        }
        self.undo()
        return sorted(key[1] for key, rows in now.items() if rows != _rows(*key))

    def close(self) -> None:
        for connection in self._connections:
            with suppress(psycopg.Error):
                connection.end()

    def _take_over(self, engine: Engine) -> None:
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        limits = f"-c timezone=UTC -c statement_timeout={STATEMENT_TIMEOUT_MS}"
        only = _Unlasting.connect(url, options=limits, prepare_threshold=2)
        only.begin_anew()
        self._connections.append(only)

        def lend(*_: Any) -> psycopg.Connection[Any]:
            return only

        listen(engine, "do_connect", lend)


def _rows(connection: _Unlasting, table: str) -> Any:
    return connection.execute(ROWS.format(table)).fetchone()
