"""Engagement's own tables beside the facts: the ledger of acts, points, suggestions."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from services.engagement.persistence.fact_tables import FACT_TABLES
from services.engagement.persistence.metadata import METADATA
from shared.messaging.tables import messaging_tables

MESSAGING = messaging_tables(METADATA)

ACT = Table(
    "act",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("message_id", Uuid, primary_key=True),
    Column("type", Text, nullable=False),
    Column("sequence", BigInteger),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("local_day", Date, nullable=False),  # as known when the message was heard
    Column("quarter_hour", DateTime(timezone=True), nullable=False),
    Column("thread", Text, nullable=False),
    Column("pseudonym", Text),
    Column("library_id", Uuid),
    Column("space_id", Uuid),
    Column("space_kind", Text),
    Column("programme", Text),
    Column("party_size", Integer),
    Column("void_of", Text),
    Column("data", JSONB, nullable=False),
    Index("act_thread", "thread"),
)

POINTS_RULE = Table(
    "points_rule",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("valid_from", Date, nullable=False),
    Column("act_type", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("cap_per_day", Integer),
    Column("condition", JSONB, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
)
POINTS_ACCOUNT = Table(
    "points_account",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("pseudonym", Text, unique=True),  # null: the library's counter-account
    Column("opted_out", Boolean, nullable=False, server_default=text("false")),
    Column("opted_in_at", DateTime(timezone=True)),
)
POINTS_TRANSACTION = Table(
    "points_transaction",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("rule_code", Text, nullable=False),
    Column("rule_version", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("message_id", Uuid, nullable=False),
    Column("voids", ForeignKey("points_transaction.id"), unique=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Index(
        "points_transaction_once",
        "source",
        "message_id",
        "rule_code",
        unique=True,
        postgresql_where=text("kind = 'award'"),
    ),
)
POINTS_ENTRY = Table(
    "points_entry",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("transaction_id", ForeignKey("points_transaction.id"), nullable=False),
    Column("account_id", ForeignKey("points_account.id"), nullable=False),
    Column("amount", Integer, nullable=False),
    Index("points_entry_account", "account_id", "id"),
    Index("points_entry_transaction", "transaction_id"),
)

SUGGESTION = Table(
    "suggestion",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("library_id", Uuid, nullable=False),
    Column("space_kind", Text, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("support_count", Integer, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    Index("suggestion_newest", "submitted_at", "id"),
    Index("suggestion_support_count", "support_count", "id"),
)
SUGGESTION_SUPPORT = Table(
    "suggestion_support",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("suggestion_id", ForeignKey("suggestion.id"), nullable=False),
    Column("patron_id", Uuid, nullable=False),
    Column("supported_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_at", DateTime(timezone=True)),
    Index("suggestion_support_patron", "patron_id"),
    Index(
        "suggestion_support_once",
        "suggestion_id",
        "patron_id",
        unique=True,
        postgresql_where=text("withdrawn_at IS NULL"),
    ),
)
SUGGESTION_FOLLOW = Table(
    "suggestion_follow",
    METADATA,
    Column("suggestion_id", ForeignKey("suggestion.id"), primary_key=True),
    Column("patron_id", Uuid, primary_key=True),
    Column("followed_at", DateTime(timezone=True), nullable=False),
    Index("suggestion_follow_patron", "patron_id", "followed_at"),
)
SUGGESTION_ANSWER = Table(
    "suggestion_answer",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("suggestion_id", ForeignKey("suggestion.id"), nullable=False),
    Column("stage", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("answered_by", Uuid, nullable=False),
    Column("answered_at", DateTime(timezone=True), nullable=False),
    Index("suggestion_answer_suggestion", "suggestion_id", "answered_at"),
)
TERM = Table(
    "term",
    METADATA,
    Column("library_id", Uuid, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    ExcludeConstraint(
        ("library_id", "="),
        (text("daterange(first_day, last_day, '[]')"), "&&"),
        name="term_overlap",
    ),
)
TABLES = (
    ACT,
    *FACT_TABLES,
    POINTS_RULE,
    POINTS_ACCOUNT,
    POINTS_TRANSACTION,
    POINTS_ENTRY,
    SUGGESTION,
    SUGGESTION_SUPPORT,
    SUGGESTION_FOLLOW,
    SUGGESTION_ANSWER,
    TERM,
)
