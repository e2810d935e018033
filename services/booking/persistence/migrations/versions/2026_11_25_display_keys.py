"""Keys of the screens at spaces."""

from alembic import op

revision = "booking_0005_display_keys"
down_revision = "booking_0004_requests"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE display_key (
            id uuid PRIMARY KEY,
            space_id uuid NOT NULL REFERENCES space,
            label text NOT NULL,
            key_hash bytea NOT NULL UNIQUE,
            created_by uuid NOT NULL,
            created_at timestamptz NOT NULL
        )
    """)
    op.execute("CREATE INDEX display_key_of_space ON display_key (space_id)")
