"""What libraries and faculties are called, as they were last told of."""

from uuid import UUID

from sqlalchemy import Connection

from services.engagement.domain.names import Names

LIBRARIES = (
    "SELECT DISTINCT ON (library_id) library_id, library_zh, library_en FROM space"
    " WHERE library_zh <> '' ORDER BY library_id, told_at DESC, told_sequence DESC, space_id DESC"
)
FACULTIES = (
    "SELECT DISTINCT ON (code) code, name_zh, name_en FROM faculty_name ORDER BY code, day DESC"
)

KNOWN = "SELECT EXISTS (SELECT 1 FROM space WHERE library_id = %(library)s)"


def is_known(connection: Connection, library_id: UUID) -> bool:
    """Tell whether a space of the library has been told of."""
    found = connection.exec_driver_sql(KNOWN, {"library": library_id})
    return bool(found.scalar_one())


def all_names(connection: Connection) -> Names:
    """Return the names in both languages; what nobody has named yet is not among them."""
    libraries = connection.exec_driver_sql(LIBRARIES)
    faculties = connection.exec_driver_sql(FACULTIES)
    return Names(
        libraries={str(row.library_id): f"{row.library_zh} {row.library_en}" for row in libraries},
        faculties={row.code: f"{row.name_zh} {row.name_en}" for row in faculties},
    )
