"""Whether one knows who came to an activity, or only how many."""

from alembic import op

revision = "engagement_0004"
down_revision = "engagement_0003"

COLUMN = "ALTER TABLE library_event ADD COLUMN attendance_named BOOLEAN"
# What the ledger was told since; the first messages did not say it, and heads alone came later.
TOLD = """
UPDATE library_event AS fact
SET attendance_named = coalesce((act.data ->> 'attendance_named')::boolean, true)
FROM act
WHERE act.thread = fact.thread AND act.type = 'events.library_event.closed.v1'
"""


def upgrade() -> None:
    op.execute(COLUMN)
    op.execute(TOLD)
