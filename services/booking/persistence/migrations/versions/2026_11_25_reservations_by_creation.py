"""What was reserved in a library lately is found without reading what was reserved before."""

from alembic import op

from shared.persistence.migrate import add_index

revision = "booking_0008_by_creation"
down_revision = "booking_0007_refusals"


def upgrade() -> None:
    add_index(
        op,
        "reservation_by_creation",
        "reservation (library_id, created_at) WHERE purpose = 'patron'",
    )
