"""Keep what a request for a room held at first, and which one took its place."""

from alembic import op

revision = "booking_0010_rooms_exchanged"
down_revision = "booking_0009_whose_exception"


def upgrade() -> None:
    op.execute("ALTER TABLE room_request ADD COLUMN held tstzrange, ADD COLUMN replaced_by uuid")
