"""Alembic's environment for the gateway's database."""

from gateway.persistence.tables import metadata
from shared.persistence.migrate import run_environment

run_environment(metadata)
