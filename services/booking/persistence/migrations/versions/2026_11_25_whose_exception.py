"""Closures say whether the exception in the hours is theirs: only then it goes with them."""

from alembic import op

revision = "booking_0009_whose_exception"
down_revision = "booking_0008_by_creation"


def upgrade() -> None:
    op.execute("ALTER TABLE closure ADD COLUMN owns_exception boolean NOT NULL DEFAULT true")
