"""Alembic's way into booking's database."""

from services.booking.persistence.tables import OUTBOX
from shared.persistence.migrate import run_environment

run_environment(OUTBOX.metadata)
