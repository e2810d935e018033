"""Rulebooks as staff look at them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.rulebook import Rulebook
from services.booking.persistence.rulebooks import SqlRulebooks


def of_library(connection: Connection, library_id: UUID) -> Sequence[Rulebook]:
    """Return every version of every rulebook of a library, oldest first."""
    return SqlRulebooks(connection).of_library(library_id)
