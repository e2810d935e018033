"""Requests that the library approves: until when they wait, and why it said no."""

from alembic import op

revision = "booking_0004_requests"
down_revision = "booking_0003_by_start"


def upgrade() -> None:
    op.execute("ALTER TABLE reservation ADD COLUMN expires_at timestamptz")
    op.execute("ALTER TABLE reservation ADD COLUMN status_reason text")
    op.execute("CREATE INDEX reservation_unanswered ON reservation (expires_at)"
               " WHERE status = 'pending'")  # fmt: skip
    op.execute("CREATE INDEX reservation_asked_for ON reservation USING gist (space_id, held)"
               " WHERE status = 'pending'")  # fmt: skip
