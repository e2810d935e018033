"""How the platform stands: every service's readiness, backlog, desk and gaps on one page."""

from typing import Any

from flask import Blueprint, render_template
from sqlalchemy.exc import SQLAlchemyError

from gateway.pages import services, visitor
from gateway.pages.admin.desks import LISTENING, OWN
from gateway.pages.admin.words import service_words
from gateway.parts import current_parts
from shared.web.operations import how_it_stands

blueprint = Blueprint("admin_health", __name__, url_prefix="/admin/health")


@blueprint.get("")
@visitor.signed_in("admin")
def health() -> str:
    """Ask every service once."""
    found = {OWN: _own()}
    for name in LISTENING:
        if name != OWN:
            found[name] = services.if_it_answers(services.operations(name).how_it_stands)
    return render_template(
        "admin/health.html", parts=found, names=service_words(), now=current_parts().clock.now()
    )


def _own() -> dict[str, Any] | None:
    try:
        return how_it_stands()
    except SQLAlchemyError:
        return None
