"""What libraries and faculties are called, for figures that leave the house."""

from alembic import op

revision = "engagement_0005"
down_revision = "engagement_0004"

LIBRARIES = """
ALTER TABLE space
    ADD COLUMN library_zh TEXT NOT NULL DEFAULT '',
    ADD COLUMN library_en TEXT NOT NULL DEFAULT ''
"""
# What each space was last told to be, in the order of its thread; the first messages said no name.
TOLD = """
UPDATE space AS fact
SET library_zh = coalesce(last.data ->> 'library_zh', ''),
    library_en = coalesce(last.data ->> 'library_en', '')
FROM (
    SELECT DISTINCT ON (thread) thread, data FROM act
    WHERE type = 'booking.space.defined.v1'
    ORDER BY thread, coalesce(sequence, 0) DESC, occurred_at DESC, message_id DESC
) AS last
WHERE last.thread = fact.thread
"""
# Nothing to fill in: the names of faculties come with the next day's population.
FACULTIES = """
CREATE TABLE faculty_name (
    code TEXT NOT NULL,
    day DATE NOT NULL,
    thread TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (code, day)
);
CREATE INDEX faculty_name_thread ON faculty_name (thread);
"""


def upgrade() -> None:
    op.execute(LIBRARIES)
    op.execute(TOLD)
    op.execute(FACULTIES)
