"""Give every sign-up a ticket, keep what scans at doors came to, counts by audience, and why."""

from alembic import op

revision = "events_0004_tickets"
down_revision = "events_0003_room_turns"

# The default gives tickets to the sign-ups there are, and to those a release before this one still
# keeps while both run.
TICKETS = """
ALTER TABLE registration ADD COLUMN ticket_code TEXT NOT NULL DEFAULT
    lpad((('x' || left(replace(gen_random_uuid()::text, '-', ''), 12))::bit(48)::bigint
    % 1000000000000)::text, 12, '0')
"""

DOOR = """
CREATE UNIQUE INDEX registration_ticket ON registration (ticket_code);
CREATE TABLE door_scan (
    library_event_id UUID NOT NULL REFERENCES library_event (id),
    scan_id UUID NOT NULL,
    outcome TEXT NOT NULL,
    attendance_id UUID REFERENCES attendance (id),
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by UUID NOT NULL,
    PRIMARY KEY (library_event_id, scan_id),
    CONSTRAINT door_scan_outcome CHECK (outcome IN (
        'admitted', 'already_in', 'scan_out_of_time', 'ticket_cancelled',
        'ticket_of_another_activity', 'ticket_unknown', 'ticket_waiting'))
);
ALTER TABLE headcount ADD COLUMN by_audience JSONB NOT NULL DEFAULT '{}';
ALTER TABLE library_event ADD COLUMN cancel_reason TEXT NOT NULL DEFAULT ''
"""


def upgrade() -> None:
    op.execute(TICKETS)
    op.execute(DOOR)
