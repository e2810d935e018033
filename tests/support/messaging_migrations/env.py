"""The tables of messaging alone, for tests that need no service."""

from sqlalchemy import MetaData

from shared.messaging.tables import messaging_tables
from shared.persistence.migrate import run_environment

metadata = MetaData()
messaging_tables(metadata)
run_environment(metadata)
