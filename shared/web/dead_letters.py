"""The dead-letter desk over HTTP, for administrators: look, have tried again, let go."""

from typing import Any, cast

import structlog
from flask import current_app
from marshmallow import fields, validate
from sqlalchemy import Engine

from shared.messaging import desk
from shared.messaging.desk import ParkedMessage
from shared.web.blueprint import Blueprint
from shared.web.fields import MOST_64, FreeText, UtcDateTime
from shared.web.identity import current_identity, requires
from shared.web.paging import PageArgs, make_cursor, page, page_of, read_cursor
from shared.web.schemas import StrictSchema

STATUSES = ("retrying", "dead", "discarded")
ON_THE_DESK = ("retrying", "dead")
SHORTEST_REASON, LONGEST_REASON = 3, 500
_log = structlog.get_logger()


class DeadLetterArgs(PageArgs):
    """Which of them."""

    status = fields.String(
        validate=validate.OneOf(STATUSES),
        load_default=None,
        metadata={"description": "Left out: retrying and dead."},
    )


class DeadLetterSchema(StrictSchema):
    """A message that could not be handled; dead: nobody tries any more."""

    position = fields.Integer(required=True)
    source = fields.String(required=True, metadata={"description": "Who said it."})
    message_id = fields.String(required=True)
    type = fields.String(required=True)
    reason = fields.String(
        required=True, metadata={"description": "Why it was not handled, or was let go."}
    )
    attempts = fields.Integer(required=True)
    status = fields.String(
        required=True,
        validate=validate.OneOf(STATUSES),
        metadata={"description": "Whether it is tried again, no longer, or was let go."},
    )
    parked_at = UtcDateTime(required=True)
    next_attempt_at = UtcDateTime(
        required=True, allow_none=True, metadata={"description": "null: it is not tried any more."}
    )


class WholeDeadLetterSchema(DeadLetterSchema):
    """The same with the message as it came: usually a CloudEvent, but it may be anything."""

    body = fields.String(required=True)


class DiscardSchema(StrictSchema):
    """Why a message is let go; kept beside it."""

    reason = FreeText(required=True, least=SHORTEST_REASON, most=LONGEST_REASON)


class ReplayedSchema(StrictSchema):
    """How many are to be tried again."""

    count = fields.Integer(required=True)


def dead_letters_blueprint() -> Blueprint:
    """Return the operations under /dead-letters."""
    blueprint = Blueprint("dead_letters", __name__, url_prefix="/dead-letters")
    one = f"/<int(max={MOST_64}):position>"
    paged = blueprint.response(200, page_of(DeadLetterSchema))(list_letters)
    paged = blueprint.arguments(DeadLetterArgs, location="query")(paged)
    blueprint.route("")(requires("admin")(paged))
    again = blueprint.response(200, ReplayedSchema)(replay_all)
    blueprint.route("/replay", methods=["POST"])(requires("admin")(again))
    whole = blueprint.response(200, WholeDeadLetterSchema)
    blueprint.route(one)(requires("admin")(whole(one_letter)))
    blueprint.route(f"{one}/replay", methods=["POST"])(requires("admin")(whole(replay_letter)))
    let_go = blueprint.arguments(DiscardSchema)(whole(discard_letter))
    blueprint.route(f"{one}/discard", methods=["POST"])(requires("admin")(let_go))
    return blueprint


def list_letters(args: dict[str, Any]) -> dict[str, Any]:
    """List what could not be handled, oldest first."""
    place = read_cursor(args.get("cursor"), int)
    limit: int = args["limit"]
    statuses = (args["status"],) if args["status"] else ON_THE_DESK
    with _engine().connect() as connection:
        found = desk.parked_messages(
            connection, statuses=statuses, after=place[0] if place else 0, limit=limit + 1
        )
    items = found[:limit]
    return page(items, make_cursor(items[-1].position) if len(found) > limit else None)


def one_letter(position: int) -> ParkedMessage:
    """Read one wholly."""
    with _engine().connect() as connection:
        return desk.parked_message(connection, position)


def replay_letter(position: int) -> ParkedMessage:
    """Have one tried again, a discarded one too; the worker does it within a second."""
    with _engine().begin() as connection:
        desk.replay(connection, position)
        parked = desk.parked_message(connection, position)
    _note("dead_letter_replayed", position=position)
    return parked


def replay_all() -> dict[str, int]:
    """Have everything on the desk tried again, except what was discarded."""
    with _engine().begin() as connection:
        count = desk.replay(connection)
    _note("dead_letters_replayed", count=count)
    return {"count": count}


def discard_letter(body: dict[str, str], position: int) -> ParkedMessage:
    """Let one go for a reason."""
    with _engine().begin() as connection:
        desk.discard(connection, position, body["reason"])
        parked = desk.parked_message(connection, position)
    _note("dead_letter_discarded", position=position)
    return parked


def _engine() -> Engine:
    return cast("Engine", current_app.extensions["atrium_engine"])


def _note(what: str, **numbers: int) -> None:
    _log.info(what, patron=str(current_identity().patron_id), **numbers)
