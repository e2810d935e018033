"""Accounts, sessions, API tokens, signing keys, imports; the outbox beside them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from shared.messaging.schema import create_messaging_tables, drop_messaging_tables

revision = "gateway_0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_messaging_tables(op)
    _people()
    _sign_in()
    _reports()


def _people() -> None:
    op.create_table(
        "account",
        sa.Column("patron_id", sa.Uuid, primary_key=True),
        sa.Column("login", sa.Text, nullable=False, unique=True),
        sa.Column("number", sa.Text, unique=True),
        sa.Column("family_name", sa.Text, nullable=False),
        sa.Column("given_name", sa.Text, nullable=False),
        sa.Column("name_order", sa.Text, nullable=False),
        sa.Column("mail", sa.Text),
        sa.Column("password_hash", sa.Text),
        sa.Column("roles", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("libraries", sa.ARRAY(sa.Uuid)),
        sa.Column("patron_class", sa.Text, nullable=False),
        sa.Column("faculty", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("study_year", sa.Integer),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
    )
    op.create_table(
        "api_token",
        sa.Column("token_id", sa.Uuid, primary_key=True),
        sa.Column("patron_id", sa.Uuid, _account(), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("scopes", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
    )
    op.create_index("api_token_patron", "api_token", ["patron_id"])


def _account() -> sa.ForeignKey:
    return sa.ForeignKey("account.patron_id", ondelete="CASCADE")


def _sign_in() -> None:
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("patron_id", sa.Uuid, _account(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
    )
    op.create_index("session_patron", "session", ["patron_id"])
    op.create_table(
        "sign_in_attempt",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_failed_at", INSTANT),
        sa.Column("paused_until", INSTANT),
        sa.Column("last_success_at", INSTANT),
    )
    op.create_table(
        "signing_key",
        sa.Column("kid", sa.Text, primary_key=True),
        sa.Column("sealed_private", sa.Text, nullable=False),
        sa.Column("public_jwk", JSONB, nullable=False),
        sa.Column("signs_from", INSTANT, nullable=False),
        sa.Column("published_until", INSTANT),
    )


def _reports() -> None:
    op.create_table(
        "people_import",
        sa.Column("import_id", sa.Uuid, primary_key=True),
        sa.Column("imported_by", sa.Uuid),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.Column("created", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("unchanged", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
    )
    report = sa.ForeignKey("people_import.import_id", ondelete="CASCADE")
    op.create_table(
        "people_import_row",
        sa.Column("import_id", sa.Uuid, report, primary_key=True),
        sa.Column("line", sa.Integer, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("patron_id", sa.Uuid),
        sa.Column("violations", JSONB, nullable=False),
    )
    op.create_table(
        "population_day",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("snapshot_id", sa.Uuid, nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
    )


def downgrade() -> None:
    tables = ("population_day", "people_import_row", "people_import", "signing_key")
    for table in (*tables, "sign_in_attempt", "session", "api_token", "account"):
        op.drop_table(table)
    drop_messaging_tables(op)
