"""Identity providers of the campus, whose subjects are whose accounts, the directory's indexes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "gateway_0002"
down_revision = "gateway_0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
BEGINNINGS = {
    "number": "lower(number)",
    "family_first": "lower(family_name || given_name)",
    "family_spaced": "lower(family_name || ' ' || given_name)",
    "given_first": "lower(given_name || ' ' || family_name)",
}


def upgrade() -> None:
    _providers()
    _people()
    op.add_column("session", sa.Column("provider_id", sa.Uuid))
    op.add_column("session", sa.Column("sealed_id_token", sa.Text))
    for name, words in BEGINNINGS.items():
        op.create_index(
            f"account_begins_{name}", "account", [sa.text(f"({words}) text_pattern_ops")]
        )


def _providers() -> None:
    op.create_table(
        "sign_in_provider",
        sa.Column("provider_id", sa.Uuid, primary_key=True),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("name_zh", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("client_id", sa.Text, nullable=False),
        sa.Column("sealed_secret", sa.Text),
        sa.Column("scopes", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("mapping", JSONB, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.UniqueConstraint("issuer", "client_id", name="sign_in_provider_once"),
    )
    op.create_table(
        "sign_in_setting",
        sa.Column("one_row", sa.Boolean, sa.CheckConstraint("one_row"), primary_key=True),
        sa.Column("local_allowed", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _people() -> None:
    op.create_table(
        "sign_in_flow",
        sa.Column("state_hash", sa.LargeBinary, primary_key=True),
        sa.Column("provider_id", sa.Uuid, nullable=False),
        sa.Column("browser_hash", sa.LargeBinary, nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("verifier", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
    )
    op.create_index("sign_in_flow_age", "sign_in_flow", ["begun_at"])
    patron = sa.ForeignKey("account.patron_id", ondelete="CASCADE")
    op.create_table(
        "campus_identity",
        sa.Column("issuer", sa.Text, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("patron_id", sa.Uuid, patron, nullable=False),
        sa.Column("linked_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
    )
    op.create_index("campus_identity_patron", "campus_identity", ["patron_id"])


def downgrade() -> None:
    for name in BEGINNINGS:
        op.drop_index(f"account_begins_{name}", "account")
    op.drop_column("session", "sealed_id_token")
    op.drop_column("session", "provider_id")
    for table in ("campus_identity", "sign_in_flow", "sign_in_setting", "sign_in_provider"):
        op.drop_table(table)
