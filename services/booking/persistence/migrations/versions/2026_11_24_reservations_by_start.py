"""Staff read everybody's reservations in order of start, page by page."""

from alembic import op

revision = "booking_0003_by_start"
down_revision = "booking_0002_versions_of_places"


def upgrade() -> None:
    op.execute("CREATE INDEX reservation_by_start ON reservation (lower(during), id)")
