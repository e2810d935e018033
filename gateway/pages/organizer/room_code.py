"""The code of the room, large on a projector, and as a QR code that leads to the activity."""

from uuid import UUID

from flask import render_template, url_for

from gateway.pages import services, visitor
from gateway.pages.organizer.activity import running
from gateway.pages.organizer.blueprint import ROLES, blueprint
from gateway.pages.tickets import qr_picture
from gateway.parts import current_parts


@blueprint.get("/<uuid:library_event_id>/code")
@visitor.signed_in(*ROLES)
def room_code(library_event_id: UUID) -> str:
    """Show the digits of this minute; the page renews itself when they change."""
    found, _etag = running(library_event_id)
    shown, problem = services.answered_or_problem(
        lambda: services.organizing().shown_code(library_event_id)
    )
    address = url_for(
        "whats_on.activity", library_event_id=library_event_id, code=shown["code"] if shown else ""
    )
    return render_template(
        "organizer/room_code.html",
        activity=found,
        shown=shown,
        problem=problem,
        picture=qr_picture(f"{current_parts().settings.public_url}{address}"),
    )
