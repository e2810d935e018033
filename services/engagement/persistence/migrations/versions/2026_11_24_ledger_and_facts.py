"""The ledger of acts, and the facts figures come from."""

from alembic import op

from shared.messaging.schema import create_messaging_tables
from shared.web.idempotency import create_idempotency_table

revision = "engagement_0001"
down_revision = None

LEDGER = """
CREATE TABLE act (
    source TEXT NOT NULL,
    message_id UUID NOT NULL,
    type TEXT NOT NULL,
    sequence BIGINT,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    local_day DATE NOT NULL,
    quarter_hour TIMESTAMP WITH TIME ZONE NOT NULL,
    thread TEXT NOT NULL,
    pseudonym TEXT,
    library_id UUID,
    space_id UUID,
    space_kind TEXT,
    programme TEXT,
    party_size INTEGER,
    void_of TEXT,
    data JSONB NOT NULL,
    PRIMARY KEY (source, message_id)
);
CREATE INDEX act_thread ON act (thread);
"""
FACTS = """
CREATE TABLE space (
    space_id UUID NOT NULL,
    thread TEXT NOT NULL,
    library_id UUID NOT NULL,
    timezone TEXT NOT NULL,
    space_kind TEXT NOT NULL,
    space_type TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE NOT NULL,
    told_sequence BIGINT NOT NULL,
    PRIMARY KEY (space_id)
);
CREATE INDEX space_library ON space (library_id);
CREATE INDEX space_thread ON space (thread);
CREATE TABLE segment (
    message_id UUID NOT NULL,
    thread TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    told_at TIMESTAMP WITH TIME ZONE NOT NULL,
    told_sequence BIGINT NOT NULL,
    faculty TEXT NOT NULL,
    level TEXT NOT NULL,
    study_year INTEGER,
    PRIMARY KEY (message_id)
);
CREATE INDEX segment_pseudonym ON segment (pseudonym);
CREATE INDEX segment_thread ON segment (thread);
CREATE TABLE capacity_day (
    library_id UUID NOT NULL,
    local_day DATE NOT NULL,
    space_id UUID NOT NULL,
    thread TEXT NOT NULL,
    space_type TEXT NOT NULL,
    space_kind TEXT NOT NULL,
    places INTEGER NOT NULL,
    open_minutes INTEGER NOT NULL,
    open_quarters INTEGER NOT NULL,
    PRIMARY KEY (library_id, local_day, space_id)
);
CREATE INDEX capacity_day_day ON capacity_day (local_day);
CREATE INDEX capacity_day_thread ON capacity_day (thread);
CREATE TABLE population (
    thread TEXT NOT NULL,
    day DATE NOT NULL,
    faculty TEXT NOT NULL,
    level TEXT NOT NULL,
    study_year INTEGER,
    headcount INTEGER NOT NULL
);
CREATE INDEX population_day ON population (day);
CREATE INDEX population_thread ON population (thread);
CREATE TABLE stay (
    reservation_id UUID NOT NULL,
    thread TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    faculty TEXT,
    level TEXT,
    study_year INTEGER,
    quarter_hour TIMESTAMP WITH TIME ZONE NOT NULL,
    local_day DATE NOT NULL,
    library_id UUID NOT NULL,
    space_id UUID NOT NULL,
    space_type TEXT NOT NULL,
    space_kind TEXT NOT NULL,
    party_size INTEGER NOT NULL,
    status TEXT NOT NULL,
    booked_minutes INTEGER NOT NULL,
    used_minutes INTEGER,
    used_quarters INTEGER,
    terms_message_id UUID NOT NULL,
    checked_in_message_id UUID,
    completed_message_id UUID,
    no_show_message_id UUID,
    PRIMARY KEY (reservation_id)
);
CREATE INDEX stay_day ON stay (local_day);
CREATE INDEX stay_pseudonym ON stay (pseudonym);
CREATE INDEX stay_thread ON stay (thread);
CREATE TABLE library_event (
    library_event_id UUID NOT NULL,
    thread TEXT NOT NULL,
    library_id UUID NOT NULL,
    programme TEXT NOT NULL,
    space_id UUID,
    space_kind TEXT NOT NULL,
    local_day DATE NOT NULL,
    quarter_hour TIMESTAMP WITH TIME ZONE NOT NULL,
    capacity INTEGER NOT NULL,
    status TEXT NOT NULL,
    attendance_measured BOOLEAN,
    headcount INTEGER,
    headcount_message_id UUID,
    status_message_id UUID NOT NULL,
    PRIMARY KEY (library_event_id)
);
CREATE INDEX library_event_day ON library_event (local_day);
CREATE INDEX library_event_thread ON library_event (thread);
CREATE TABLE registration (
    registration_id UUID NOT NULL,
    thread TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    faculty TEXT,
    level TEXT,
    study_year INTEGER,
    quarter_hour TIMESTAMP WITH TIME ZONE NOT NULL,
    local_day DATE NOT NULL,
    library_event_id UUID NOT NULL,
    library_id UUID NOT NULL,
    programme TEXT NOT NULL,
    space_kind TEXT NOT NULL,
    party_size INTEGER NOT NULL,
    status TEXT NOT NULL,
    late BOOLEAN NOT NULL,
    status_message_id UUID NOT NULL,
    PRIMARY KEY (registration_id)
);
CREATE INDEX registration_day ON registration (local_day);
CREATE INDEX registration_pseudonym ON registration (pseudonym);
CREATE INDEX registration_thread ON registration (thread);
CREATE TABLE attendance (
    attendance_id UUID NOT NULL,
    thread TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    faculty TEXT,
    level TEXT,
    study_year INTEGER,
    quarter_hour TIMESTAMP WITH TIME ZONE NOT NULL,
    local_day DATE NOT NULL,
    library_event_id UUID NOT NULL,
    registration_id UUID,
    library_id UUID NOT NULL,
    programme TEXT NOT NULL,
    space_kind TEXT NOT NULL,
    party_size INTEGER NOT NULL,
    valid BOOLEAN NOT NULL,
    message_id UUID NOT NULL,
    PRIMARY KEY (attendance_id)
);
CREATE INDEX attendance_day ON attendance (local_day);
CREATE INDEX attendance_library_event ON attendance (library_event_id);
CREATE INDEX attendance_pseudonym ON attendance (pseudonym);
CREATE INDEX attendance_thread ON attendance (thread);
CREATE TABLE participation_act (
    source TEXT NOT NULL,
    message_id UUID NOT NULL,
    thread TEXT NOT NULL,
    pseudonym TEXT NOT NULL,
    faculty TEXT,
    level TEXT,
    study_year INTEGER,
    quarter_hour TIMESTAMP WITH TIME ZONE NOT NULL,
    local_day DATE NOT NULL,
    act_type TEXT NOT NULL,
    library_id UUID NOT NULL,
    space_id UUID,
    space_kind TEXT,
    programme TEXT,
    points_day DATE NOT NULL,
    valid BOOLEAN NOT NULL,
    PRIMARY KEY (source, message_id)
);
CREATE INDEX participation_act_day ON participation_act (local_day);
CREATE INDEX participation_act_points ON participation_act (pseudonym, act_type, points_day);
CREATE INDEX participation_act_thread ON participation_act (thread);
"""
APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON act
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


def upgrade() -> None:
    create_messaging_tables(op)
    create_idempotency_table(op)
    for step in (LEDGER, FACTS, APPEND_ONLY):
        op.execute(step)
