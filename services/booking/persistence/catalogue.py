"""Spaces with their hours and rules, kept in memory for as long as nobody changes them.

Reading the catalogue costs one small query; only when its version has moved are the tables read
again. The version is told apart by the transaction that wrote it as well (`xmin`): a number that
was rolled back and given again does not pass for the first one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, Table, select, text

from services.booking.domain.hours_book import HoursBook, HoursException, HoursScope, layer_of
from services.booking.domain.opening_hours import HoursLayer, WallSpan
from services.booking.domain.ports import Terms
from services.booking.domain.space import Floor, Library, Zone
from services.booking.persistence.hours import exception_from, spans_from
from services.booking.persistence.inventory import (
    ZONES,
    floor_from,
    library_from,
    space_from,
    zone_from,
)
from services.booking.persistence.inventory_tables import (
    FLOOR,
    HOURS_EXCEPTION,
    LIBRARY,
    RULEBOOK,
    SPACE,
    WEEKLY_HOURS,
)
from services.booking.persistence.rulebooks import rulebook_from

_VERSION = text("SELECT version, xmin::text FROM catalogue_version")
Version = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSnapshot:
    """The whole catalogue as it was at one version; see domain/ports.py."""

    version: Version
    libraries: Mapping[UUID, Library]
    floors: Mapping[UUID, Floor]
    zones: Mapping[UUID, Zone]
    terms: Mapping[UUID, Terms]
    """By space."""
    by_library: Mapping[UUID, Sequence[Terms]]
    """In the order of the spaces' codes."""

    def terms_of(self, space_id: UUID) -> Terms | None:
        """Return the terms of a space, or None if there is no such space."""
        return self.terms.get(space_id)

    def terms_in(self, library_id: UUID) -> Sequence[Terms]:
        """Return the terms of a library's spaces by code; none for an unknown library."""
        return self.by_library.get(library_id, ())


_known: WeakKeyDictionary[Engine, CatalogueSnapshot] = WeakKeyDictionary()


def read_catalogue(connection: Connection, version: Version | None = None) -> CatalogueSnapshot:
    """Return the catalogue as this connection's transaction sees it.

    Who has just read the version (number and xmin) in a statement of their own may hand it on.
    """
    if version is None:  # it comes first: what is read after it is at least as new
        number, writer = connection.execute(_VERSION).one()
        version = (number, writer)
    known = _known.get(connection.engine)
    if known is None or known.version != version:
        known = _known[connection.engine] = _read(connection, version)
    return known


def _read(connection: Connection, version: Version) -> CatalogueSnapshot:
    libraries = {row.id: library_from(row) for row in _rows(connection, LIBRARY)}
    rulebooks = defaultdict(list)
    for row in _rows(connection, RULEBOOK):
        rulebooks[row.library_id].append(rulebook_from(row))
    layers = _layers(connection)
    books = {
        library.id: HoursBook(library.zone_info, layers, library.id)
        for library in libraries.values()
    }
    by_library = defaultdict(list)
    for row in connection.execute(select(SPACE).order_by(SPACE.c.code, SPACE.c.id)):
        space = space_from(row)
        hours = books[space.library_id].of(space.zone_id, space.id)
        by_library[space.library_id].append(Terms(space, hours, rulebooks[space.library_id]))
    return CatalogueSnapshot(
        version=version,
        libraries=libraries,
        floors={row.id: floor_from(row) for row in _rows(connection, FLOOR)},
        zones={row.id: zone_from(row) for row in connection.execute(ZONES)},
        terms={one.space.id: one for several in by_library.values() for one in several},
        by_library=by_library,
    )


def _layers(connection: Connection) -> dict[HoursScope, HoursLayer]:
    weekly: dict[HoursScope, dict[int, tuple[WallSpan, ...]]] = defaultdict(dict)
    exceptions: dict[HoursScope, list[HoursException]] = defaultdict(list)
    for row in _rows(connection, WEEKLY_HOURS):
        weekly[HoursScope(row.scope_type, row.scope_id)][row.weekday] = spans_from(row.spans)
    for row in _rows(connection, HOURS_EXCEPTION):
        found = exception_from(row)
        exceptions[found.scope].append(found)
    scopes = weekly.keys() | exceptions.keys()
    return {scope: layer_of(weekly[scope], exceptions[scope]) for scope in scopes}


def _rows(connection: Connection, table: Table) -> Sequence[Row[Any]]:
    return connection.execute(select(table)).all()
