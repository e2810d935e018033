"""Keep every turn of the talk about a room, so that an organizer can read how it went."""

from alembic import op

revision = "events_0003_room_turns"
down_revision = "events_0002_wrong_codes"

CREATE = """
CREATE TABLE room_turn (
    position BIGINT GENERATED ALWAYS AS IDENTITY,
    library_event_id UUID NOT NULL REFERENCES library_event (id) ON DELETE CASCADE,
    at timestamptz NOT NULL,
    state TEXT NOT NULL,
    request_id UUID,
    space_id UUID,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    codes TEXT[] NOT NULL,
    alternatives JSONB NOT NULL,
    note TEXT,
    hold_expires_at timestamptz,
    PRIMARY KEY (position)
);
CREATE INDEX room_turn_of ON room_turn (library_event_id, position)
"""

KEEP_WHAT_IS_KNOWN = """
INSERT INTO room_turn
    (library_event_id, at, state, request_id, space_id, starts_at, ends_at, codes, alternatives,
     note, hold_expires_at)
SELECT id, changed_at, room_state, room_request_id, space_id, starts_at, ends_at, room_codes,
       room_alternatives, room_note, room_hold_expires_at
FROM library_event WHERE room_state <> 'none' ORDER BY changed_at
"""


def upgrade() -> None:
    op.execute(CREATE)
    op.execute(KEEP_WHAT_IS_KNOWN)
