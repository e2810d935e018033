"""Looking for time: by when and how long, as a day grid, as a week."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from flask import Response
from sqlalchemy import Connection

from services.booking.api.availability_schemas import (
    AvailabilityArgs,
    AvailabilityForArgs,
    AvailabilitySchema,
    GridArgs,
    OccupancySchema,
    WeekArgs,
    alternative_shown,
)
from services.booking.api.lists import paged, words_of
from services.booking.api.parts import STAFF_ROLES, current_actor, current_parts
from services.booking.queries import availability
from services.booking.queries.inventory import SpaceFilter
from services.booking.queries.occupancy import occupancy
from shared.web.blueprint import Blueprint
from shared.web.identity import requires, visitor_or_none
from shared.web.operation import welcomes_anybody
from shared.web.problems import violation_shown

blueprint = Blueprint("availability", __name__)
Args = dict[str, Any]
FILTERS = (
    "space_id",
    "library_id",
    "floor_id",
    "zone_id",
    "space_type",
    "space_kind",
    "features",
    "accessible",
    "quiet",
)
DAYS_OF_A_WEEK = 7


@blueprint.route("/availability", methods=["GET"])
@welcomes_anybody
@blueprint.arguments(AvailabilityArgs, location="query")
@blueprint.response(200, AvailabilitySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def search(args: Args) -> Args:
    """Find spaces where a stay fits into a window of time.

    Who is signed in gets the rules of their class, and no time at which they are elsewhere.
    """
    identity, asked = visitor_or_none(), _asked(args)
    if identity is not None:
        asked = replace(asked, patron_id=identity.patron_id, patron_class=identity.patron_class)
    with current_parts().reading() as connection:
        return _found(connection, asked, args)


@blueprint.route("/patrons/<uuid:patron_id>/availability", methods=["GET"])
@requires(*STAFF_ROLES)
@blueprint.arguments(AvailabilityForArgs, location="query")
@blueprint.response(200, AvailabilitySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def search_for(args: Args, patron_id: UUID) -> Args:
    """Find spaces of one's library where somebody else's stay fits.

    The rules of that person's class count, and no time at which they are elsewhere is offered.
    """
    current_actor().insist_serves(args["library_id"])
    with current_parts().reading() as connection:
        asked = availability.asked_for(connection, _asked(args), patron_id)
        return _found(connection, asked, args)


def _asked(args: Args) -> availability.Asked:
    return availability.Asked(
        spaces=_filter(args),
        starts_at=args["starts_at"],
        ends_at=args["ends_at"],
        minutes=args["minutes"],
        party_size=args["party_size"],
    )


def _found(connection: Connection, asked: availability.Asked, args: Args) -> Args:
    answer = availability.search(connection, asked, current_parts().clock.now())
    instead = [alternative_shown(one) for one in answer.alternatives]
    page = paged(answer.possible, args, lambda one: one.place())
    return {
        **page,
        "because": violation_shown(answer.because) if answer.because else None,
        "alternatives": instead,
    }


@blueprint.route("/grid", methods=["GET"])
@welcomes_anybody
@blueprint.arguments(GridArgs, location="query")
@blueprint.alt_response(200, schema=OccupancySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_grid(args: Args) -> Response:
    """Read a library's day: when each space is open and when it is held."""
    return _occupancy(args, args["day"], 1)


@blueprint.route("/week", methods=["GET"])
@welcomes_anybody
@blueprint.arguments(WeekArgs, location="query")
@blueprint.alt_response(200, schema=OccupancySchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_week(args: Args) -> Response:
    """Read seven days of a library: when each space is open and when it is held."""
    return _occupancy(args, args["first_day"], DAYS_OF_A_WEEK)


def _occupancy(args: Args, first_day: Any, days: int) -> Response:
    identity = visitor_or_none()
    viewer = identity.patron_id if identity else None
    with current_parts().reading() as connection:
        found = occupancy(connection, _filter(args), first_day, days, viewer)
    # Thousands of stretches: dumping them by schema would take longer than all the rest.
    return Response(msgspec.json.encode(found), content_type="application/json")


def _filter(args: Mapping[str, Any]) -> SpaceFilter:
    named = {name: args[name] for name in FILTERS if name in args}
    return SpaceFilter(**{**named, "features": words_of(args.get("features"))})
