"""Spaces, hours, rules and reservations; one slot can be held once."""

from alembic import op

from shared.messaging.schema import create_messaging_tables
from shared.web.idempotency import create_idempotency_table

revision = "booking_0001"
down_revision = None

INVENTORY = """
CREATE TABLE library (
    id uuid PRIMARY KEY,
    code text NOT NULL UNIQUE,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    timezone text NOT NULL
);
CREATE TABLE floor (
    id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES library,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    level integer NOT NULL,
    plan jsonb NOT NULL,
    UNIQUE (library_id, code)
);
CREATE TABLE zone (
    id uuid PRIMARY KEY,
    floor_id uuid NOT NULL REFERENCES floor,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    quiet boolean NOT NULL,
    UNIQUE (floor_id, code)
);
CREATE TABLE space (
    id uuid PRIMARY KEY,
    zone_id uuid NOT NULL REFERENCES zone,
    library_id uuid NOT NULL REFERENCES library,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    space_type text NOT NULL CHECK (space_type IN ('room', 'seat', 'machine')),
    space_kind text NOT NULL
        CHECK (space_kind IN ('learning', 'academic', 'cultural', 'creative')),
    capacity integer NOT NULL CHECK (capacity > 0),
    features text[] NOT NULL,
    accessible boolean NOT NULL,
    plan jsonb NOT NULL,
    status text NOT NULL CHECK (status IN ('in_use', 'out_of_use')),
    status_reason text,
    check_in_secret bytea NOT NULL,
    version integer NOT NULL,
    UNIQUE (library_id, code)
);
CREATE TABLE weekly_hours (
    scope_type text NOT NULL CHECK (scope_type IN ('library', 'zone', 'space')),
    scope_id uuid NOT NULL,
    weekday smallint NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    spans jsonb NOT NULL,
    PRIMARY KEY (scope_type, scope_id, weekday)
);
CREATE TABLE hours_exception (
    id uuid PRIMARY KEY,
    scope_type text NOT NULL CHECK (scope_type IN ('library', 'zone', 'space')),
    scope_id uuid NOT NULL,
    first_day date NOT NULL,
    last_day date NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    spans jsonb NOT NULL,
    as_weekday smallint CHECK (as_weekday BETWEEN 0 AND 6),
    CHECK (first_day <= last_day)
);
CREATE INDEX hours_exception_scope ON hours_exception (scope_type, scope_id, first_day);
CREATE TABLE rulebook (
    id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES library,
    scope_type text NOT NULL CHECK (scope_type IN ('library', 'zone', 'space', 'space_type')),
    scope_id text NOT NULL,
    patron_class text,
    version integer NOT NULL,
    body jsonb NOT NULL,
    valid_from timestamptz NOT NULL,
    published_by uuid NOT NULL,
    published_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX rulebook_version
    ON rulebook (library_id, scope_type, scope_id, coalesce(patron_class, ''), version);
"""

# A statement trigger, so that no writer can forget to say that the catalogue has changed.
CATALOGUE_VERSION = """
CREATE TABLE catalogue_version (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    version bigint NOT NULL
);
INSERT INTO catalogue_version (version) VALUES (1);
CREATE FUNCTION bump_catalogue_version() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN UPDATE catalogue_version SET version = version + 1; RETURN NULL; END';
"""
CATALOGUE = ("library", "floor", "zone", "space", "weekly_hours", "hours_exception", "rulebook")

RESERVATIONS = """
CREATE TABLE reservation (
    id uuid PRIMARY KEY,
    library_id uuid NOT NULL REFERENCES library,
    space_id uuid NOT NULL REFERENCES space,
    patron_id uuid NOT NULL,
    during tstzrange NOT NULL CHECK (NOT isempty(during)),
    held tstzrange NOT NULL CHECK (NOT isempty(held)),
    status text NOT NULL CHECK (status IN (
        'pending', 'confirmed', 'checked_in', 'away', 'completed', 'cancelled', 'no_show',
        'left_early', 'released', 'rejected', 'expired')),
    active boolean GENERATED ALWAYS AS (status IN ('confirmed', 'checked_in', 'away')) STORED,
    party_size integer NOT NULL CHECK (party_size > 0),
    purpose text NOT NULL CHECK (purpose IN ('patron', 'activity')),
    library_event_id uuid,
    request_id uuid,
    rulebook_id uuid REFERENCES rulebook,
    rule_version integer NOT NULL,
    check_in_from timestamptz,
    check_in_until timestamptz,
    checked_in_at timestamptz,
    ended_at timestamptz,
    calendar_uid text NOT NULL UNIQUE,
    sequence_no integer NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT one_slot_one_reservation
        EXCLUDE USING gist (space_id WITH =, held WITH &&) WHERE (active)
);
CREATE INDEX reservation_of_patron ON reservation (patron_id, lower(during));
CREATE INDEX reservation_of_space ON reservation (space_id, lower(during));
CREATE INDEX reservation_awaiting_check_in
    ON reservation (check_in_until) WHERE status = 'confirmed';
CREATE INDEX reservation_running ON reservation (upper(held)) WHERE active;
CREATE UNIQUE INDEX reservation_request
    ON reservation (request_id) WHERE request_id IS NOT NULL;
CREATE TABLE reservation_history (
    position bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    reservation_id uuid NOT NULL REFERENCES reservation,
    at timestamptz NOT NULL,
    actor uuid,
    change jsonb NOT NULL
);
CREATE INDEX reservation_history_of ON reservation_history (reservation_id, position);
CREATE TABLE room_request (
    request_id uuid PRIMARY KEY,
    library_event_id uuid NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('granted', 'refused', 'given_back')),
    reservation_id uuid REFERENCES reservation,
    at timestamptz NOT NULL
);
CREATE TABLE patron (
    patron_id uuid PRIMARY KEY,
    patron_class text NOT NULL,
    active boolean NOT NULL,
    described_at timestamptz NOT NULL
);
CREATE TABLE feed_key (
    patron_id uuid PRIMARY KEY,
    key_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL
);
CREATE TABLE capacity_day (
    library_id uuid NOT NULL REFERENCES library,
    day date NOT NULL,
    digest bytea NOT NULL,
    published_at timestamptz NOT NULL,
    PRIMARY KEY (library_id, day)
);
"""

# The past is written once: neither code nor a slip at the keyboard may alter it.
HISTORY_IS_APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''% is append-only'', TG_TABLE_NAME; END';
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reservation_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute(INVENTORY)
    op.execute(CATALOGUE_VERSION)
    for table in CATALOGUE:
        op.execute(
            f"CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE"
            f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION bump_catalogue_version()"
        )
    op.execute(RESERVATIONS)
    op.execute(HISTORY_IS_APPEND_ONLY)
    create_messaging_tables(op)
    create_idempotency_table(op)
