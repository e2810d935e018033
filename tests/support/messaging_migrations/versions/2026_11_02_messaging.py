"""Make messaging's tables, and one for a test's effects."""

from alembic import op

from shared.messaging.schema import create_messaging_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_messaging_tables(op)
    op.execute("CREATE TABLE effect (message_id uuid NOT NULL, note text NOT NULL)")
    op.execute("CREATE TABLE tally (name text PRIMARY KEY, count bigint NOT NULL)")
