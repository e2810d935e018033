"""Libraries, floors, zones and spaces, as everybody may read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from services.booking.domain.ports import Terms
from services.booking.domain.space import Floor, Library, Space, Zone
from services.booking.persistence.catalogue import CatalogueSnapshot, read_catalogue
from shared.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceFilter:
    """Which spaces; what is None or empty does not matter."""

    space_id: UUID | None = None
    library_id: UUID | None = None
    floor_id: UUID | None = None
    zone_id: UUID | None = None
    space_type: str | None = None
    space_kind: str | None = None
    features: frozenset[str] = field(default=frozenset())
    accessible: bool | None = None
    quiet: bool | None = None
    least_capacity: int = 1
    in_use: bool | None = None

    def admits(self, space: Space, zone: Zone) -> bool:
        """Tell whether a space is one of those meant."""
        wanted = {
            "space_id": (self.space_id, space.id),
            "library_id": (self.library_id, space.library_id),
            "floor_id": (self.floor_id, zone.floor_id),
            "zone_id": (self.zone_id, space.zone_id),
            "space_type": (self.space_type, space.space_type),
            "space_kind": (self.space_kind, space.space_kind),
            "accessible": (self.accessible, space.accessible),
            "quiet": (self.quiet, zone.quiet),
            "in_use": (self.in_use, space.in_use),
        }
        equal = all(asked in (None, found) for asked, found in wanted.values())
        large = space.capacity >= self.least_capacity
        return equal and large and self.features <= frozenset(space.features)


def libraries(connection: Connection) -> Sequence[Library]:
    """Return all libraries."""
    return [*read_catalogue(connection).libraries.values()]


def library(connection: Connection, library_id: UUID) -> Library:
    """Return a library; raises NotFound."""
    return known_library(read_catalogue(connection), library_id)


def floor(connection: Connection, floor_id: UUID) -> Floor:
    """Return a floor; raises NotFound."""
    found = read_catalogue(connection).floors.get(floor_id)
    if found is None:
        raise NotFound
    return found


def zone(connection: Connection, zone_id: UUID) -> Zone:
    """Return a zone; raises NotFound."""
    found = read_catalogue(connection).zones.get(zone_id)
    if found is None:
        raise NotFound
    return found


def space(connection: Connection, space_id: UUID) -> Space:
    """Return a space; raises NotFound."""
    found = read_catalogue(connection).terms_of(space_id)
    if found is None:
        raise NotFound
    return found.space


def floors(connection: Connection, library_id: UUID) -> Sequence[Floor]:
    """Return a library's floors; raises NotFound."""
    catalogue = read_catalogue(connection)
    known_library(catalogue, library_id)
    return [one for one in catalogue.floors.values() if one.library_id == library_id]


def zones(connection: Connection, library_id: UUID) -> Sequence[Zone]:
    """Return a library's zones; raises NotFound."""
    catalogue = read_catalogue(connection)
    known_library(catalogue, library_id)
    return [one for one in catalogue.zones.values() if one.library_id == library_id]


def spaces(connection: Connection, wanted: SpaceFilter) -> Sequence[Space]:
    """Return the spaces a filter admits, in no order."""
    return [terms.space for terms in admitted(read_catalogue(connection), wanted)]


def admitted(catalogue: CatalogueSnapshot, wanted: SpaceFilter) -> Iterator[Terms]:
    """Yield the terms of the spaces a filter admits, those of one library by code."""
    if wanted.library_id is not None:
        candidates = catalogue.terms_in(wanted.library_id)
    else:
        candidates = [*catalogue.terms.values()]
    for terms in candidates:
        if wanted.admits(terms.space, catalogue.zones[terms.space.zone_id]):
            yield terms


def known_library(catalogue: CatalogueSnapshot, library_id: UUID) -> Library:
    """Return a library of the catalogue; raises NotFound."""
    found = catalogue.libraries.get(library_id)
    if found is None:
        raise NotFound
    return found
