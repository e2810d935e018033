"""Reserve, look, change, cancel, arrive, leave."""

from typing import Any
from uuid import UUID

from services.booking.api.parts import current_actor, current_parts
from services.booking.api.schemas import (
    CancelArgs,
    ChangeSchema,
    CheckInSchema,
    HistorySchema,
    ReservationsArgs,
    ReservationSchema,
    ReserveSchema,
)
from services.booking.api.shown import note_shown, reservation_shown
from services.booking.commands.cancel_reservation import CancelReservation, cancel_reservation
from services.booking.commands.change_reservation import ChangeReservation, change_reservation
from services.booking.commands.check_in import CheckIn, check_in
from services.booking.commands.check_out import CheckOut, check_out
from services.booking.commands.reserve import Reserve, reserve
from services.booking.domain.reservation import Reservation
from services.booking.queries import reservations
from shared.web.answer_headers import CREATED
from shared.web.blueprint import Blueprint
from shared.web.etags import check_if_match, conditional, etag_of, tag, tagged, versioned
from shared.web.idempotency import idempotent
from shared.web.identity import current_identity, requires
from shared.web.paging import make_cursor, page, page_of, read_cursor

blueprint = Blueprint("reservations", __name__, url_prefix="/reservations")
PATH = "/api/booking/v1/reservations"
Shown = dict[str, Any]


@blueprint.route("", methods=["POST"])
@requires()
@idempotent(required=True)
@blueprint.arguments(ReserveSchema)
@blueprint.response(201, ReservationSchema, headers=CREATED)
@blueprint.alt_response(409, response="CONFLICT")
def place(body: Shown) -> tuple[Shown, int, dict[str, str]]:
    """Reserve a space.

    A refusal (409) names every rule that is not met, with its numbers, and in `alternatives` up to
    five slots that could be had: `space_id`, `starts_at`, `ends_at`.
    """
    parts, identity = current_parts(), current_identity()
    patron_id = body.pop("patron_id", identity.patron_id)
    own_class = identity.patron_class if patron_id == identity.patron_id else ""
    command = Reserve(**body, patron_id=patron_id, patron_class=own_class, actor=current_actor())
    made = reserve(command, uow=parts.uow(), clock=parts.clock)
    headers = {"Location": f"{PATH}/{made.id}", "ETag": _etag(made)}
    return reservation_shown(made), 201, headers


@blueprint.route("", methods=["GET"])
@requires()
@blueprint.arguments(ReservationsArgs, location="query")
@blueprint.response(200, page_of(ReservationSchema))
def find(args: Shown) -> Shown:
    """List one's own reservations by start; staff may list everybody's, or one person's."""
    limit = args.pop("limit")
    after = read_cursor(args.pop("cursor", None), *reservations.PLACE)
    wanted = reservations.ReservationFilter(**args)
    with current_parts().reading() as connection:
        found = reservations.find(connection, current_actor(), wanted, after=after, limit=limit + 1)
    items = found[:limit]
    more = len(found) > limit
    cursor = make_cursor(items[-1].during.start, items[-1].id) if more else None
    return page([reservation_shown(one) for one in items], cursor)


@blueprint.route("/<uuid:reservation_id>", methods=["GET"])
@requires()
@tagged
@blueprint.response(200, ReservationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read(reservation_id: UUID) -> Shown:
    """Read a reservation; its ETag is what a change or cancellation sends as If-Match."""
    found = _visible(reservation_id)
    tag(_etag(found))
    return reservation_shown(found)


@blueprint.route("/<uuid:reservation_id>/history", methods=["GET"])
@requires()
@blueprint.response(200, HistorySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_history(reservation_id: UUID) -> Shown:
    """Read everything that has happened to a reservation."""
    _visible(reservation_id)
    with current_parts().reading() as connection:
        notes = reservations.history(connection, reservation_id)
    return {"items": [note_shown(note) for note in notes]}


@blueprint.route("/<uuid:reservation_id>", methods=["PATCH"])
@requires()
@conditional
@blueprint.arguments(ChangeSchema)
@blueprint.response(200, ReservationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def change(body: Shown, reservation_id: UUID) -> Shown:
    """Change time, space or party: every rule is asked again; nothing changes if one says no."""
    parts = current_parts()
    command = ChangeReservation(
        **body,
        reservation_id=reservation_id,
        actor=current_actor(),
        patron_class=current_identity().patron_class,
        expected_version=_matched(reservation_id),
    )
    changed = change_reservation(command, uow=parts.uow(), clock=parts.clock)
    tag(_etag(changed))
    return reservation_shown(changed)


@blueprint.route("/<uuid:reservation_id>", methods=["DELETE"])
@requires()
@conditional
@blueprint.arguments(CancelArgs, location="query")
@blueprint.response(200, ReservationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def cancel(args: Shown, reservation_id: UUID) -> Shown:
    """Give a reservation up; it stays to be read, and its time is free."""
    parts = current_parts()
    command = CancelReservation(
        reservation_id=reservation_id,
        actor=current_actor(),
        expected_version=_matched(reservation_id),
        reason=args["reason"],
    )
    cancelled = cancel_reservation(command, uow=parts.uow(), clock=parts.clock)
    tag(_etag(cancelled))
    return reservation_shown(cancelled)


@blueprint.route("/<uuid:reservation_id>/check-in", methods=["POST"])
@requires()
@idempotent(required=False)
@versioned
@blueprint.arguments(CheckInSchema)
@blueprint.response(200, ReservationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def arrive(body: Shown, reservation_id: UUID) -> Shown:
    """Check in with the digits shown at the space; staff may do it without."""
    parts = current_parts()
    command = CheckIn(reservation_id=reservation_id, actor=current_actor(), code=body.get("code"))
    stay = check_in(command, uow=parts.uow(), clock=parts.clock)
    tag(_etag(stay))
    return reservation_shown(stay)


@blueprint.route("/<uuid:reservation_id>/check-out", methods=["POST"])
@requires()
@idempotent(required=False)
@versioned
@blueprint.response(200, ReservationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def leave(reservation_id: UUID) -> Shown:
    """Check out: what is left of the time is free for others at once."""
    parts = current_parts()
    command = CheckOut(reservation_id=reservation_id, actor=current_actor())
    stay = check_out(command, uow=parts.uow(), clock=parts.clock)
    tag(_etag(stay))
    return reservation_shown(stay)


def _etag(reservation: Reservation) -> str:
    return etag_of(reservation.id, reservation.version)


def _visible(reservation_id: UUID) -> Reservation:
    with current_parts().reading() as connection:
        return reservations.visible(connection, reservation_id, current_actor())


def _matched(reservation_id: UUID) -> int:
    """Return the version the caller has read, if it is the present one."""
    found = _visible(reservation_id)
    check_if_match(_etag(found))
    return found.version
