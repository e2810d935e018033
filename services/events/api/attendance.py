"""Who was there: by code, from a list, by count; and the organizer's view of who signed up."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.events.api.attendance_schemas import (
    AttendanceListSchema,
    AttendancePageSchema,
    AttendanceSchema,
    AttendeesSchema,
    CodeSchema,
    HeadcountBodySchema,
    HeadcountSchema,
    ShownCodeSchema,
    VoidSchema,
)
from services.events.api.parts import RUNNERS, current_actor, current_parts
from services.events.api.registration_schemas import SignedUpSchema
from services.events.commands.attend_by_code import AttendByCode, attend_by_code
from services.events.commands.count_heads import CountHeads, count_heads
from services.events.commands.record_attendance import (
    Attendee,
    RecordAttendance,
    record_attendance,
)
from services.events.commands.void_attendance import VoidAttendance, void_attendance
from services.events.domain import errors
from services.events.domain.attendance import Attendance, Headcount
from services.events.domain.library_event import Status
from services.events.queries import attendances, library_events, registrations
from shared.kernel.refusal import NotAllowed
from shared.kernel.rotating_code import code_at, seconds_left
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import current_identity, requires
from shared.web.paging import PageArgs, make_cursor, page, page_of, read_cursor

blueprint = Blueprint("attendance", __name__)
ACTIVITY = "/library-events/<uuid:library_event_id>"


@blueprint.route(f"{ACTIVITY}/attendance", methods=["POST"])
@requires()
@idempotent(required=False)
@blueprint.arguments(CodeSchema)
@blueprint.response(200, AttendanceSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def attend(body: dict[str, Any], library_event_id: UUID) -> Attendance:
    """Say with the code shown in the room that one is there."""
    parts = current_parts()
    command = AttendByCode(
        library_event_id=library_event_id,
        patron_id=current_identity().patron_id,
        code=body["code"],
    )
    return attend_by_code(command, uow=parts.uow(), clock=parts.clock)


@blueprint.route(f"{ACTIVITY}/attendances", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=False)
@blueprint.arguments(AttendeesSchema)
@blueprint.response(200, AttendanceListSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def record(body: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """Enter who was there; whoever was recorded before stays as recorded."""
    parts = current_parts()
    command = RecordAttendance(
        library_event_id=library_event_id,
        by=current_actor(),
        attendees=[Attendee(**attendee) for attendee in body["attendees"]],
    )
    return {"items": record_attendance(command, uow=parts.uow(), clock=parts.clock)}


@blueprint.route(f"{ACTIVITY}/attendances", methods=["GET"])
@requires(*RUNNERS)
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, AttendancePageSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def list_attendances(args: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """List who was there, voided entries too, and the count that holds."""
    place = read_cursor(args.get("cursor"), UUID)
    limit = args["limit"]
    _require_runs(library_event_id)
    with current_parts().reading() as connection:
        rows = attendances.of_library_event(
            connection, library_event_id, after=place[0] if place else None, limit=limit + 1
        )
        headcount = attendances.latest_headcount(connection, library_event_id)
    cursor = make_cursor(rows[limit - 1]["id"]) if len(rows) > limit else None
    return page(rows[:limit], cursor) | {"headcount": headcount}


@blueprint.route("/attendances/<uuid:attendance_id>/void", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=False)
@blueprint.arguments(VoidSchema)
@blueprint.response(200, AttendanceSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def void(body: dict[str, Any], attendance_id: UUID) -> Attendance:
    """Take back an attendance recorded by mistake, and everything it counted for."""
    parts = current_parts()
    command = VoidAttendance(attendance_id=attendance_id, by=current_actor(), reason=body["reason"])
    return void_attendance(command, uow=parts.uow(), clock=parts.clock)


@blueprint.route(f"{ACTIVITY}/head-counts", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=False)
@blueprint.arguments(HeadcountBodySchema)
@blueprint.response(201, HeadcountSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def count(body: dict[str, Any], library_event_id: UUID) -> Headcount:
    """Enter how many people without names were there; it replaces an earlier count."""
    parts = current_parts()
    command = CountHeads(
        library_event_id=library_event_id, by=current_actor(), anonymous=body["anonymous"]
    )
    return count_heads(command, uow=parts.uow(), clock=parts.clock)


@blueprint.route(f"{ACTIVITY}/attendance-code", methods=["GET"])
@requires(*RUNNERS)
@blueprint.response(200, ShownCodeSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def show_code(library_event_id: UUID) -> dict[str, Any]:
    """Read the code to show in the room; it is another one each minute."""
    row = _require_runs(library_event_id)
    if row["status"] != Status.PUBLISHED:
        raise errors.NotPossibleNow(status=row["status"])
    now = current_parts().clock.now()
    return {"code": code_at(row["attendance_secret"], now), "seconds_left": seconds_left(now)}


@blueprint.route(f"{ACTIVITY}/registrations", methods=["GET"])
@requires(*RUNNERS)
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(SignedUpSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def list_registrations(args: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """List who signed up, in order of arrival."""
    place = read_cursor(args.get("cursor"), int)
    limit = args["limit"]
    _require_runs(library_event_id)
    with current_parts().reading() as connection:
        rows = registrations.of_library_event(
            connection, library_event_id, after=place[0] if place else None, limit=limit + 1
        )
    cursor = make_cursor(rows[limit - 1]["arrival"]) if len(rows) > limit else None
    return page(rows[:limit], cursor)


def _require_runs(library_event_id: UUID) -> Mapping[Any, Any]:
    with current_parts().reading() as connection:
        row = library_events.one(connection, library_event_id)
    if row is None:
        raise errors.NoSuchLibraryEvent
    if not current_actor().runs(row["organizer_id"], row["library_id"]):
        raise errors.NoSuchLibraryEvent if row["status"] == Status.DRAFT else NotAllowed
    return row
