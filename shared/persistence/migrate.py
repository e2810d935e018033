"""Alembic for every service: the same few lines of environment, one folder of migrations each."""

from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import MetaData, text

from shared.kernel.identifiers import lock_key
from shared.persistence.engine import make_engine


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
    with engine.connect() as connection:
        connection.execute(text("SET statement_timeout = 0"))
        # Two processes starting together must not both create the tables.
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock_key("alembic")})
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()
