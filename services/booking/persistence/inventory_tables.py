"""Rows of what can be reserved, when it is open, and under which rules.

Every write to one of these tables bumps `catalogue_version` (a statement trigger does it, so that
no writer can forget): processes keep the catalogue in memory for as long as the number stands.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.booking.persistence.metadata import METADATA

LIBRARY = Table(
    "library",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
)

FLOOR = Table(
    "floor",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("library_id", Uuid, ForeignKey("library.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("plan", JSONB, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("library_id", "code"),
)

ZONE = Table(
    "zone",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("floor_id", Uuid, ForeignKey("floor.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("quiet", Boolean, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("floor_id", "code"),
)

SPACE = Table(
    "space",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("zone_id", Uuid, ForeignKey("zone.id"), nullable=False),
    Column("library_id", Uuid, ForeignKey("library.id"), nullable=False),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("space_type", Text, nullable=False),
    Column("space_kind", Text, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("features", ARRAY(Text), nullable=False),
    Column("accessible", Boolean, nullable=False),
    Column("plan", JSONB, nullable=False),
    Column("status", Text, nullable=False),
    Column("status_reason", Text),
    Column("check_in_secret", LargeBinary, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("library_id", "code"),
)

# One row a weekday: `spans` is [[opens_minute, closes_minute], ...]; empty is closed, no row at all
# leaves the weekday to the wider scope. 1440 is the end of the day.
WEEKLY_HOURS = Table(
    "weekly_hours",
    METADATA,
    Column("scope_type", Text, primary_key=True),
    Column("scope_id", Uuid, primary_key=True),
    Column("weekday", SmallInteger, primary_key=True),
    Column("spans", JSONB, nullable=False),
)

# `as_weekday` set: that weekday's hours hold instead, and `spans` is empty.
HOURS_EXCEPTION = Table(
    "hours_exception",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("scope_type", Text, nullable=False),
    Column("scope_id", Uuid, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("spans", JSONB, nullable=False),
    Column("as_weekday", SmallInteger),
)

RULEBOOK = Table(
    "rulebook",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("library_id", Uuid, ForeignKey("library.id"), nullable=False),
    Column("scope_type", Text, nullable=False),
    Column("scope_id", Text, nullable=False),
    Column("patron_class", Text),
    Column("version", Integer, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("valid_from", DateTime(timezone=True), nullable=False),
    Column("published_by", Uuid, nullable=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
)

CATALOGUE_VERSION = Table(
    "catalogue_version",
    METADATA,
    Column("singleton", Boolean, primary_key=True),
    Column("version", BigInteger, nullable=False),
)
