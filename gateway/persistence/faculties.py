"""Faculties' names in and out of their table."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from gateway.domain.faculty import Faculty
from gateway.persistence.tables import account
from gateway.persistence.tables import faculty as table


class SqlFaculties:
    """The names of faculties, on one connection."""

    def __init__(self, connection: Connection) -> None:
        """Work in this transaction."""
        self._connection = connection

    def all(self) -> Sequence[Faculty]:
        """Return every faculty that has names, by code."""
        return all_faculties(self._connection)

    def put(self, faculty: Faculty) -> None:
        """Keep the names in the place of those the code had."""
        statement = insert(table).values(asdict(faculty))
        names = {"name_zh": faculty.name_zh, "name_en": faculty.name_en}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["code"], set_=names)
        )


def all_faculties(connection: Connection) -> Sequence[Faculty]:
    """Return every faculty that has names, by code."""
    rows = connection.execute(select(table).order_by(table.c.code)).mappings()
    return [Faculty(**row) for row in rows]


def codes_without_names(connection: Connection) -> Sequence[str]:
    """Return the codes people have been admitted with that nobody has named, in their order."""
    named = select(table.c.code)
    found = select(account.c.faculty).where(account.c.faculty != "").distinct()
    rows = connection.execute(found.where(account.c.faculty.not_in(named)))
    return sorted(row.faculty for row in rows)
