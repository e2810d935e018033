"""What we remember about a database beside its data: how far its migrations and its campus are."""

import psycopg
from psycopg import sql

from infra.local.platform_parts import Part
from shared.persistence.revisions import FOUND, HAS_TABLE, revisions_in


def is_migrated(part: Part, url: str) -> bool:
    """Tell whether a database is at the newest revision, without the second alembic's import takes.

    When in doubt the answer is no, and alembic decides.
    """
    with psycopg.connect(url, connect_timeout=5) as connection:
        there = connection.execute(HAS_TABLE).fetchone()
        if there is None or not there[0]:
            return False
        found = connection.execute(FOUND).fetchall()
    return [row[0] for row in found] == revisions_in(part.migrations).newest


def read_note(url: str) -> str:
    """Return the comment on a database, empty when there is none."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    return str(found[0] or "") if found else ""


def write_note(url: str, note: str) -> None:
    """Replace the comment on a database; it travels with it and goes when it is dropped."""
    statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
        database = sql.Identifier(connection.info.dbname)
        connection.execute(statement.format(database, sql.Literal(note)))
