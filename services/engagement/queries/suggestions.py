"""Suggestions as readers see them: without their authors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

# Measured in docs/decisions/look-alikes.md.
ROUGHLY_ALIKE = 0.2
ALIKE_AS_TITLES = 0.2
ALIKE_WITHIN_A_TITLE = 0.4
COLUMNS = """
SELECT s.id, s.library_id, s.space_kind, s.title, s.body, s.status, s.support_count,
       s.submitted_at, s.author_id = CAST(%(reader)s AS uuid) AS mine,
       EXISTS (SELECT 1 FROM suggestion_support p WHERE p.suggestion_id = s.id
           AND p.patron_id = CAST(%(reader)s AS uuid) AND p.withdrawn_at IS NULL) AS supported,
       EXISTS (SELECT 1 FROM suggestion_follow f WHERE f.suggestion_id = s.id
           AND f.patron_id = CAST(%(reader)s AS uuid)) AS followed
"""
ONE = f"{COLUMNS} FROM suggestion s WHERE s.id = %(id)s"
FILTERS = """
FROM suggestion s
WHERE (CAST(%(library)s AS uuid) IS NULL OR s.library_id = %(library)s)
  AND (CAST(%(space_kind)s AS text) IS NULL OR s.space_kind = %(space_kind)s)
  AND CASE CAST(%(mine)s AS text) WHEN 'made' THEN s.author_id = CAST(%(reader)s AS uuid)
      WHEN 'followed' THEN s.id IN (SELECT f.suggestion_id FROM suggestion_follow f
          WHERE f.patron_id = CAST(%(reader)s AS uuid))
      WHEN 'supported' THEN s.id IN (SELECT p.suggestion_id FROM suggestion_support p
          WHERE p.patron_id = CAST(%(reader)s AS uuid) AND p.withdrawn_at IS NULL)
      ELSE true END
"""
NEWEST = f"""{COLUMNS} {FILTERS}
  AND (CAST(%(id)s AS uuid) IS NULL
       OR (s.submitted_at, s.id) < (CAST(%(at)s AS timestamptz), CAST(%(id)s AS uuid)))
ORDER BY s.submitted_at DESC, s.id DESC LIMIT %(limit)s
"""
MOST_SUPPORTED = f"""{COLUMNS} {FILTERS}
  AND (CAST(%(id)s AS uuid) IS NULL
       OR (s.support_count, s.id) < (CAST(%(at)s AS int), CAST(%(id)s AS uuid)))
ORDER BY s.support_count DESC, s.id DESC LIMIT %(limit)s
"""
ANSWERS = (
    "SELECT id, stage, text, answered_at FROM suggestion_answer"
    " WHERE suggestion_id = %(id)s ORDER BY answered_at, id"
)
# Two titles that share much of their letters, or a short one much of which stands in a longer one;
# the index finds whatever may be either.
LOOK_ALIKES = f"""
SELECT * FROM (
    {COLUMNS},
        similarity(%(text)s, s.title) AS as_titles,
        word_similarity(%(text)s, s.title) AS likeness
    FROM suggestion s
    WHERE (CAST(%(library)s AS uuid) IS NULL OR s.library_id = %(library)s)
      AND %(text)s <%% (s.title || ' ' || s.body)
) AS roughly_alike
WHERE as_titles >= {ALIKE_AS_TITLES} OR likeness >= {ALIKE_WITHIN_A_TITLE}
ORDER BY as_titles + likeness DESC, support_count DESC, id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which suggestions, in which order, after which one."""

    sort: str = "newest"
    library_id: UUID | None = None
    space_kind: str | None = None
    mine: str | None = None
    after: tuple[datetime | int, UUID] | None = None
    limit: int = 50


MINE = ("made", "supported", "followed")


def suggestion_of(
    connection: Connection, suggestion_id: UUID, reader: UUID | None
) -> Mapping[Any, Any] | None:
    """Return one suggestion, or None."""
    parameters = {"id": suggestion_id, "reader": reader}
    return connection.exec_driver_sql(ONE, parameters).mappings().one_or_none()


def answers_of(connection: Connection, suggestion_id: UUID) -> Sequence[Mapping[Any, Any]]:
    """Return what the library has said to a suggestion, the earliest first."""
    return connection.exec_driver_sql(ANSWERS, {"id": suggestion_id}).mappings().all()


def suggestions(
    connection: Connection, listing: Listing, reader: UUID | None
) -> Sequence[Mapping[Any, Any]]:
    """Return up to `limit` + 1 suggestions, the newest or the most supported first."""
    at, last = listing.after or (None, None)
    parameters = {
        "reader": reader,
        "library": listing.library_id,
        "space_kind": listing.space_kind,
        "mine": listing.mine,
        "at": at,
        "id": last,
        "limit": listing.limit + 1,
    }
    statement = NEWEST if listing.sort == "newest" else MOST_SUPPORTED
    return connection.exec_driver_sql(statement, parameters).mappings().all()


def look_alikes(
    connection: Connection, text: str, *, library_id: UUID | None, reader: UUID | None, limit: int
) -> Sequence[Mapping[Any, Any]]:
    """Return suggestions that say what a sentence says, the likest first.

    `text` is that sentence, as a title is: a long text shares some letters with everything.
    """
    connection.exec_driver_sql(f"SET LOCAL pg_trgm.word_similarity_threshold = {ROUGHLY_ALIKE}")
    parameters = {"text": text, "library": library_id, "reader": reader, "limit": limit}
    return connection.exec_driver_sql(LOOK_ALIKES, parameters).mappings().all()
