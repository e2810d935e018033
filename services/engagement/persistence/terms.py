"""Terms in PostgreSQL."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.exc import IntegrityError

from services.engagement.domain import errors
from services.engagement.domain.term import Term
from services.engagement.persistence.tables import TERM


class SqlTerms:
    """Rows of `term`; an exclusion constraint keeps them apart."""

    def __init__(self, connection: Connection) -> None:
        """Work on this connection."""
        self._connection = connection

    def put(self, term: Term) -> None:
        """Keep a term in the place of one with its code; raises TermOverlaps."""
        row = asdict(term)
        statement = upsert(TERM).values(row)
        statement = statement.on_conflict_do_update(
            index_elements=["library_id", "code"],
            set_={name: row[name] for name in ("name_zh", "name_en", "first_day", "last_day")},
        )
        try:
            with self._connection.begin_nested():
                self._connection.execute(statement)
        except IntegrityError as error:
            raise errors.TermOverlaps from error

    def drop(self, library_id: UUID, code: str) -> bool:
        """Forget a term; False when there is none."""
        statement = delete(TERM).where(TERM.c.library_id == library_id, TERM.c.code == code)
        return self._connection.execute(statement).rowcount == 1
