"""Keep the wished move of an activity beside its plan, when it last moved, and what was said."""

from alembic import op

revision = "events_0005_moves"
down_revision = "events_0004_tickets"

# Nothing has moved yet: what a release before this one writes needs none of it.
MOVES = """
ALTER TABLE library_event ADD COLUMN moved_at timestamptz, ADD COLUMN move JSONB;
ALTER TABLE room_turn ADD COLUMN of_move BOOLEAN NOT NULL DEFAULT false
"""


def upgrade() -> None:
    op.execute(MOVES)
