"""Activities, sign-ups, waiting-list decisions, attendances, and the copy of the spaces."""

from collections.abc import Iterable

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.events.domain import library_event as activities
from services.events.domain import registration as sign_ups
from services.events.domain.door import SETTLED
from services.events.domain.plan import Programme
from services.events.domain.room import LIVE, RoomState
from shared.messaging.tables import messaging_tables
from shared.web.idempotency import idempotency_table

metadata = MetaData()
messaging_tables(metadata)
idempotency_table(metadata)


def one_of(column: str, words: Iterable[str]) -> str:
    """Return the SQL that keeps a column within a closed set, in a fixed order."""
    listed = ", ".join(f"'{word}'" for word in sorted(words))
    return f"{column} IN ({listed})"


library_event = Table(
    "library_event",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organizer_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("programme", Text, nullable=False),
    Column("title_zh", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    Column("description_zh", Text, nullable=False),
    Column("description_en", Text, nullable=False),
    Column("space_id", Uuid),
    Column("place", Text, nullable=False),
    Column("library_id", Uuid, nullable=False),
    Column("space_kind", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("setup_minutes", Integer, nullable=False),
    Column("teardown_minutes", Integer, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("party_limit", Integer, nullable=False),
    Column("signup_opens_at", DateTime(timezone=True)),
    Column("signup_closes_at", DateTime(timezone=True)),
    Column("late_cancel_minutes", Integer, nullable=False),
    Column("offer_minutes", Integer, nullable=False),
    Column("waiting_list", Boolean, nullable=False),
    Column("room_state", Text, nullable=False),
    Column("room_request_id", Uuid),
    Column("room_reservation_id", Uuid),
    Column("room_codes", ARRAY(Text), nullable=False),
    Column("room_alternatives", JSONB, nullable=False),
    Column("room_note", Text),
    Column("room_hold_expires_at", DateTime(timezone=True)),
    Column("attendance_secret", LargeBinary, nullable=False),
    Column("attendance_measured", Boolean),
    Column("calendar_sequence", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("published_at", DateTime(timezone=True)),
    Column("moved_at", DateTime(timezone=True)),
    Column("move", JSONB(none_as_null=True)),
    Column("cancel_reason", Text, nullable=False, server_default=""),
    Column("version", Integer, nullable=False),
    CheckConstraint(one_of("status", activities.Status), name="library_event_status"),
    CheckConstraint(one_of("programme", Programme), name="library_event_programme"),
    CheckConstraint(one_of("room_state", RoomState), name="library_event_room_state"),
    CheckConstraint("starts_at < ends_at", name="library_event_lasts"),
    CheckConstraint("capacity > 0", name="library_event_has_places"),
    Index(
        "library_event_calendar",
        "starts_at",
        "id",
        postgresql_where=text("status <> 'draft'"),
    ),
    Index("library_event_organizer", "organizer_id", "starts_at"),
    Index("library_event_open", "ends_at", postgresql_where=text("status = 'published'")),
    Index(
        "library_event_draft_holds",
        "room_hold_expires_at",
        postgresql_where=text(f"status = 'draft' AND {one_of('room_state', LIVE)}"),
    ),
)

room_turn = Table(
    "room_turn",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("library_event_id", ForeignKey("library_event.id", ondelete="CASCADE"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("state", Text, nullable=False),
    Column("request_id", Uuid),
    Column("space_id", Uuid),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("codes", ARRAY(Text), nullable=False),
    Column("alternatives", JSONB, nullable=False),
    Column("note", Text),
    Column("hold_expires_at", DateTime(timezone=True)),
    Column("of_move", Boolean, nullable=False, server_default=text("false")),
    # Whether it is about the room of a wished move rather than the activity's own.
    Index("room_turn_of", "library_event_id", "position"),
)

FRESH_TICKET_CODE = (
    "lpad((('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint"
    " % 1000000000000)::text, 12, '0')"
)
"""For sign-ups kept by a release that knew of no tickets; see domain/ticket.py."""

registration = Table(
    "registration",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("arrival", BigInteger, Identity(always=True), nullable=False),
    # Given under the activity's lock, so that per activity it is the order of arrival.
    Column("library_event_id", ForeignKey("library_event.id"), nullable=False),
    Column("patron_id", Uuid, nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("registered_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("offer_expires_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    Column("ticket_code", Text, nullable=False, server_default=text(FRESH_TICKET_CODE)),
    CheckConstraint(one_of("status", sign_ups.Status), name="registration_status"),
    CheckConstraint("party_size > 0", name="registration_party"),
    CheckConstraint(
        "(status = 'offered') = (offer_expires_at IS NOT NULL)", name="registration_offer"
    ),
    Index(
        "registration_once",
        "library_event_id",
        "patron_id",
        unique=True,
        postgresql_where=text(one_of("status", sign_ups.LIVE)),
    ),
    Index("registration_ticket", "ticket_code", unique=True),
    Index("registration_in_order", "library_event_id", "arrival"),
    Index("registration_of_patron", "patron_id", "arrival"),
    Index("registration_offers", "offer_expires_at", postgresql_where=text("status = 'offered'")),
)

waiting_list_decision = Table(
    "waiting_list_decision",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("library_event_id", ForeignKey("library_event.id"), nullable=False),
    Column("registration_id", ForeignKey("registration.id"), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reason", Text, nullable=False),
    Column("numbers", JSONB, nullable=False),
    Index("waiting_list_decision_of", "registration_id", "position"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("library_event_id", ForeignKey("library_event.id"), nullable=False),
    Column("patron_id", Uuid, nullable=False),
    Column("registration_id", ForeignKey("registration.id")),
    Column("method", Text, nullable=False),
    Column("party_size", Integer, nullable=False),
    Column("attended_at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("voided_at", DateTime(timezone=True)),
    Column("void_reason", Text),
    Index(
        "attendance_once",
        "library_event_id",
        "patron_id",
        unique=True,
        postgresql_where=text("voided_at IS NULL"),
    ),
    Index("attendance_of_patron", "patron_id"),
)

door_scan = Table(
    "door_scan",
    metadata,
    Column("library_event_id", ForeignKey("library_event.id"), primary_key=True),
    Column("scan_id", Uuid, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("registration_id", ForeignKey("registration.id")),
    Column("attendance_id", ForeignKey("attendance.id")),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    CheckConstraint(one_of("outcome", SETTLED), name="door_scan_outcome"),
)

wrong_attendance_code = Table(
    "wrong_attendance_code",
    metadata,
    Column("library_event_id", ForeignKey("library_event.id"), primary_key=True),
    Column("patron_id", Uuid, primary_key=True),
    Column("times", Integer, nullable=False),
)

headcount = Table(
    "headcount",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("library_event_id", ForeignKey("library_event.id"), nullable=False),
    Column("anonymous", Integer, nullable=False),
    Column("counted_at", DateTime(timezone=True), nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("by_audience", JSONB, nullable=False, server_default=text("'{}'")),
    CheckConstraint("anonymous >= 0", name="headcount_anonymous"),
    Index("headcount_of", "library_event_id", "position"),
)

space = Table(
    "space",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("library_id", Uuid, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("space_type", Text, nullable=False),
    Column("space_kind", Text, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("in_use", Boolean, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Index("space_library", "library_id"),
)
