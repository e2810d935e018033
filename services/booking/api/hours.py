"""Opening hours: what each scope says, and what holds for a space."""

from typing import Any
from uuid import UUID

from services.booking.api.hours_schemas import (
    DaysArgs,
    ExceptionBodySchema,
    ExceptionSchema,
    ImportBodySchema,
    ImportReportSchema,
    SpaceHoursSchema,
    WeeklySchema,
    pairs,
    stretch_shown,
    wall_text,
    weekly_shown,
)
from services.booking.api.lists import paged
from services.booking.api.parts import current_parts
from services.booking.api.staff import STAFF, insist_on_library
from services.booking.commands.add_hours_exception import (
    AddHoursException,
    RemoveHoursException,
    add_hours_exception,
    remove_hours_exception,
)
from services.booking.commands.import_hours_exceptions import (
    ImportedLine,
    ImportHoursExceptions,
    import_hours_exceptions,
)
from services.booking.commands.set_weekly_hours import SetWeeklyHours, set_weekly_hours
from services.booking.domain.hours_book import SCOPE_TYPES, HoursException, HoursScope, Weekly
from services.booking.queries import hours
from shared.web.blueprint import Blueprint
from shared.web.etags import check_if_match, conditional, etag_of, tag, tagged
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.paging import PageArgs, page_of
from shared.web.problems import worded

blueprint = Blueprint("hours", __name__)
SCOPE = f"/hours/<any({', '.join(SCOPE_TYPES)}):scope_type>/<uuid:scope_id>"
Body = dict[str, Any]


