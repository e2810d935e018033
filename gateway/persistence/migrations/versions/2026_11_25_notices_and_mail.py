"""Notices: copies of places and appointments, what people were told, outgoing mail.

Only new tables: a gateway of the version before works on with them.
"""

from alembic import op

revision = "gateway_0004"
down_revision = "gateway_0003"
branch_labels = None
depends_on = None

CREATE = """
CREATE TABLE known_space (
    space_id uuid PRIMARY KEY,
    library_id uuid NOT NULL,
    timezone text NOT NULL,
    code text NOT NULL,
    name_zh text NOT NULL,
    name_en text NOT NULL,
    library_zh text NOT NULL,
    library_en text NOT NULL,
    heard bigint NOT NULL
);
CREATE INDEX known_space_library ON known_space (library_id);

CREATE TABLE known_activity (
    library_event_id uuid PRIMARY KEY,
    library_id uuid NOT NULL,
    space_id uuid,
    title_zh text NOT NULL,
    title_en text NOT NULL,
    place text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    calendar_sequence integer NOT NULL,
    heard bigint NOT NULL
);

CREATE TABLE appointment (
    patron_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    registration_id uuid,
    space_id uuid,
    standing text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    heard bigint NOT NULL,
    calendar_sequence integer NOT NULL,
    remind_at timestamptz,
    PRIMARY KEY (patron_id, subject_id)
);
CREATE INDEX appointment_to_remind ON appointment (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX appointment_start ON appointment (starts_at);

CREATE TABLE notice (
    notice_id uuid PRIMARY KEY,
    kind text NOT NULL,
    topic text NOT NULL,
    source_id uuid NOT NULL,
    patron_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    space_id uuid,
    heard bigint NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    calendar_sequence integer NOT NULL,
    details jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    CONSTRAINT notice_once UNIQUE (kind, source_id, patron_id)
);
CREATE INDEX notice_of_patron ON notice (patron_id, notice_id);
CREATE INDEX notice_unread ON notice (patron_id) WHERE read_at IS NULL;
CREATE INDEX notice_created ON notice (created_at);

CREATE TABLE mail (
    notice_id uuid PRIMARY KEY REFERENCES notice (notice_id) ON DELETE CASCADE,
    due_since timestamptz NOT NULL,
    status text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    reason text,
    done_at timestamptz
);
CREATE INDEX mail_due ON mail (next_attempt_at, notice_id) WHERE status = 'due';
CREATE INDEX mail_status ON mail (status, notice_id);

CREATE TABLE mail_refusal (
    patron_id uuid NOT NULL REFERENCES account (patron_id) ON DELETE CASCADE,
    topic text NOT NULL,
    PRIMARY KEY (patron_id, topic)
);
"""
DROP = "DROP TABLE mail_refusal, mail, notice, appointment, known_activity, known_space"


def upgrade() -> None:
    op.execute(CREATE)


def downgrade() -> None:
    op.execute(DROP)
