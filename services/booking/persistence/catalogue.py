"""Spaces, hours and rules, kept in memory for as long as the catalogue's version stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.ports import Terms
from services.booking.persistence.hours import SqlHours
from services.booking.persistence.inventory import SqlInventory
from services.booking.persistence.rulebooks import SqlRulebooks

VERSION = "SELECT version FROM catalogue_version"


@dataclass(slots=True)
class _Snapshot:
    version: int
    terms: dict[UUID, Terms] = field(default_factory=dict)


class CatalogueCache:
    """One for each process. Threads share it: a snapshot is replaced whole, never emptied.

    Not for transactions that change the catalogue themselves: what they read may never come to be.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._snapshot = _Snapshot(version=-1)

    def terms_of(self, space_id: UUID, version: int, connection: Connection) -> Terms | None:
        """Return a space's terms as of a version of the catalogue (or newer), or None."""
        snapshot = self._snapshot
        if snapshot.version != version:
            self._snapshot = snapshot = _Snapshot(version)
        if space_id not in snapshot.terms:
            # The rows are read after the version, so they are never older than what is kept for it.
            snapshot.terms.update(_library_of(space_id, connection))
        return snapshot.terms.get(space_id)


class SqlCatalogue:
    """The catalogue on a connection; see domain/ports.py. `version` may be told by who knows it."""

    def __init__(self, connection: Connection, cache: CatalogueCache) -> None:
        """Work inside this connection's transaction."""
        self.connection = connection
        self._cache = cache
        self.version: int | None = None

    def terms_of(self, space_id: UUID) -> Terms | None:
        """Return the terms of a space, or None if there is no such space."""
        if self.version is None:
            self.version = self.connection.exec_driver_sql(VERSION).scalar_one()
        return self._cache.terms_of(space_id, self.version, self.connection)


def _library_of(space_id: UUID, connection: Connection) -> Mapping[UUID, Terms]:
    """Read all spaces of the library a space belongs to, in a handful of queries."""
    inventory = SqlInventory(connection)
    space = inventory.space(space_id)
    library = inventory.library(space.library_id) if space else None
    if library is None:
        return {}
    book = SqlHours(connection).book(library)
    rulebooks = SqlRulebooks(connection).of_library(library.id)
    return {
        space.id: Terms(space, book.of(space.zone_id, space.id), rulebooks)
        for space in inventory.spaces_of(library.id)
    }
