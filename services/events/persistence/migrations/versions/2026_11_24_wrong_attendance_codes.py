"""How often each person has sent a wrong attendance code, so that nobody guesses for ever."""

from alembic import op

revision = "events_0002_wrong_codes"
down_revision = "events_0001"

CREATE = """
CREATE TABLE wrong_attendance_code (
    library_event_id UUID NOT NULL REFERENCES library_event (id),
    patron_id UUID NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (library_event_id, patron_id)
)
"""


def upgrade() -> None:
    op.execute(CREATE)
