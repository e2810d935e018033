"""Sign up, wait, accept, decline, give up: each person their own."""

from typing import Any
from uuid import UUID

from services.events.api.door_schemas import TicketSchema
from services.events.api.parts import current_parts
from services.events.api.registration_schemas import (
    ExplainedRegistrationSchema,
    OwnRegistrationsArgs,
    RegistrationSchema,
    SignUpSchema,
)
from services.events.api.shown import registration_shown, waiting_list_shown
from services.events.commands.answer_offer import (
    AcceptOffer,
    DeclineOffer,
    accept_offer,
    decline_offer,
)
from services.events.commands.cancel_registration import (
    CancelRegistration,
    cancel_registration,
)
from services.events.commands.sign_up import SignUp, sign_up
from services.events.domain import errors
from services.events.domain.registration import LIVE, Status
from services.events.queries import registrations
from shared.web.answer_headers import PLACED
from shared.web.blueprint import Blueprint
from shared.web.etags import (
    check_if_match,
    conditional,
    etag_of,
    tag_answer,
    tagged,
    versioned,
)
from shared.web.idempotency import idempotent
from shared.web.identity import current_identity, requires
from shared.web.paging import make_cursor, page, page_of, read_cursor

blueprint = Blueprint("registrations", __name__)
Answer = tuple[dict[str, Any], int, dict[str, str]]


@blueprint.route("/library-events/<uuid:library_event_id>/registrations", methods=["POST"])
@requires()
@idempotent(required=True)
@versioned
@blueprint.arguments(SignUpSchema)
@blueprint.response(201, ExplainedRegistrationSchema, headers=PLACED)
@blueprint.alt_response(404, response="NOT_FOUND")
def join(body: dict[str, Any], library_event_id: UUID) -> Answer:
    """Sign up: a place if there is one, else a place on the waiting list; `status` says which."""
    parts = current_parts()
    command = SignUp(
        library_event_id=library_event_id,
        patron_id=current_identity().patron_id,
        party_size=body["party_size"],
    )
    registration = sign_up(command, uow=parts.uow(), clock=parts.clock)
    headers = {"Location": f"/api/events/v1/registrations/{registration.id}"}
    return _explained(registration.id), 201, headers


@blueprint.route("/registrations", methods=["GET"])
@requires()
@blueprint.arguments(OwnRegistrationsArgs, location="query")
@blueprint.response(200, page_of(RegistrationSchema))
def list_own(args: dict[str, Any]) -> dict[str, Any]:
    """List one's own sign-ups, the latest first."""
    place = read_cursor(args.get("cursor"), int)
    limit = args["limit"]
    with current_parts().reading() as connection:
        rows = registrations.of_patron(
            connection,
            current_identity().patron_id,
            library_event_id=args.get("library_event_id"),
            before=place[0] if place else None,
            limit=limit + 1,
        )
    items = rows[:limit]
    cursor = make_cursor(items[-1]["arrival"]) if len(rows) > limit else None
    return page([registration_shown(row) for row in items], cursor)


@blueprint.route("/registrations/<uuid:registration_id>", methods=["GET"])
@requires()
@tagged
@blueprint.response(200, ExplainedRegistrationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_own(registration_id: UUID) -> dict[str, Any]:
    """Read one's own sign-up: with the place in line, the rule, and why it was decided so.

    The ETag is to be sent as If-Match, in whatever language it was read; it holds as long as the
    version does, though the place in line changes.
    """
    return _explained(registration_id)


@blueprint.route("/registrations/<uuid:registration_id>", methods=["DELETE"])
@requires()
@conditional
@blueprint.response(200, ExplainedRegistrationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def give_up(registration_id: UUID) -> dict[str, Any]:
    """Give up one's place or wait; what it frees is offered to who waits longest."""
    parts = current_parts()
    version = _explained(registration_id)["version"]
    check_if_match(etag_of(registration_id, version))
    command = CancelRegistration(
        registration_id=registration_id,
        patron_id=current_identity().patron_id,
        expected_version=version,
    )
    cancel_registration(command, uow=parts.uow(), clock=parts.clock)
    return _explained(registration_id)


@blueprint.route("/registrations/<uuid:registration_id>/accept", methods=["POST"])
@requires()
@idempotent(required=False)
@versioned
@blueprint.response(200, ExplainedRegistrationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def accept(registration_id: UUID) -> dict[str, Any]:
    """Take the offered place."""
    parts = current_parts()
    command = AcceptOffer(registration_id=registration_id, patron_id=current_identity().patron_id)
    accept_offer(command, uow=parts.uow(), clock=parts.clock)
    return _explained(registration_id)


@blueprint.route("/registrations/<uuid:registration_id>/decline", methods=["POST"])
@requires()
@idempotent(required=False)
@versioned
@blueprint.response(200, ExplainedRegistrationSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def decline(registration_id: UUID) -> dict[str, Any]:
    """Pass the offered place on to the next; the sign-up ends."""
    parts = current_parts()
    command = DeclineOffer(registration_id=registration_id, patron_id=current_identity().patron_id)
    decline_offer(command, uow=parts.uow(), clock=parts.clock)
    return _explained(registration_id)


@blueprint.route("/registrations/<uuid:registration_id>/ticket", methods=["GET"])
@requires()
@blueprint.response(200, TicketSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def read_ticket(registration_id: UUID) -> dict[str, Any]:
    """Read the ticket to one's own sign-up; nobody else can, whoever they are."""
    with current_parts().reading() as connection:
        row = registrations.one_of_patron(connection, registration_id, current_identity().patron_id)
    if row is None:
        raise errors.NoSuchRegistration
    if row["status"] not in LIVE:
        raise errors.NoTicket(status=row["status"])
    admits = row["status"] != Status.WAITLISTED
    return {**row, "registration_id": row["id"], "code": row["ticket_code"], "admits": admits}


def _explained(registration_id: UUID) -> dict[str, Any]:
    with current_parts().reading() as connection:
        row = registrations.one_of_patron(connection, registration_id, current_identity().patron_id)
        if row is None:
            raise errors.NoSuchRegistration
        decisions = registrations.decisions_about(connection, registration_id)
    tag_answer(etag_of(registration_id, row["version"]))
    return registration_shown(row) | {
        "waiting_list": waiting_list_shown(row["position"], decisions)
    }
