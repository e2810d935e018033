"""How a service stands, in one answer for administrators: ready or not, backlog, desk, gaps."""

from typing import Any

from flask import current_app
from marshmallow import fields

from shared.messaging.metrics import read_figures
from shared.web.blueprint import Blueprint
from shared.web.health import checked
from shared.web.identity import requires
from shared.web.schemas import StrictSchema


class CheckSchema(StrictSchema):
    """One thing needed to serve."""

    name = fields.String(required=True)
    passed = fields.Boolean(required=True)


class OutboxSchema(StrictSchema):
    """Messages said and not yet with the broker."""

    waiting = fields.Integer(required=True)
    oldest_seconds = fields.Float(
        required=True, metadata={"description": "Age of the oldest that waits; 0 when none does."}
    )


class ParkedCountsSchema(StrictSchema):
    """Messages that could not be handled, by what becomes of them."""

    retrying = fields.Integer(required=True)
    dead = fields.Integer(required=True)
    discarded = fields.Integer(required=True)


class MissingSchema(StrictSchema):
    """Messages of a source that were never heard."""

    source = fields.String(required=True)
    missing = fields.Integer(required=True)


class OperationsSchema(StrictSchema):
    """How the service stands."""

    service = fields.String(required=True)
    ready = fields.Boolean(required=True)
    checks = fields.List(fields.Nested(CheckSchema), required=True)
    outbox = fields.Nested(OutboxSchema, required=True)
    desk = fields.Nested(ParkedCountsSchema, required=True)
    missing = fields.List(fields.Nested(MissingSchema), required=True)


def operations_blueprint() -> Blueprint:
    """Return the operation `GET /operations`."""
    blueprint = Blueprint("operations", __name__, url_prefix="/operations")
    answered = blueprint.response(200, OperationsSchema)(how_it_stands)
    documented = blueprint.alt_response(503, response="SERVICE_UNAVAILABLE")(answered)
    blueprint.route("")(requires("admin")(documented))
    return blueprint


def how_it_stands() -> dict[str, Any]:
    """Tell readiness, outbox backlog, dead-letter desk and missing messages."""
    passed = checked()
    figures = read_figures(current_app.extensions["atrium_engine"])
    return {
        "service": current_app.extensions["atrium_service"],
        "ready": all(passed.values()),
        "checks": [{"name": name, "passed": passed[name]} for name in sorted(passed)],
        "outbox": {"waiting": figures.waiting, "oldest_seconds": figures.oldest_seconds},
        "desk": {name: figures.parked.get(name, 0) for name in ("retrying", "dead", "discarded")},
        "missing": [
            {"source": source, "missing": count}
            for source, count in sorted(figures.missing.items())
            if count
        ],
    }
