"""Take closed days over from a calendar file: the holidays of a university, of a country."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from services.booking.api.calendar_reading import ReadComponent, read_components
from services.booking.api.hours import SCOPE
from services.booking.api.hours_schemas import CalendarBodySchema, CalendarReportSchema
from services.booking.api.parts import current_parts
from services.booking.api.staff import STAFF, insist_on_library
from services.booking.commands.add_hours_exception import AddHoursException
from services.booking.commands.import_hours_exceptions import (
    ImportedLine,
    ImportHoursExceptions,
    import_hours_exceptions,
)
from services.booking.domain.hours_book import HoursScope
from services.booking.queries import hours
from shared.kernel.refusal import Refusal
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.problems import worded

blueprint = Blueprint("calendar_import", __name__)
Body = dict[str, Any]


@blueprint.route(f"{SCOPE}/exceptions/import-calendar", methods=["POST"])
@requires(*STAFF)
@idempotent(required=True)
@blueprint.arguments(CalendarBodySchema)
@blueprint.response(200, CalendarReportSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def import_calendar(body: Body, scope_type: str, scope_id: UUID) -> Body:
    """Close the whole days of a calendar's entries; the answer tells what became of each.

    Entries with times of day, or that repeat, are not taken over, and keep no other from being so.
    With `dry_run` nothing is added: the answer says what could be read.
    """
    parts = current_parts()
    with parts.reading() as connection:
        scope = HoursScope(scope_type, scope_id)
        insist_on_library(hours.library_of_scope(connection, scope))
    read = read_components(body["calendar"])
    if body["dry_run"]:
        return _report(read, [])
    command = ImportHoursExceptions(exceptions=[*_commands(read, scope_type, scope_id)])
    return _report(read, import_hours_exceptions(command, uow=parts.uow(), clock=parts.clock))


def _commands(
    read: Sequence[ReadComponent], scope_type: str, scope_id: UUID
) -> Iterator[AddHoursException]:
    for component in read:
        if (days := component.days) is not None:
            yield AddHoursException(
                scope_type=scope_type,
                scope_id=scope_id,
                first_day=days.first_day,
                last_day=days.last_day,
                name_zh=days.name,
                name_en=days.name,
            )


def _report(read: Sequence[ReadComponent], imported: Sequence[ImportedLine]) -> Body:
    lines = iter(imported)
    items = [
        _shown(number, component, next(lines, None) if component.days else None)
        for number, component in enumerate(read, start=1)
    ]
    return {"added": sum(one.added for one in imported), "items": items}


def _shown(number: int, component: ReadComponent, line: ImportedLine | None) -> Body:
    refusal = None if line is None else line.refusal
    days = component.days
    return {
        "line": number,
        "kind": component.kind,
        "name": component.name,
        "first_day": days and days.first_day,
        "last_day": days and days.last_day,
        "added": line is not None and line.added,
        **_why(component.code, refusal),
    }


def _why(code: str | None, refusal: Refusal | None) -> Body:
    if refusal is not None:
        first = refusal.violations[0] if refusal.violations else refusal
        return {"code": first.code, "detail": worded(first.code, first.numbers, refusal.status)}
    return {"code": code, "detail": None if code is None else worded(code, {}, 422)}
