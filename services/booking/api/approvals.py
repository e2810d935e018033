"""Requests that need the library's yes: staff look at them with their rivals, and answer."""

from typing import Any
from uuid import UUID

from services.booking.api.approval_schemas import RejectionSchema, WaitingRequestSchema
from services.booking.api.parts import STAFF_ROLES, current_actor, current_parts
from services.booking.api.schemas import ReservationSchema
from services.booking.api.shown import reservation_shown
from services.booking.commands import answer_request
from services.booking.queries import approvals
from services.booking.queries.approvals import Waiting
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.paging import PageArgs, make_cursor, page, page_of, read_cursor

blueprint = Blueprint("approvals", __name__)
Shown = dict[str, Any]


@blueprint.route("/libraries/<uuid:library_id>/approvals", methods=["GET"])
@requires(*STAFF_ROLES)
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(WaitingRequestSchema))
def list_waiting(args: Shown, library_id: UUID) -> Shown:
    """List the requests that wait for an answer by start, with everybody who wants the same."""
    current_actor().insist_serves(library_id)
    parts, limit = current_parts(), args["limit"]
    after = read_cursor(args.get("cursor"), *approvals.PLACE)
    with parts.reading() as connection:
        found = approvals.waiting(
            connection, library_id, parts.clock.now(), after=after, limit=limit + 1
        )
    items = found[:limit]
    last = items[-1].request if len(found) > limit else None
    cursor = None if last is None else make_cursor(last.during.start, last.id)
    return page([_shown(one) for one in items], cursor)


@blueprint.route("/reservations/<uuid:reservation_id>/approve", methods=["POST"])
@requires(*STAFF_ROLES)
@idempotent(required=False)
@blueprint.response(200, ReservationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def approve(reservation_id: UUID) -> Shown:
    """Say yes: the slot is taken if it is still free and the rules are still met.

    Otherwise the problem says why, and the request waits as before. Who wanted some of the same
    time is rejected.
    """
    parts = current_parts()
    command = answer_request.Approve(reservation_id=reservation_id, actor=current_actor())
    approved = answer_request.approve(command, uow=parts.uow(), clock=parts.clock)
    return reservation_shown(approved)


@blueprint.route("/reservations/<uuid:reservation_id>/reject", methods=["POST"])
@requires(*STAFF_ROLES)
@idempotent(required=False)
@blueprint.arguments(RejectionSchema)
@blueprint.response(200, ReservationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def reject(body: Shown, reservation_id: UUID) -> Shown:
    """Say no, with a reason for the person."""
    parts = current_parts()
    command = answer_request.Reject(
        reservation_id=reservation_id, actor=current_actor(), reason=body["reason"]
    )
    rejected = answer_request.reject(command, uow=parts.uow(), clock=parts.clock)
    return reservation_shown(rejected)


def _shown(waiting: Waiting) -> Shown:
    return {
        **reservation_shown(waiting.request),
        "taken": waiting.taken,
        "rivals": waiting.rivals,
    }
