"""Alembic for every service: the same few lines of environment, one folder of migrations each."""

from pathlib import Path
from time import sleep

from alembic import command, context
from alembic.config import Config
from alembic.operations import Operations
from sqlalchemy import Connection, MetaData, text

from shared.kernel.identifiers import lock_key
from shared.persistence.engine import make_engine

DDL_LOCK_TIMEOUT_MS = 60_000
TURN_POLL_S = 0.1


def config_for(migrations: Path, url: str) -> Config:
    """Return the alembic configuration of a service's migrations folder for one database."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    config.attributes["url"] = url
    return config


def upgrade(migrations: Path, url: str, revision: str = "head") -> None:
    """Bring a database to a revision; several processes may try at once, one does it."""
    command.upgrade(config_for(migrations, url), revision)


def run_environment(metadata: MetaData) -> None:
    """Do the work of a service's migrations/env.py."""
    engine = make_engine(context.config.attributes["url"])
    try:
        with engine.connect() as connection:
            _wait_for_our_turn(connection)
            context.configure(connection=connection, target_metadata=metadata)
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()  # closes the session, and with it goes our turn


def add_index(operations: Operations, name: str, on: str, *, unique: bool = False) -> None:
    """Add an index to a table that has rows, while everybody goes on writing to it.

    `on` is what follows ON in CREATE INDEX. The migration holds nothing else: what it did before
    would be committed by this. Whoever died halfway left an index that is not valid; it is made
    anew.
    """
    kind = "UNIQUE INDEX" if unique else "INDEX"
    with operations.get_context().autocommit_block():
        # Nobody queues behind this, so that it may wait for a long transaction to end.
        operations.execute("SET lock_timeout = 0")
        operations.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        operations.execute(f"CREATE {kind} CONCURRENTLY {name} ON {on}")
        operations.execute(f"SET lock_timeout = {DDL_LOCK_TIMEOUT_MS}")


def _wait_for_our_turn(connection: Connection) -> None:
    """Return when no other process migrates this database, however long that takes.

    Two processes starting together must not both create the tables. The turn belongs to the
    session, so that a migration may commit on its way. It is asked for again and again: a statement
    that waits for it holds a snapshot, for whose end an index made concurrently waits in turn.
    """
    connection.execute(text("SET statement_timeout = 0"))
    ask = text("SELECT pg_try_advisory_lock(:key)")
    while not connection.execute(ask, {"key": lock_key("alembic")}).scalar_one():
        connection.commit()
        sleep(TURN_POLL_S)
    # The migration itself must not queue in front of everybody's work for ever.
    connection.execute(text(f"SET lock_timeout = {DDL_LOCK_TIMEOUT_MS}"))
    connection.commit()
