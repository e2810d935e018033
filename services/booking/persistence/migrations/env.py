"""Alembic's way into booking's database."""

from services.booking.persistence.tables import IDEMPOTENCY_KEY
from shared.persistence.migrate import run_environment

run_environment(IDEMPOTENCY_KEY.metadata)
