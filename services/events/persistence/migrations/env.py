"""Alembic's environment for the events service's database."""

from services.events.persistence.tables import metadata
from shared.persistence.migrate import run_environment

run_environment(metadata)
