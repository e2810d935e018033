"""A service's outbox read as a log over HTTP: how others catch up or rebuild, page by page."""

from typing import Any, cast

import msgspec
from flask import current_app
from marshmallow import fields
from sqlalchemy import Engine

from shared.contracts.envelope import Envelope
from shared.messaging.log import read_log
from shared.web.blueprint import Blueprint
from shared.web.fields import WholeNumber
from shared.web.identity import current_identity
from shared.web.operation import document, needs_scope
from shared.web.problems import HttpProblem
from shared.web.schemas import StrictSchema

SCOPE = "log:read"
MOST_MESSAGES = 1000
LATEST = 10**18 - 1
"""The largest number that a query takes: eighteen digits."""


class LogArgs(StrictSchema):
    """Which part of the log."""

    after = WholeNumber(
        least=0,
        most=LATEST,
        from_text=True,
        load_default=0,
        metadata={
            "description": "Only messages after this `sequence`: the last one read. Remember it: "
            "`next_after` is null on the last page, and more may follow later."
        },
    )
    limit = WholeNumber(least=1, most=MOST_MESSAGES, from_text=True, load_default=500)


class LogPageSchema(StrictSchema):
    """CloudEvents in the order of their `sequence`; `next_after` is null on the last page."""

    items = fields.List(fields.Dict(keys=fields.String()))
    next_after = fields.Integer(
        allow_none=True,
        metadata={
            "description": "Ask on with it as `after`. null: these are the latest; later ask after "
            "the `sequence` of the last one read, which one has to remember."
        },
    )


def message_log_blueprint() -> Blueprint:
    """Return the operation `GET /log`: for administrators; a token needs the scope log:read."""
    blueprint = Blueprint("message_log", __name__, url_prefix="/log")
    answered = blueprint.response(200, LogPageSchema)(message_log)
    view = blueprint.arguments(LogArgs, location="query")(answered)
    document(view, secured=True, responses=(401, 403))
    blueprint.route("")(needs_scope(view, SCOPE))
    return blueprint


def message_log(args: dict[str, Any]) -> dict[str, Any]:
    """List everything this service has told the others, personal ids included."""
    _check_may_read()
    engine: Engine = current_app.extensions["atrium_engine"]
    limit: int = args["limit"]
    with engine.connect() as connection:
        found = read_log(connection, args["after"], limit)
    last = found[-1].sequence if len(found) == limit else None
    return {"items": [_plain(envelope) for envelope in found], "next_after": last}


def _plain(envelope: Envelope) -> dict[str, Any]:
    built = cast("dict[str, Any]", msgspec.to_builtins(envelope))
    return {name: value for name, value in built.items() if value is not None}


def _check_may_read() -> None:
    identity = current_identity()
    if not identity.has_any("admin"):
        raise HttpProblem("not_allowed", 403)
    if identity.scopes and SCOPE not in identity.scopes:
        raise HttpProblem("scope_missing", 403, numbers={"scope": SCOPE})
