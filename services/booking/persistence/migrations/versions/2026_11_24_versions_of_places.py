"""Libraries, floors and zones carry a version, so that staff change only what they have read."""

from alembic import op

revision = "booking_0002_versions_of_places"
down_revision = "booking_0001"


def upgrade() -> None:
    for table in ("library", "floor", "zone"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN version integer NOT NULL DEFAULT 1")
