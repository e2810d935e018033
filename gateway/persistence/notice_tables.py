"""The tables behind notices: what people have, what they were told, what mail went out."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from gateway.persistence.tables import metadata

INSTANT = DateTime(timezone=True)

known_space = Table(
    "known_space",
    metadata,
    Column("space_id", Uuid, primary_key=True),
    Column("library_id", Uuid, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("library_zh", Text, nullable=False),
    Column("library_en", Text, nullable=False),
    Column("heard", BigInteger, nullable=False),
    Index("known_space_library", "library_id"),
)

known_activity = Table(
    "known_activity",
    metadata,
    Column("library_event_id", Uuid, primary_key=True),
    Column("library_id", Uuid, nullable=False),
    Column("space_id", Uuid),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("calendar_sequence", Integer, nullable=False),
    Column("heard", BigInteger, nullable=False),
)

appointment = Table(
    "appointment",
    metadata,
    Column("patron_id", Uuid, primary_key=True),
    Column("subject_id", Uuid, primary_key=True),
    Column("registration_id", Uuid),
    Column("space_id", Uuid),
    Column("standing", Text, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT),
    Column("heard", BigInteger, nullable=False),
    Column("calendar_sequence", Integer, nullable=False),
    Column("remind_at", INSTANT),
    Index("appointment_to_remind", "remind_at", postgresql_where=text("remind_at IS NOT NULL")),
    Index("appointment_start", "starts_at"),
)

notice = Table(
    "notice",
    metadata,
    Column("notice_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("source_id", Uuid, nullable=False),
    Column("patron_id", Uuid, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("space_id", Uuid),
    Column("heard", BigInteger, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT),
    Column("calendar_sequence", Integer, nullable=False),
    Column("details", JSONB, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("read_at", INSTANT),
    UniqueConstraint("kind", "source_id", "patron_id", name="notice_once"),
    Index("notice_of_patron", "patron_id", "notice_id"),
    Index("notice_unread", "patron_id", postgresql_where=text("read_at IS NULL")),
    Index("notice_created", "created_at"),
)

mail = Table(
    "mail",
    metadata,
    Column("notice_id", Uuid, ForeignKey("notice.notice_id", ondelete="CASCADE"), primary_key=True),
    Column("due_since", INSTANT, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("next_attempt_at", INSTANT, nullable=False),
    Column("reason", Text),
    Column("done_at", INSTANT),
    Index("mail_due", "next_attempt_at", "notice_id", postgresql_where=text("status = 'due'")),
    Index("mail_status", "status", "notice_id"),
)

mail_refusal = Table(
    "mail_refusal",
    metadata,
    Column(
        "patron_id", Uuid, ForeignKey("account.patron_id", ondelete="CASCADE"), primary_key=True
    ),
    Column("topic", Text, primary_key=True),
)
