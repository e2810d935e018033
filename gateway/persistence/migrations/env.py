"""Alembic's environment for the gateway's database."""

from gateway.persistence.notice_tables import notice
from shared.persistence.migrate import run_environment

run_environment(notice.metadata)
