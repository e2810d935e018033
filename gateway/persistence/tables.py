"""The gateway's tables. Names and mail addresses of people are in `account` and nowhere else."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.messaging.tables import messaging_tables

metadata = MetaData()

account = Table(
    "account",
    metadata,
    Column("patron_id", Uuid, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("number", Text, unique=True),
    Column("family_name", Text, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("name_order", Text, nullable=False),
    Column("mail", Text),
    Column("password_hash", Text),
    Column("roles", ARRAY(Text), nullable=False),
    Column("libraries", ARRAY(Uuid)),
    Column("patron_class", Text, nullable=False),
    Column("faculty", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("study_year", Integer),
    Column("language", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("patron_id", Uuid, ForeignKey("account.patron_id", ondelete="CASCADE"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("last_seen_at", DateTime(timezone=True), nullable=False),
    Column("provider_id", Uuid),
    Column("sealed_id_token", Text),
    Index("session_patron", "patron_id"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("token_id", Uuid, primary_key=True),
    Column("patron_id", Uuid, ForeignKey("account.patron_id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("secret_hash", LargeBinary, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("last_used_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Index("api_token_patron", "patron_id"),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_failed_at", DateTime(timezone=True)),
    Column("paused_until", DateTime(timezone=True)),
    Column("last_success_at", DateTime(timezone=True)),
)

sign_in_provider = Table(
    "sign_in_provider",
    metadata,
    Column("provider_id", Uuid, primary_key=True),
    Column("name_en", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("sealed_secret", Text),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("mapping", JSONB, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("issuer", "client_id", name="sign_in_provider_once"),
)

sign_in_setting = Table(
    "sign_in_setting",
    metadata,
    Column("one_row", Boolean, primary_key=True),
    Column("local_allowed", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

sign_in_flow = Table(
    "sign_in_flow",
    metadata,
    Column("state_hash", LargeBinary, primary_key=True),
    Column("provider_id", Uuid, nullable=False),
    Column("browser_hash", LargeBinary, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("begun_at", DateTime(timezone=True), nullable=False),
    Index("sign_in_flow_age", "begun_at"),
)

campus_identity = Table(
    "campus_identity",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("patron_id", Uuid, ForeignKey("account.patron_id", ondelete="CASCADE"), nullable=False),
    Column("linked_at", DateTime(timezone=True), nullable=False),
    Column("last_seen_at", DateTime(timezone=True), nullable=False),
    Index("campus_identity_patron", "patron_id"),
)

signing_key = Table(
    "signing_key",
    metadata,
    Column("kid", Text, primary_key=True),
    Column("sealed_private", Text, nullable=False),
    Column("public_jwk", JSONB, nullable=False),
    Column("signs_from", DateTime(timezone=True), nullable=False),
    Column("published_until", DateTime(timezone=True)),
)

people_import = Table(
    "people_import",
    metadata,
    Column("import_id", Uuid, primary_key=True),
    Column("imported_by", Uuid),
    Column("file_name", Text, nullable=False),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("created", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
)

people_import_row = Table(
    "people_import_row",
    metadata,
    Column(
        "import_id",
        Uuid,
        ForeignKey("people_import.import_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("line", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("patron_id", Uuid),
    Column("violations", JSONB, nullable=False),
)

population_day = Table(
    "population_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("snapshot_id", Uuid, nullable=False),
    Column("told_at", DateTime(timezone=True), nullable=False),
)

faculty = Table(
    "faculty",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
)

MESSAGING = messaging_tables(metadata)
