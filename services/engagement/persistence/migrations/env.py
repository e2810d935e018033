"""Alembic's way into engagement's database."""

from services.engagement.persistence.tables import ACT
from shared.persistence.migrate import run_environment

run_environment(ACT.metadata)
