"""A database and a role per service, and for the bus, on whichever PostgreSQL we were given."""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from infra.local.failure import CannotStart
from infra.local.secret_files import SecretFiles

OLDEST_SERVER = 150_000


def make_databases(
    admin_url: str, names: Sequence[str], *, prefix: str, passwords: SecretFiles
) -> dict[str, str]:
    """Make what is missing; return the URL of every database by its name.

    Each database belongs to a role of the same name, and no other role may enter it. Raises
    CannotStart when the server cannot be reached or is older than PostgreSQL 15.
    """
    try:
        with psycopg.connect(admin_url, autocommit=True, connect_timeout=5) as connection:
            refuse_old_server(connection)
            for name in names:
                password = passwords.get(f"database-{name}")
                _make_role(connection, f"{prefix}{name}", password)
                _make_database(connection, f"{prefix}{name}")
    except psycopg.Error as error:
        first_line = str(error).strip().splitlines()[0]
        raise CannotStart(f"PostgreSQL cannot give us our databases: {first_line}") from error
    return {
        name: database_url(admin_url, f"{prefix}{name}", passwords.get(f"database-{name}"))
        for name in names
    }


def drop_databases(admin_url: str, names: Sequence[str], *, prefix: str) -> None:
    """Drop databases with everything in them, and who is connected to them.

    Raises CannotStart when the server cannot be reached or does not let us.
    """
    try:
        with psycopg.connect(admin_url, autocommit=True, connect_timeout=5) as connection:
            for name in names:
                statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(statement.format(sql.Identifier(f"{prefix}{name}")))
    except psycopg.Error as error:
        first_line = str(error).strip().splitlines()[0]
        raise CannotStart(f"PostgreSQL does not drop our databases: {first_line}") from error


def database_url(admin_url: str, name: str, password: str) -> str:
    """Return the URL of a database for the role of the same name, on the admin URL's server."""
    parts = urlsplit(admin_url)
    place = parts.netloc.rpartition("@")[2]
    login = f"{quote(name, safe='')}:{quote(password, safe='')}"
    return urlunsplit((parts.scheme, f"{login}@{place}", f"/{name}", parts.query, ""))


def refuse_old_server(connection: psycopg.Connection) -> None:
    """Raise CannotStart below PostgreSQL 15."""
    if connection.info.server_version < OLDEST_SERVER:
        major = connection.info.server_version // 10_000
        raise CannotStart(f"The PostgreSQL server is version {major}; Atrium needs 15 or newer.")


def _make_role(connection: psycopg.Connection, name: str, password: str) -> None:
    there = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "CREATE" if there is None else "ALTER"
    # The password is set again each time: the secret file is the one that counts.
    statement = sql.SQL(verb + " ROLE {} LOGIN PASSWORD {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Literal(password)))


def _make_database(connection: psycopg.Connection, name: str) -> None:
    there = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
    if there is not None:
        return
    database = sql.Identifier(name)
    create = sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0")
    connection.execute(create.format(database, database))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
