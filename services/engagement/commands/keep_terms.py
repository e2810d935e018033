"""Keep a library's calendar of terms."""

from dataclasses import dataclass
from uuid import UUID

from services.engagement.domain import errors
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.term import Term


@dataclass(frozen=True, slots=True)
class PutTerm:
    """A term as it shall be; one of the same code is replaced."""

    term: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class DropTerm:
    """A term that shall be no longer; figures stay as they are."""

    library_id: UUID
    code: str


def put_term(command: PutTerm, *, uow: UnitOfWork) -> None:
    """Keep the term; raises what `Term.check` raises, TermOverlaps."""
    command.term.check()
    with uow:
        uow.terms.put(command.term)
        uow.commit()


def drop_term(command: DropTerm, *, uow: UnitOfWork) -> None:
    """Forget the term; raises TermNotFound."""
    with uow:
        if not uow.terms.drop(command.library_id, command.code):
            raise errors.TermNotFound
        uow.commit()
