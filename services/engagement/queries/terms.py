"""The calendar of terms, as anybody may read it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain.term import Term

OF_LIBRARY = (
    "SELECT library_id, code, name_zh, name_en, first_day, last_day FROM term"
    " WHERE library_id = %(library)s ORDER BY first_day"
)


def terms_of(connection: Connection, library_id: UUID) -> Sequence[Term]:
    """Return a library's terms, the earliest first."""
    rows = connection.exec_driver_sql(OF_LIBRARY, {"library": library_id}).mappings()
    return [Term(**row) for row in rows]
