"""The desk: the day at a glance, who walks up without a reservation, who came after all."""

from typing import Any
from uuid import UUID

from services.booking.api.desk_schemas import (
    DeskArgs,
    DeskDaySchema,
    VoidNoShowSchema,
    WalkInSchema,
)
from services.booking.api.parts import STAFF_ROLES, current_actor, current_parts
from services.booking.api.schemas import ReservationSchema
from services.booking.api.shown import reservation_shown
from services.booking.commands.void_no_show import VoidNoShow, void_no_show
from services.booking.commands.walk_in import WalkIn, walk_in
from services.booking.domain.no_show import Outcome
from services.booking.queries import desk
from services.booking.queries.desk import Entry
from shared.web.answer_headers import PLACED
from shared.web.blueprint import Blueprint
from shared.web.idempotency import idempotent
from shared.web.identity import requires
from shared.web.paging import make_cursor, page, read_cursor

blueprint = Blueprint("desk", __name__)
Shown = dict[str, Any]


@blueprint.route("/libraries/<uuid:library_id>/desk", methods=["GET"])
@requires(*STAFF_ROLES)
@blueprint.arguments(DeskArgs, location="query")
@blueprint.response(200, DeskDaySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_desk(args: Shown, library_id: UUID) -> Shown:
    """Read a library's day: arrivals due, running, no-shows, requests, with how many of each."""
    current_actor().insist_serves(library_id)
    parts, limit = current_parts(), args["limit"]
    now = parts.clock.now()
    after = read_cursor(args.get("cursor"), *desk.PLACE)
    wanted = desk.Page(section=args.get("section"), after=after, limit=limit + 1)
    with parts.reading() as connection:
        found = desk.desk(connection, library_id, args.get("day"), now, wanted)
    entries = found.entries[:limit]
    last = entries[-1].reservation if len(found.entries) > limit else None
    cursor = None if last is None else make_cursor(last.during.start, last.id)
    return {
        "library_id": library_id,
        "timezone": found.library.timezone,
        "now": now,
        "counts": found.counts,
        **page([_shown(entry) for entry in entries], cursor),
    }


@blueprint.route("/spaces/<uuid:space_id>/walk-ins", methods=["POST"])
@requires(*STAFF_ROLES)
@idempotent(required=True)
@blueprint.arguments(WalkInSchema)
@blueprint.response(201, ReservationSchema, headers=PLACED)
@blueprint.alt_response(409, response="CONFLICT")
def add_walk_in(body: Shown, space_id: UUID) -> tuple[Shown, int, dict[str, str]]:
    """Give a space to somebody who is there, from now on; they are checked in at once."""
    parts = current_parts()
    command = WalkIn(**body, space_id=space_id, actor=current_actor())
    made = walk_in(command, uow=parts.uow(), clock=parts.clock)
    headers = {"Location": f"/api/booking/v1/reservations/{made.id}"}
    return reservation_shown(made), 201, headers


@blueprint.route("/reservations/<uuid:reservation_id>/void-no-show", methods=["POST"])
@requires(*STAFF_ROLES)
@idempotent(required=False)
@blueprint.arguments(VoidNoShowSchema)
@blueprint.response(200, ReservationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def take_no_show_back(body: Shown, reservation_id: UUID) -> Shown:
    """Say that the person was there after all, or is excused; figures and points follow.

    The time that was released stays free: who still needs it walks in.
    """
    parts = current_parts()
    command = VoidNoShow(
        reservation_id=reservation_id,
        actor=current_actor(),
        outcome=Outcome(body["outcome"]),
        reason=body["reason"],
    )
    return reservation_shown(void_no_show(command, uow=parts.uow(), clock=parts.clock))


def _shown(entry: Entry) -> Shown:
    shown = reservation_shown(entry.reservation)
    return {**shown, "section": entry.section, "space": entry.space, "rivals": entry.rivals}
