"""The latest refusals of a library are found without reading the log that holds them."""

from alembic import op

from shared.persistence.migrate import add_index

revision = "booking_0007_refusals"
down_revision = "booking_0006_closures"


def upgrade() -> None:
    add_index(
        op,
        "outbox_refusals",
        "outbox ((data ->> 'library_id'), time, position)"
        " WHERE type = 'booking.reservation.refused.v1'",
    )
