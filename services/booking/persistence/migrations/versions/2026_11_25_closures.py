"""Closures: what was closed when and why, and how many had to be told."""

from alembic import op

revision = "booking_0006_closures"
down_revision = "booking_0005_display_keys"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE closure (
            id uuid PRIMARY KEY,
            library_id uuid NOT NULL REFERENCES library,
            scope_type text NOT NULL CHECK (scope_type IN ('library', 'zone', 'space')),
            scope_id uuid NOT NULL,
            exception_id uuid NOT NULL,
            first_day date NOT NULL,
            last_day date NOT NULL,
            name_zh text NOT NULL,
            name_en text NOT NULL,
            created_by uuid NOT NULL,
            created_at timestamptz NOT NULL,
            cancelled integer NOT NULL DEFAULT 0,
            finished_at timestamptz,
            undone_at timestamptz
        )
    """)
    op.execute("CREATE INDEX closure_of_library ON closure (library_id, first_day)")
    op.execute("CREATE INDEX closure_unfinished ON closure (created_at)"
               " WHERE finished_at IS NULL AND undone_at IS NULL")  # fmt: skip
