"""Activities, sign-ups and their waiting lists, attendances, the copy of the spaces."""

from alembic import op

from shared.messaging.schema import create_messaging_tables, drop_messaging_tables
from shared.web.idempotency import create_idempotency_table

revision = "events_0001"
down_revision = None
branch_labels = None
depends_on = None

CREATE = """
CREATE TABLE library_event (
    id UUID NOT NULL,
    organizer_id UUID NOT NULL,
    status TEXT NOT NULL,
    programme TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    description_zh TEXT NOT NULL,
    description_en TEXT NOT NULL,
    space_id UUID,
    place TEXT NOT NULL,
    library_id UUID NOT NULL,
    space_kind TEXT NOT NULL,
    timezone TEXT NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    setup_minutes INTEGER NOT NULL,
    teardown_minutes INTEGER NOT NULL,
    capacity INTEGER NOT NULL,
    party_limit INTEGER NOT NULL,
    signup_opens_at timestamptz,
    signup_closes_at timestamptz,
    late_cancel_minutes INTEGER NOT NULL,
    offer_minutes INTEGER NOT NULL,
    waiting_list BOOLEAN NOT NULL,
    room_state TEXT NOT NULL,
    room_request_id UUID,
    room_reservation_id UUID,
    room_codes TEXT[] NOT NULL,
    room_alternatives JSONB NOT NULL,
    room_note TEXT,
    room_hold_expires_at timestamptz,
    attendance_secret BYTEA NOT NULL,
    attendance_measured BOOLEAN,
    calendar_sequence INTEGER NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    published_at timestamptz,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT library_event_status
        CHECK (status IN ('cancelled', 'closed', 'draft', 'published')),
    CONSTRAINT library_event_programme
        CHECK (programme IN (
            'exhibition', 'lecture', 'reading_group', 'salon', 'training', 'workshop')),
    CONSTRAINT library_event_room_state
        CHECK (room_state IN ('given_back', 'held', 'none', 'refused', 'requested')),
    CONSTRAINT library_event_lasts CHECK (starts_at < ends_at),
    CONSTRAINT library_event_has_places CHECK (capacity > 0)
);
CREATE INDEX library_event_calendar ON library_event (starts_at, id) WHERE status <> 'draft';
CREATE INDEX library_event_draft_holds
    ON library_event (room_hold_expires_at)
    WHERE status = 'draft' AND room_state IN ('held', 'requested');
CREATE INDEX library_event_open ON library_event (ends_at) WHERE status = 'published';
CREATE INDEX library_event_organizer ON library_event (organizer_id, starts_at);

CREATE TABLE space (
    id UUID NOT NULL,
    library_id UUID NOT NULL,
    timezone TEXT NOT NULL,
    code TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    space_type TEXT NOT NULL,
    space_kind TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    in_use BOOLEAN NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX space_library ON space (library_id);

CREATE TABLE headcount (
    position BIGINT GENERATED ALWAYS AS IDENTITY,
    id UUID NOT NULL,
    library_event_id UUID NOT NULL,
    anonymous INTEGER NOT NULL,
    counted_at timestamptz NOT NULL,
    recorded_by UUID NOT NULL,
    PRIMARY KEY (position),
    CONSTRAINT headcount_anonymous CHECK (anonymous >= 0),
    FOREIGN KEY(library_event_id) REFERENCES library_event (id)
);
CREATE INDEX headcount_of ON headcount (library_event_id, position);

CREATE TABLE registration (
    id UUID NOT NULL,
    arrival BIGINT GENERATED ALWAYS AS IDENTITY,
    library_event_id UUID NOT NULL,
    patron_id UUID NOT NULL,
    party_size INTEGER NOT NULL,
    status TEXT NOT NULL,
    registered_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    offer_expires_at timestamptz,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT registration_status
        CHECK (status IN (
            'attended', 'cancelled', 'confirmed', 'lapsed', 'no_show', 'offered',
            'unserved', 'waitlisted')),
    CONSTRAINT registration_party CHECK (party_size > 0),
    CONSTRAINT registration_offer CHECK ((status = 'offered') = (offer_expires_at IS NOT NULL)),
    FOREIGN KEY(library_event_id) REFERENCES library_event (id)
);
CREATE INDEX registration_in_order ON registration (library_event_id, arrival);
CREATE INDEX registration_of_patron ON registration (patron_id, arrival);
CREATE INDEX registration_offers ON registration (offer_expires_at) WHERE status = 'offered';
CREATE UNIQUE INDEX registration_once
    ON registration (library_event_id, patron_id)
    WHERE status IN ('attended', 'confirmed', 'no_show', 'offered', 'waitlisted');

CREATE TABLE attendance (
    id UUID NOT NULL,
    library_event_id UUID NOT NULL,
    patron_id UUID NOT NULL,
    registration_id UUID,
    method TEXT NOT NULL,
    party_size INTEGER NOT NULL,
    attended_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by UUID NOT NULL,
    voided_at timestamptz,
    void_reason TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(library_event_id) REFERENCES library_event (id),
    FOREIGN KEY(registration_id) REFERENCES registration (id)
);
CREATE INDEX attendance_of_patron ON attendance (patron_id);
CREATE UNIQUE INDEX attendance_once
    ON attendance (library_event_id, patron_id) WHERE voided_at IS NULL;

CREATE TABLE waiting_list_decision (
    position BIGINT GENERATED ALWAYS AS IDENTITY,
    library_event_id UUID NOT NULL,
    registration_id UUID NOT NULL,
    at timestamptz NOT NULL,
    reason TEXT NOT NULL,
    numbers JSONB NOT NULL,
    PRIMARY KEY (position),
    FOREIGN KEY(library_event_id) REFERENCES library_event (id),
    FOREIGN KEY(registration_id) REFERENCES registration (id)
);
CREATE INDEX waiting_list_decision_of ON waiting_list_decision (registration_id, position);
"""

DROP = """
DROP TABLE attendance, headcount, waiting_list_decision, registration, library_event, space
"""


def upgrade() -> None:
    create_messaging_tables(op)
    create_idempotency_table(op)
    op.execute(CREATE)


def downgrade() -> None:
    op.execute(DROP)
    op.execute("DROP TABLE idempotency_key")
    drop_messaging_tables(op)
