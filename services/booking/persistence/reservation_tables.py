"""Rows of who holds what, when; and the few facts about people that rules need."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSTZRANGE, ExcludeConstraint

from services.booking.persistence.metadata import METADATA

ACTIVE = "status IN ('confirmed', 'checked_in', 'away')"

# `during` is what the person sees, `held` what nobody else may have (padding included).
RESERVATION = Table(
    "reservation",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("library_id", Uuid, ForeignKey("library.id"), nullable=False),
    Column("space_id", Uuid, ForeignKey("space.id"), nullable=False),
    Column("patron_id", Uuid, nullable=False),
    Column("during", TSTZRANGE, nullable=False),
    Column("held", TSTZRANGE, nullable=False),
    Column("status", Text, nullable=False),
    Column("active", Boolean, Computed(ACTIVE, persisted=True)),
    Column("party_size", Integer, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("library_event_id", Uuid),
    Column("request_id", Uuid),
    Column("rulebook_id", Uuid, ForeignKey("rulebook.id")),
    Column("rule_version", Integer, nullable=False),
    Column("check_in_from", DateTime(timezone=True)),
    Column("check_in_until", DateTime(timezone=True)),
    Column("checked_in_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True)),
    Column("status_reason", Text),
    Column("calendar_uid", Text, nullable=False, unique=True),
    Column("sequence_no", Integer, nullable=False, server_default=text("0")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    ExcludeConstraint(
        ("space_id", "="),
        ("held", "&&"),
        name="one_slot_one_reservation",
        using="gist",
        where=text("active"),
    ),
)

# Append-only: who changed what, when. `actor` is null when the clock did it.
RESERVATION_HISTORY = Table(
    "reservation_history",
    METADATA,
    Column("position", BigInteger, Identity(), primary_key=True),
    Column("reservation_id", Uuid, ForeignKey("reservation.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("actor", Uuid),
    Column("change", JSONB, nullable=False),
)

# Every room an activity has asked for or given back, by request: whichever message comes first.
ROOM_REQUEST = Table(
    "room_request",
    METADATA,
    Column("request_id", Uuid, primary_key=True),
    Column("library_event_id", Uuid, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("reservation_id", Uuid, ForeignKey("reservation.id")),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("held", TSTZRANGE),
    Column("replaced_by", Uuid),
)

PATRON = Table(
    "patron",
    METADATA,
    Column("patron_id", Uuid, primary_key=True),
    Column("patron_class", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("described_at", DateTime(timezone=True), nullable=False),
)

FEED_KEY = Table(
    "feed_key",
    METADATA,
    Column("patron_id", Uuid, primary_key=True),
    Column("key_hash", LargeBinary, nullable=False, unique=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

DISPLAY_KEY = Table(
    "display_key",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("space_id", Uuid, ForeignKey("space.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("key_hash", LargeBinary, nullable=False, unique=True),
    Column("created_by", Uuid, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

CLOSURE = Table(
    "closure",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("library_id", Uuid, ForeignKey("library.id"), nullable=False),
    Column("scope_type", Text, nullable=False),
    Column("scope_id", Uuid, nullable=False),
    Column("exception_id", Uuid, nullable=False),
    Column("owns_exception", Boolean, nullable=False, server_default=text("true")),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("created_by", Uuid, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("undone_at", DateTime(timezone=True)),
)

# Which local days' capacity has been said, and what was said last: so that only news is published.
CAPACITY_DAY = Table(
    "capacity_day",
    METADATA,
    Column("library_id", Uuid, ForeignKey("library.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
)
