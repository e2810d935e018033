"""Suggestions as readers see them: without their authors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

LEAST_LIKENESS = 0.12
COLUMNS = """
SELECT s.id, s.library_id, s.space_kind, s.title, s.body, s.status, s.support_count,
       s.submitted_at, s.author_id = CAST(%(reader)s AS uuid) AS mine,
       EXISTS (SELECT 1 FROM suggestion_support p WHERE p.suggestion_id = s.id
           AND p.patron_id = CAST(%(reader)s AS uuid) AND p.withdrawn_at IS NULL) AS supported
"""
ONE = f"{COLUMNS} FROM suggestion s WHERE s.id = %(id)s"
FILTERS = """
FROM suggestion s
WHERE (CAST(%(library)s AS uuid) IS NULL OR s.library_id = %(library)s)
  AND (CAST(%(space_kind)s AS text) IS NULL OR s.space_kind = %(space_kind)s)
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
# The written text is long and the asked one short: the best-matching stretch decides.
LOOK_ALIKES = f"""{COLUMNS},
       word_similarity(%(text)s, s.title || ' ' || s.body) AS likeness
FROM suggestion s
WHERE (CAST(%(library)s AS uuid) IS NULL OR s.library_id = %(library)s)
  AND %(text)s <%% (s.title || ' ' || s.body)
ORDER BY likeness DESC, s.support_count DESC, s.id LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which suggestions, in which order, after which one."""

    sort: str = "newest"
    library_id: UUID | None = None
    space_kind: str | None = None
    after: tuple[datetime | int, UUID] | None = None
    limit: int = 50


def suggestion_of(
    connection: Connection, suggestion_id: UUID, reader: UUID | None
) -> Mapping[Any, Any] | None:
    """Return one suggestion, or None."""
    parameters = {"id": suggestion_id, "reader": reader}
    return connection.exec_driver_sql(ONE, parameters).mappings().one_or_none()


def suggestions(
    connection: Connection, listing: Listing, reader: UUID | None
) -> Sequence[Mapping[Any, Any]]:
    """Return up to `limit` + 1 suggestions, the newest or the most supported first."""
    at, last = listing.after or (None, None)
    parameters = {
        "reader": reader,
        "library": listing.library_id,
        "space_kind": listing.space_kind,
        "at": at,
        "id": last,
        "limit": listing.limit + 1,
    }
    statement = NEWEST if listing.sort == "newest" else MOST_SUPPORTED
    return connection.exec_driver_sql(statement, parameters).mappings().all()


def look_alikes(
    connection: Connection, text: str, *, library_id: UUID | None, reader: UUID | None, limit: int
) -> Sequence[Mapping[Any, Any]]:
    """Return suggestions whose words are like the text, the likest first."""
    connection.exec_driver_sql(f"SET LOCAL pg_trgm.word_similarity_threshold = {LEAST_LIKENESS}")
    parameters = {"text": text, "library": library_id, "reader": reader, "limit": limit}
    return connection.exec_driver_sql(LOOK_ALIKES, parameters).mappings().all()
