"""Libraries, floors, zones and spaces as rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, Table, select
from sqlalchemy.dialects.postgresql import insert

from services.booking.domain.space import CodeTaken, Floor, Library, Plan, Space, Zone
from services.booking.persistence.inventory_tables import FLOOR, LIBRARY, SPACE, ZONE
from shared.kernel.refusal import NotFound

IN_USE = "in_use"
OUT_OF_USE = "out_of_use"


class SqlInventory:
    """The inventory on a connection; see domain/inventory_ports.py."""

    def __init__(self, connection: Connection) -> None:
        """Work inside this connection's transaction."""
        self._connection = connection

    def lock_library(self, library_id: UUID) -> Library:
        """Return a library no other command changes meanwhile; raises NotFound."""
        # Reservations refer to the library and must not wait: a key-sharing lock lets them pass.
        found = select(LIBRARY).where(LIBRARY.c.id == library_id).with_for_update(key_share=True)
        row = self._connection.execute(found).one_or_none()
        if row is None:
            raise NotFound
        return library_from(row)

    def library(self, library_id: UUID) -> Library | None:
        """Return a library, or None."""
        row = self._one(select(LIBRARY).where(LIBRARY.c.id == library_id))
        return None if row is None else library_from(row)

    def libraries(self) -> Sequence[Library]:
        """Return all libraries by code."""
        return [*map(library_from, self._connection.execute(select(LIBRARY).order_by("code")))]

    def floor(self, floor_id: UUID) -> Floor | None:
        """Return a floor, or None."""
        row = self._one(select(FLOOR).where(FLOOR.c.id == floor_id))
        return None if row is None else floor_from(row)

    def zone(self, zone_id: UUID) -> Zone | None:
        """Return a zone, or None."""
        row = self._one(ZONES.where(ZONE.c.id == zone_id))
        return None if row is None else zone_from(row)

    def space(self, space_id: UUID) -> Space | None:
        """Return a space, or None."""
        row = self._one(select(SPACE).where(SPACE.c.id == space_id))
        return None if row is None else space_from(row)

    def spaces_of(self, library_id: UUID) -> Sequence[Space]:
        """Return every space of a library by code."""
        found = select(SPACE).where(SPACE.c.library_id == library_id).order_by(SPACE.c.code)
        return [*map(space_from, self._connection.execute(found))]

    def keep_library(self, library: Library) -> None:
        """Insert or replace; raises CodeTaken."""
        values = {name: getattr(library, name) for name in LIBRARY.c.keys()}  # noqa: SIM118  # a column collection is no dict
        self._keep(LIBRARY, values, unique=("code",))

    def keep_floor(self, floor: Floor) -> None:
        """Insert or replace; raises CodeTaken."""
        values = {**_named(floor), "library_id": floor.library_id, "level": floor.level, "plan": {}}
        self._keep(FLOOR, values, unique=("library_id", "code"))

    def keep_zone(self, zone: Zone) -> None:
        """Insert or replace; raises CodeTaken."""
        values = {**_named(zone), "floor_id": zone.floor_id, "quiet": zone.quiet}
        self._keep(ZONE, values, unique=("floor_id", "code"))

    def keep_space(self, space: Space) -> None:
        """Insert or replace; raises CodeTaken."""
        self._keep(SPACE, _space_values(space), unique=("library_id", "code"))

    def _one(self, query: Select[Any]) -> Row[Any] | None:
        return self._connection.execute(query).one_or_none()

    def _keep(self, table: Table, values: dict[str, Any], *, unique: Sequence[str]) -> None:
        same_code = [table.c[name] == values[name] for name in unique]
        rival = select(table.c.id).where(*same_code, table.c.id != values["id"])
        if self._one(rival) is not None:
            raise CodeTaken(code=values["code"])
        updated = table.update().where(table.c.id == values["id"]).values(values)
        if self._connection.execute(updated).rowcount:
            return
        added = insert(table).values(values).on_conflict_do_nothing().returning(table.c.id)
        if self._connection.execute(added).one_or_none() is None:  # somebody was a moment faster
            raise CodeTaken(code=values["code"])


ZONES = select(ZONE, FLOOR.c.library_id).join(FLOOR, FLOOR.c.id == ZONE.c.floor_id)


def library_from(row: Row[Any]) -> Library:
    """Return the library a row holds."""
    return Library(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public name


def floor_from(row: Row[Any]) -> Floor:
    """Return the floor a row holds."""
    values = dict(row._mapping)  # noqa: SLF001  # SQLAlchemy's public name
    del values["plan"]
    return Floor(**values)


def zone_from(row: Row[Any]) -> Zone:
    """Return the zone a row of ZONES holds."""
    return Zone(**row._mapping)  # noqa: SLF001  # SQLAlchemy's public name


def space_from(row: Row[Any]) -> Space:
    """Return the space a row holds."""
    return Space(
        id=row.id,
        library_id=row.library_id,
        zone_id=row.zone_id,
        code=row.code,
        name_zh=row.name_zh,
        name_en=row.name_en,
        space_type=row.space_type,
        space_kind=row.space_kind,
        capacity=row.capacity,
        features=tuple(row.features),
        accessible=row.accessible,
        plan=Plan(**row.plan) if row.plan else None,
        in_use=row.status == IN_USE,
        out_of_use_because=row.status_reason,
        secret=row.check_in_secret,
        version=row.version,
    )


def _named(place: Floor | Zone) -> dict[str, Any]:
    names = ("id", "code", "name_zh", "name_en", "version")
    return {name: getattr(place, name) for name in names}


def _space_values(space: Space) -> dict[str, Any]:
    plan = space.plan
    place = {"x": plan.x, "y": plan.y, "width": plan.width, "height": plan.height} if plan else {}
    return {
        "id": space.id,
        "library_id": space.library_id,
        "zone_id": space.zone_id,
        "code": space.code,
        "name_zh": space.name_zh,
        "name_en": space.name_en,
        "space_type": space.space_type,
        "space_kind": space.space_kind,
        "capacity": space.capacity,
        "features": list(space.features),
        "accessible": space.accessible,
        "plan": place,
        "status": IN_USE if space.in_use else OUT_OF_USE,
        "status_reason": space.out_of_use_because,
        "check_in_secret": space.secret,
        "version": space.version,
    }
