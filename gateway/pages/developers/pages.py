"""For developers: how to get a token, every operation of every service, every message."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from flask import Blueprint, Response, abort, current_app, render_template

from gateway.pages import services
from gateway.pages.admin.words import service_words
from gateway.pages.developers.lines import exchange_line, log_line
from gateway.pages.developers.messages import envelope_rows, messages_from
from gateway.pages.developers.names import SERVICES
from gateway.pages.developers.problem_codes import codes_of
from gateway.pages.developers.reference import anchor, reference_from
from gateway.pages.language import NAMES
from gateway.parts import current_parts
from shared.messaging.asyncapi import asyncapi

blueprint = Blueprint("developers", __name__, url_prefix="/developers")


@blueprint.get("")
def index() -> str:
    """Show where to begin."""
    public_url = current_parts().settings.public_url.rstrip("/")
    return render_template(
        "developers/index.html",
        names=service_words(),
        services=SERVICES,
        exchange=exchange_line(public_url, "atr_…"),
        first=f"curl -s {public_url}/api/booking/v1/reservations \\\n"
        '  -H "Authorization: Bearer $TOKEN"',
    )


@blueprint.get("/<service>")
def reference(service: str) -> str:
    """Show everything a service can be asked."""
    if service not in SERVICES:
        abort(404)
    document, parts = _document(service), current_parts()
    return render_template(
        "developers/reference.html",
        reference=reference_from(
            document, parts.settings.public_url, parts.clock.now().date(), _known()
        ),
        codes=codes_of(service),
        tongues=NAMES,
        service=service,
        names=service_words(),
        services=SERVICES,
    )


@blueprint.get("/messages")
def messages() -> str:
    """Show what services tell each other."""
    document = asyncapi()
    return render_template(
        "developers/messages.html",
        messages=messages_from(document, current_parts().clock.now().date()),
        envelope=envelope_rows(document),
        anchor=anchor,
        read_on=log_line(current_parts().settings.public_url.rstrip("/")),
        names=service_words(),
        services=SERVICES,
    )


@blueprint.get("/asyncapi.yaml")
def messages_document() -> Response:
    """Hand out the AsyncAPI document."""
    return Response(_asyncapi_text(), mimetype="application/yaml")


def _known() -> dict[str, str]:
    """Return ids for examples: of the library with the most spaces, and of the largest of these."""
    places = services.if_it_answers(services.places)
    libraries = places.bookable_libraries() if places else []
    if not places or not libraries:
        return {}
    library = str(libraries[0]["id"])
    inside = [one for one in places.spaces.values() if one["library_id"] == library]
    space = str(max(inside, key=lambda one: one["capacity"])["id"])
    return {"library": library, "library_id": library, "space": space, "space_id": space}


@cache
def _asyncapi_text() -> str:
    return yaml.safe_dump(asyncapi(), sort_keys=False, allow_unicode=True, width=100)


def _document(service: str) -> Mapping[str, Any]:
    if service == current_app.extensions["atrium_service"]:
        found: Mapping[str, Any] = current_app.extensions["atrium_api"].spec.to_dict()
        return found
    return services.document_of(service)
