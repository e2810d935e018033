"""Libraries, their floors and zones: everybody reads, staff define."""

from typing import Any
from uuid import UUID

from services.booking.api.inventory_schemas import (
    FloorBodySchema,
    FloorSchema,
    LibraryBodySchema,
    LibrarySchema,
    ZoneBodySchema,
    ZoneSchema,
)
from services.booking.api.lists import paged
from services.booking.api.parts import current_parts
from services.booking.api.staff import STAFF, insist_on_library
from services.booking.commands.define_floor import DefineFloor, define_floor
from services.booking.commands.define_library import DefineLibrary, define_library
from services.booking.commands.define_zone import DefineZone, define_zone
from services.booking.domain.space import Floor, Library, Zone
from services.booking.queries import inventory
from shared.web.answer_headers import CREATED
from shared.web.blueprint import Blueprint
from shared.web.etags import check_if_match, conditional, etag_of, tag, tagged
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.paging import PageArgs, page_of

blueprint = Blueprint("libraries", __name__)
PATH = "/api/booking/v1"
Body = dict[str, Any]


@blueprint.route("/libraries", methods=["GET"])
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(LibrarySchema))
def list_libraries(args: Body) -> Body:
    """List the libraries by code."""
    with current_parts().reading() as connection:
        found = inventory.libraries(connection)
    return paged(found, args, lambda library: (library.code,))


@blueprint.route("/libraries", methods=["POST"])
@requires("manager", "admin")
@idempotent(required=True)
@blueprint.arguments(LibraryBodySchema)
@blueprint.response(201, LibrarySchema, headers=CREATED)
@blueprint.alt_response(409, response="CONFLICT")
def add_library(body: Body) -> tuple[Library, int, dict[str, str]]:
    """Define a library."""
    insist_on_library(None)
    parts = current_parts()
    library = define_library(DefineLibrary(**body), uow=parts.uow(), clock=parts.clock)
    return library, 201, _made("libraries", library)


@blueprint.route("/libraries/<uuid:library_id>", methods=["GET"])
@tagged
@blueprint.response(200, LibrarySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_library(library_id: UUID) -> Library:
    """Read a library."""
    found = _library(library_id)
    tag(place_etag(found))
    return found


@blueprint.route("/libraries/<uuid:library_id>", methods=["PUT"])
@requires("manager", "admin")
@conditional
@blueprint.arguments(LibraryBodySchema)
@blueprint.response(200, LibrarySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def change_library(body: Body, library_id: UUID) -> Library:
    """Change a library."""
    parts, read = current_parts(), _library(library_id)
    insist_on_library(library_id)
    check_if_match(place_etag(read))
    command = DefineLibrary(**body, library_id=library_id, expected_version=read.version)
    changed = define_library(command, uow=parts.uow(), clock=parts.clock)
    tag(place_etag(changed))
    return changed


@blueprint.route("/libraries/<uuid:library_id>/floors", methods=["GET"])
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(FloorSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def list_floors(args: Body, library_id: UUID) -> Body:
    """List a library's floors from the lowest up."""
    with current_parts().reading() as connection:
        found = inventory.floors(connection, library_id)
    return paged(found, args, lambda floor: (floor.level, floor.code))


@blueprint.route("/libraries/<uuid:library_id>/floors", methods=["POST"])
@requires(*STAFF)
@idempotent(required=True)
@blueprint.arguments(FloorBodySchema)
@blueprint.response(201, FloorSchema, headers=CREATED)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def add_floor(body: Body, library_id: UUID) -> tuple[Floor, int, dict[str, str]]:
    """Define a floor of a library."""
    insist_on_library(library_id)
    parts = current_parts()
    command = DefineFloor(**body, library_id=library_id)
    floor = define_floor(command, uow=parts.uow(), clock=parts.clock)
    return floor, 201, _made("floors", floor)


@blueprint.route("/floors/<uuid:floor_id>", methods=["GET"])
@tagged
@blueprint.response(200, FloorSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_floor(floor_id: UUID) -> Floor:
    """Read a floor."""
    found = _floor(floor_id)
    tag(place_etag(found))
    return found


@blueprint.route("/floors/<uuid:floor_id>", methods=["PUT"])
@requires(*STAFF)
@conditional
@blueprint.arguments(FloorBodySchema)
@blueprint.response(200, FloorSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def change_floor(body: Body, floor_id: UUID) -> Floor:
    """Change a floor."""
    parts, read = current_parts(), _floor(floor_id)
    insist_on_library(read.library_id)
    check_if_match(place_etag(read))
    command = DefineFloor(
        **body, library_id=read.library_id, floor_id=floor_id, expected_version=read.version
    )
    changed = define_floor(command, uow=parts.uow(), clock=parts.clock)
    tag(place_etag(changed))
    return changed


@blueprint.route("/libraries/<uuid:library_id>/zones", methods=["GET"])
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(ZoneSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def list_zones(args: Body, library_id: UUID) -> Body:
    """List a library's zones by code."""
    with current_parts().reading() as connection:
        found = inventory.zones(connection, library_id)
    return paged(found, args, lambda zone: (zone.code, zone.id))


@blueprint.route("/zones", methods=["POST"])
@requires(*STAFF)
@idempotent(required=True)
@blueprint.arguments(ZoneBodySchema)
@blueprint.response(201, ZoneSchema, headers=CREATED)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def add_zone(body: Body) -> tuple[Zone, int, dict[str, str]]:
    """Define a zone of a floor."""
    insist_on_library(_floor(body["floor_id"]).library_id)
    parts = current_parts()
    zone = define_zone(DefineZone(**body), uow=parts.uow(), clock=parts.clock)
    return zone, 201, _made("zones", zone)


@blueprint.route("/zones/<uuid:zone_id>", methods=["GET"])
@tagged
@blueprint.response(200, ZoneSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_zone(zone_id: UUID) -> Zone:
    """Read a zone."""
    found = _zone(zone_id)
    tag(place_etag(found))
    return found


@blueprint.route("/zones/<uuid:zone_id>", methods=["PUT"])
@requires(*STAFF)
@conditional
@blueprint.arguments(ZoneBodySchema)
@blueprint.response(200, ZoneSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def change_zone(body: Body, zone_id: UUID) -> Zone:
    """Change a zone; it may move to another floor of its library."""
    parts, read = current_parts(), _zone(zone_id)
    insist_on_library(read.library_id)
    check_if_match(place_etag(read))
    command = DefineZone(**body, zone_id=zone_id, expected_version=read.version)
    changed = define_zone(command, uow=parts.uow(), clock=parts.clock)
    tag(place_etag(changed))
    return changed


def place_etag(place: Library | Floor | Zone) -> str:
    """Return the ETag of a place's version."""
    return etag_of(place.id, place.version)


def _made(collection: str, place: Library | Floor | Zone) -> dict[str, str]:
    return {"Location": f"{PATH}/{collection}/{place.id}", "ETag": place_etag(place)}


def _library(library_id: UUID) -> Library:
    with current_parts().reading() as connection:
        return inventory.library(connection, library_id)


def _floor(floor_id: UUID) -> Floor:
    with current_parts().reading() as connection:
        return inventory.floor(connection, floor_id)


def _zone(zone_id: UUID) -> Zone:
    with current_parts().reading() as connection:
        return inventory.zone(connection, zone_id)
