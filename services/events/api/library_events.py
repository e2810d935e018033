"""Plan and run activities: for organizers and staff."""

from typing import Any
from uuid import UUID

from services.events.api.library_event_schemas import (
    CancelSchema,
    LibraryEventSchema,
    PlanChangesSchema,
    PlanSchema,
)
from services.events.api.parts import RUNNERS, current_actor, current_parts
from services.events.api.running import shown_to_runner, version_read
from services.events.commands.cancel_library_event import (
    CancelLibraryEvent,
    cancel_library_event,
)
from services.events.commands.change_library_event import (
    ChangeLibraryEvent,
    change_library_event,
)
from services.events.commands.close_library_event import CloseLibraryEvent, close_library_event
from services.events.commands.delete_draft import DeleteDraft, delete_draft
from services.events.commands.draft_library_event import DraftLibraryEvent, draft_library_event
from services.events.commands.publish_library_event import (
    PublishLibraryEvent,
    publish_library_event,
)
from services.events.domain.plan import Plan
from shared.web.answer_headers import CREATED
from shared.web.blueprint import Blueprint
from shared.web.etags import conditional, versioned
from shared.web.idempotency import idempotent
from shared.web.identity import requires

blueprint = Blueprint("library_events", __name__, url_prefix="/library-events")


@blueprint.route("", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=True)
@versioned
@blueprint.arguments(PlanSchema)
@blueprint.response(201, LibraryEventSchema, headers=CREATED)
def draft(body: dict[str, Any]) -> tuple[dict[str, Any], int, dict[str, str]]:
    """Plan an activity; its room is asked for at once, the answer comes a moment later."""
    parts = current_parts()
    command = DraftLibraryEvent(
        by=current_actor(), plan=Plan(**body), hold_days=parts.settings.draft_hold_days
    )
    library_event = draft_library_event(command, uow=parts.uow(), clock=parts.clock)
    location = f"/api/events/v1/library-events/{library_event.id}"
    return shown_to_runner(library_event.id), 201, {"Location": location}


@blueprint.route("/<uuid:library_event_id>", methods=["PATCH"])
@requires(*RUNNERS)
@conditional
@blueprint.arguments(PlanChangesSchema)
@blueprint.response(200, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def change(body: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """Change the plan; a draft that moves gives its room back and asks anew."""
    parts = current_parts()
    command = ChangeLibraryEvent(
        library_event_id=library_event_id,
        by=current_actor(),
        changes=body,
        expected_version=version_read(library_event_id),
        hold_days=parts.settings.draft_hold_days,
    )
    change_library_event(command, uow=parts.uow(), clock=parts.clock)
    return shown_to_runner(library_event_id)


@blueprint.route("/<uuid:library_event_id>", methods=["DELETE"])
@requires(*RUNNERS)
@conditional
@blueprint.response(204)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def throw_away(library_event_id: UUID) -> None:
    """Throw a draft away; its room goes back."""
    parts = current_parts()
    command = DeleteDraft(
        library_event_id=library_event_id,
        by=current_actor(),
        expected_version=version_read(library_event_id),
    )
    delete_draft(command, uow=parts.uow(), clock=parts.clock)


@blueprint.route("/<uuid:library_event_id>/publish", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=False)
@versioned
@blueprint.response(200, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def publish(library_event_id: UUID) -> dict[str, Any]:
    """Put a draft on the public calendar; its room must be held."""
    parts = current_parts()
    command = PublishLibraryEvent(library_event_id=library_event_id, by=current_actor())
    publish_library_event(command, uow=parts.uow(), clock=parts.clock)
    return shown_to_runner(library_event_id)


@blueprint.route("/<uuid:library_event_id>/cancel", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=False)
@versioned
@blueprint.arguments(CancelSchema)
@blueprint.response(200, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def cancel(body: dict[str, Any], library_event_id: UUID) -> dict[str, Any]:
    """Call a published activity off; the room goes back, every sign-up is cancelled."""
    parts = current_parts()
    command = CancelLibraryEvent(
        library_event_id=library_event_id, by=current_actor(), reason=body["reason"]
    )
    cancel_library_event(command, uow=parts.uow(), clock=parts.clock)
    return shown_to_runner(library_event_id)


@blueprint.route("/<uuid:library_event_id>/close", methods=["POST"])
@requires(*RUNNERS)
@idempotent(required=False)
@versioned
@blueprint.response(200, LibraryEventSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def close(library_event_id: UUID) -> dict[str, Any]:
    """Settle an activity after its end: whoever did not come is a no-show, if that was measured."""
    parts = current_parts()
    command = CloseLibraryEvent(library_event_id=library_event_id, by=current_actor())
    close_library_event(command, uow=parts.uow(), clock=parts.clock)
    return shown_to_runner(library_event_id)