@blueprint.route(f"{SCOPE}/weekly", methods=["GET"])
@tagged
@blueprint.response(200, WeeklySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_weekly(scope_type: str, scope_id: UUID) -> Body:
    """Read what a library, a zone or a space says about weekdays."""
    weekly = _weekly(HoursScope(scope_type, scope_id))
    tag(_etag(weekly))
    return weekly_shown(weekly)


@blueprint.route(f"{SCOPE}/weekly", methods=["PUT"])
@requires(*STAFF)
@conditional
@blueprint.arguments(WeeklySchema)
@blueprint.response(200, WeeklySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def write_weekly(body: Body, scope_type: str, scope_id: UUID) -> Body:
    """Set the weekly hours; reservations made stay as they are."""
    parts = current_parts()
    _insist_on_scope(HoursScope(scope_type, scope_id))
    before = _weekly(HoursScope(scope_type, scope_id))
    check_if_match(_etag(before))
    command = SetWeeklyHours(
        scope_type=scope_type,
        scope_id=scope_id,
        weekly={day["weekday"]: pairs(day["spans"]) for day in body["days"]},
        expected=before,
    )
    weekly = set_weekly_hours(command, uow=parts.uow(), clock=parts.clock)
    tag(_etag(weekly))
    return weekly_shown(weekly)


@blueprint.route(f"{SCOPE}/exceptions", methods=["GET"])
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(ExceptionSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def list_exceptions(args: Body, scope_type: str, scope_id: UUID) -> Body:
    """List the exceptions of a scope by first day."""
    with current_parts().reading() as connection:
        found = hours.exceptions(connection, HoursScope(scope_type, scope_id))
    shown = paged(found, args, lambda one: (one.first_day, one.id))
    return {**shown, "items": [_shown(one) for one in shown["items"]]}


@blueprint.route(f"{SCOPE}/exceptions", methods=["POST"])
@requires(*STAFF)
@idempotent(required=True)
@blueprint.arguments(ExceptionBodySchema)
@blueprint.response(201, ExceptionSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def add_exception(body: Body, scope_type: str, scope_id: UUID) -> Body:
    """Say that some days are different: a holiday, a short day, a working weekend."""
    parts = current_parts()
    _insist_on_scope(HoursScope(scope_type, scope_id))
    command = _command(body, scope_type, scope_id)
    return _shown(add_hours_exception(command, uow=parts.uow(), clock=parts.clock))


@blueprint.route(f"{SCOPE}/exceptions/import", methods=["POST"])
@requires(*STAFF)
@idempotent(required=True)
@blueprint.arguments(ImportBodySchema)
@blueprint.response(200, ImportReportSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def import_exceptions(body: Body, scope_type: str, scope_id: UUID) -> Body:
    """Take over a list of holidays; a line that is refused keeps no other from being added."""
    parts = current_parts()
    _insist_on_scope(HoursScope(scope_type, scope_id))
    lines = [_command(item, scope_type, scope_id) for item in body["items"]]
    command = ImportHoursExceptions(exceptions=lines)
    report = import_hours_exceptions(command, uow=parts.uow(), clock=parts.clock)
    return {"items": [_line_shown(line) for line in report]}


@blueprint.route("/hours-exceptions/<uuid:exception_id>", methods=["GET"])
@blueprint.response(200, ExceptionSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_exception(exception_id: UUID) -> Body:
    """Read an exception."""
    with current_parts().reading() as connection:
        return _shown(hours.exception(connection, exception_id))


@blueprint.route("/hours-exceptions/<uuid:exception_id>", methods=["DELETE"])
@requires(*STAFF)
@blueprint.response(204)
@blueprint.alt_response(404, response="NOT_FOUND")
def remove_exception(exception_id: UUID) -> None:
    """Let the usual hours hold again. An exception never changes, so no If-Match is asked for."""
    parts = current_parts()
    with parts.reading() as connection:
        scope = hours.exception(connection, exception_id).scope
    _insist_on_scope(scope)
    command = RemoveHoursException(exception_id=exception_id)
    remove_hours_exception(command, uow=parts.uow(), clock=parts.clock)


@blueprint.route("/spaces/<uuid:space_id>/hours", methods=["GET"])
@blueprint.arguments(DaysArgs, location="query")
@blueprint.response(200, SpaceHoursSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_space_hours(args: Body, space_id: UUID) -> Body:
    """Read when a space is open, everything inherited and every exception taken in."""
    with current_parts().reading() as connection:
        library, days = hours.hours_of_space(connection, space_id, **args)
    shown = [
        {
            "day": one.day,
            "wall": one.wall,
            "open": [stretch_shown(span) for span in one.open],
            "open_minutes": one.open_minutes,
            "because": one.because,
        }
        for one in days
    ]
    return {"space_id": space_id, "timezone": library.timezone, "days": shown}


def _command(body: Body, scope_type: str, scope_id: UUID) -> AddHoursException:
    spans = pairs(body.pop("spans"))
    return AddHoursException(scope_type=scope_type, scope_id=scope_id, spans=spans, **body)


def _shown(one: HoursException) -> Body:
    return {
        "id": one.id,
        "scope_type": one.scope.scope_type,
        "scope_id": one.scope.scope_id,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "name_zh": one.name_zh,
        "name_en": one.name_en,
        "spans": one.hours.spans,
        "as_weekday": one.hours.as_weekday,
    }


def _line_shown(line: ImportedLine) -> Body:
    refusal = line.refusal
    if refusal is None:
        return {"line": line.line, "added": line.added, "code": None, "detail": None}
    first = refusal.violations[0] if refusal.violations else refusal
    detail = worded(first.code, first.numbers, refusal.status)
    return {"line": line.line, "added": False, "code": first.code, "detail": detail}


def _weekly(scope: HoursScope) -> Weekly:
    with current_parts().reading() as connection:
        return hours.weekly_hours(connection, scope)


def _etag(weekly: Weekly) -> str:
    return etag_of("weekly", *(f"{day}:{wall_text(weekly[day])}" for day in sorted(weekly)))


def _insist_on_scope(scope: HoursScope) -> None:
    with current_parts().reading() as connection:
        insist_on_library(hours.library_of_scope(connection, scope))
