"""Closures: look whom one would touch, close, open again."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.booking.api.closure_schemas import (
    ClosureArgs,
    ClosureBodySchema,
    ClosureReportSchema,
    ClosureSchema,
)
from services.booking.api.hours_schemas import pairs
from services.booking.api.lists import paged
from services.booking.api.parts import STAFF_ROLES, current_actor, current_parts
from services.booking.api.shown import reservation_shown
from services.booking.commands.add_hours_exception import AddHoursException, wanted_exception
from services.booking.commands.close_days import CloseDays, UndoClosure, close_days, undo_closure
from services.booking.domain.closure import Closure, can_be_cancelled
from services.booking.domain.reservation import Reservation
from services.booking.queries import closures
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.paging import PageArgs, page_of

blueprint = Blueprint("closures", __name__)
MOST_SHOWN = 200
Body = dict[str, Any]


@blueprint.route("/libraries/<uuid:library_id>/closures", methods=["GET"])
@requires(*STAFF_ROLES)
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(ClosureSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def list_closures(args: Body, library_id: UUID) -> Body:
    """List a library's closures by first day."""
    current_actor().insist_serves(library_id)
    with current_parts().reading() as connection:
        found = closures.of_library(connection, library_id)
    shown = paged(found, args, lambda one: (one.first_day, one.id))
    return {**shown, "items": [_shown(one) for one in shown["items"]]}


@blueprint.route("/libraries/<uuid:library_id>/closures", methods=["POST"])
@requires(*STAFF_ROLES)
@idempotent(required=True)
@blueprint.arguments(ClosureArgs, location="query")
@blueprint.arguments(ClosureBodySchema)
@blueprint.response(201, ClosureReportSchema)
@blueprint.alt_response(200, schema=ClosureReportSchema, description="With dry_run: a look.")
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def close(args: Body, body: Body, library_id: UUID) -> tuple[Body, int]:
    """Close some days: nobody reserves there any more, and who had is told, with alternatives.

    The cancelling goes on in the background from now on; the closure says how far it is.
    With `dry_run=true` (200) nothing is done: the answer says whom it would touch.
    """
    actor, parts = current_actor(), current_parts()
    actor.insist_serves(library_id)
    spans = pairs(body.pop("spans"))
    with parts.reading() as connection:
        exception = wanted_exception(AddHoursException(**body, spans=spans))
        touched = closures.touched_by(connection, library_id, exception, parts.clock.now())
    if args["dry_run"]:
        return _report(None, touched), 200
    command = CloseDays(**body, spans=spans, library_id=library_id, actor=actor)
    made = close_days(command, uow=parts.uow(), clock=parts.clock)
    return _report(made, touched), 201


@blueprint.route("/closures/<uuid:closure_id>", methods=["DELETE"])
@requires(*STAFF_ROLES)
@blueprint.response(204)
@blueprint.alt_response(404, response="NOT_FOUND")
def undo(closure_id: UUID) -> None:
    """Let the usual hours hold again; what was cancelled stays cancelled."""
    parts = current_parts()
    command = UndoClosure(closure_id=closure_id, actor=current_actor())
    undo_closure(command, uow=parts.uow(), clock=parts.clock)


def _report(made: Closure | None, touched: Sequence[Reservation]) -> Body:
    personal = sum(map(can_be_cancelled, touched))
    return {
        "closure": made and _shown(made),
        "reservations": personal,
        "activities": len(touched) - personal,
        "affected": [reservation_shown(one) for one in touched[:MOST_SHOWN]],
    }


def _shown(one: Closure) -> Body:
    return {
        "id": one.id,
        "library_id": one.library_id,
        "scope_type": one.scope.scope_type,
        "scope_id": one.scope.scope_id,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "name_zh": one.name_zh,
        "name_en": one.name_en,
        "created_by": one.created_by,
        "created_at": one.created_at,
        "cancelled": one.cancelled,
        "finished_at": one.finished_at,
        "undone_at": one.undone_at,
    }
