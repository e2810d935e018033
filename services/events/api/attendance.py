"""Who was there: by code, by ticket, from a list, by count."""

from typing import Any
from uuid import UUID

from services.events.api.attendance_schemas import (
    LATEST,
    AttendanceListSchema,
    AttendancePageSchema,
    AttendancesArgs,
    AttendanceSchema,
    AttendeesSchema,
    CodeSchema,
    HeadcountBodySchema,
    HeadcountSchema,
    ShownCodeSchema,
    VoidSchema,
)
from services.events.api.parts import RUNNERS, current_actor, current_parts
from services.events.api.running import read_running
from services.events.commands.admit_ticket import AdmitTicket, admit_ticket
from services.events.commands.attend_by_code import AttendByCode, attend_by_code
from services.events.commands.count_heads import CountHeads, CountMore, count_heads
from services.events.commands.record_attendance import (
    Attendee,
    RecordAttendance,
    record_attendance,
)
from services.events.commands.void_attendance import VoidAttendance, void_attendance
from services.events.domain import errors
from services.events.domain.attendance import Attendance
from services.events.domain.headcount import Headcount
from services.events.domain.library_event import Status
from services.events.queries import attendances
from shared.kernel.rotating_code import code_at, seconds_left
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import current_identity, requires
from shared.web.paging import make_cursor, page, read_cursor

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
    """Enter who was there, by ticket or by person; whoever was recorded before stays as recorded.

    `recorded` says how many are new: none for a ticket shown before.
    """
    if "ticket_code" in body:
        return _admitted(body, library_event_id)
    parts = current_parts()
    command = RecordAttendance(
        library_event_id=library_event_id,
        by=current_actor(),
        attendees=[Attendee(**attendee) for attendee in body["attendees"]],
    )
    recorded = record_attendance(command, uow=parts.uow(), clock=parts.clock)
    return {"items": recorded.attendances, "recorded": recorded.fresh}


def _admitted(body: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    parts = current_parts()
    command = AdmitTicket(library_event_id=library_event_id, by=current_actor(), **body)
    admitted = admit_ticket(command, uow=parts.uow(), clock=parts.clock)
    return {"items": [admitted.attendance], "recorded": int(admitted.fresh)}


@blueprint.route(f"{ACTIVITY}/attendances", methods=["GET"])
@requires(*RUNNERS)
@blueprint.arguments(AttendancesArgs, location="query")
@blueprint.response(200, AttendancePageSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def list_attendances(args: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """List who was there as it was entered, voided entries too, and the count that holds."""
    place = read_cursor(args.get("cursor"), UUID)
    limit = args["limit"]
    read_running(library_event_id)
    with current_parts().reading() as connection:
        rows = attendances.of_library_event(
            connection,
            library_event_id,
            latest_first=args.get("order") == LATEST,
            after=place[0] if place else None,
            limit=limit + 1,
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
    """Enter how many people without names were there; it replaces an earlier count.

    With `more`, so many more came (or fewer) on top of the count so far.
    """
    parts = current_parts()
    kind = CountMore if "more" in body else CountHeads
    command = kind(library_event_id=library_event_id, by=current_actor(), **body)
    return count_heads(command, uow=parts.uow(), clock=parts.clock)


@blueprint.route(f"{ACTIVITY}/attendance-code", methods=["GET"])
@requires(*RUNNERS)
@blueprint.response(200, ShownCodeSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def show_code(library_event_id: UUID) -> dict[str, Any]:
    """Read the code to show in the room; it is another one each minute."""
    row = read_running(library_event_id)
    if row["status"] != Status.PUBLISHED:
        raise errors.NotPossibleNow(status=row["status"])
    now = current_parts().clock.now()
    return {"code": code_at(row["attendance_secret"], now), "seconds_left": seconds_left(now)}
