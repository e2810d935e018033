"""Remember whose ticket a scan was of, so that its id is not good for another's."""

from alembic import op

revision = "events_0006_scanned_tickets"
down_revision = "events_0005_moves"

# Scans kept before, and by a release before this one while both run, say it by their attendance.
SCANNED = "ALTER TABLE door_scan ADD COLUMN registration_id UUID REFERENCES registration (id)"


def upgrade() -> None:
    op.execute(SCANNED)
