"""Calendar feeds: a person's own behind a secret address, and a library's closed days."""

import hashlib
from typing import Any
from uuid import UUID

from flask import Response

from services.booking.api import calendars
from services.booking.api.feed_schemas import FeedArgs, FeedKeySchema
from services.booking.api.parts import current_parts
from services.booking.commands.issue_feed_key import (
    IssueFeedKey,
    RevokeFeedKey,
    issue_feed_key,
    revoke_feed_key,
)
from services.booking.queries import feeds, hours
from shared.kernel.refusal import NotFound
from shared.web.blueprint import Blueprint
from shared.web.etags import etag_of, unless_held
from shared.web.identity import current_identity, requires
from shared.web.language import current_language

blueprint = Blueprint("feeds", __name__)
PATH = "/api/booking/v1/feeds"
CALENDAR = "text/calendar"


@blueprint.route("/feed-keys", methods=["POST"])
@requires()
@blueprint.response(201, FeedKeySchema)
def issue_key() -> tuple[dict[str, str], int, dict[str, str]]:
    """Get the secret address of one's own calendar feed.

    It is shown this once; an address got before no longer works. Answers with a secret are not kept
    for an Idempotency-Key: sent again, the request gives yet another address.
    """
    parts = current_parts()
    command = IssueFeedKey(patron_id=current_identity().patron_id)
    key = issue_feed_key(command, uow=parts.uow(), clock=parts.clock)
    url = f"{parts.settings.public_url}{PATH}/{key}.ics"
    return {"key": key, "url": url}, 201, {"Cache-Control": "no-store"}


@blueprint.route("/feed-keys", methods=["DELETE"])
@requires()
@blueprint.response(204)
@blueprint.alt_response(404, response="NOT_FOUND")
def revoke_key() -> None:
    """Let the address of one's own feed no longer work."""
    parts = current_parts()
    command = RevokeFeedKey(patron_id=current_identity().patron_id)
    if not revoke_feed_key(command, uow=parts.uow(), clock=parts.clock):
        raise NotFound


@blueprint.route("/feeds/<string:key>.ics", methods=["GET"])
@blueprint.arguments(FeedArgs, location="query")
@blueprint.response(200, {"type": "string"}, content_type=CALENDAR)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_feed(args: dict[str, Any], key: str) -> Response:
    """Subscribe to one's own reservations; cancelled ones stay, marked, for thirty days."""
    parts = current_parts()
    with parts.reading() as connection:
        entries = feeds.entries_for(connection, key, parts.clock.now())
    body = calendars.of_reservations(entries, _language(args), parts.settings.public_url)
    return _answer(body, "private, no-cache")


@blueprint.route("/reservations/<uuid:reservation_id>.ics", methods=["GET"])
@requires()
@blueprint.arguments(FeedArgs, location="query")
@blueprint.response(200, {"type": "string"}, content_type=CALENDAR)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_one(args: dict[str, Any], reservation_id: UUID) -> Response:
    """Take one of one's own reservations into a calendar; it is the same entry as in the feed."""
    parts = current_parts()
    with parts.reading() as connection:
        entry = feeds.entry_of(connection, reservation_id, current_identity().patron_id)
    body = calendars.of_reservations([entry], _language(args), parts.settings.public_url)
    answer = _answer(body, "private, no-cache")
    answer.headers["Content-Disposition"] = f'attachment; filename="{reservation_id}.ics"'
    return answer


@blueprint.route("/libraries/<uuid:library_id>/closures.ics", methods=["GET"])
@blueprint.arguments(FeedArgs, location="query")
@blueprint.response(200, {"type": "string"}, content_type=CALENDAR)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_closures(args: dict[str, Any], library_id: UUID) -> Response:
    """Subscribe to the days on which a library is closed."""
    with current_parts().reading() as connection:
        library, closed = hours.closures(connection, library_id)
    return _answer(calendars.of_closures(library, closed, _language(args)), "public, max-age=300")


def _language(args: dict[str, Any]) -> str:
    language: str = args.get("language") or current_language()
    return language


def _answer(body: bytes, caching: str) -> Response:
    response = Response(body, content_type=f"{CALENDAR}; charset=utf-8")
    response.headers["ETag"] = etag_of(hashlib.sha256(body).hexdigest())
    response.headers["Cache-Control"] = caching
    response.headers["Vary"] = "Accept-Language"
    return unless_held(response)
