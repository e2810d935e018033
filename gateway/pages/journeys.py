"""The list of visitor journeys: what the site consists of."""

from collections.abc import Sequence

from flask import Blueprint

from gateway.pages import (
    figures,
    find_a_space,
    home,
    my_bookings,
    my_points,
    sign_in,
    suggestions,
    whats_on,
)

BLUEPRINTS: Sequence[Blueprint] = (
    home.blueprint,
    sign_in.blueprint,
    find_a_space.blueprint,
    my_bookings.blueprint,
    whats_on.blueprint,
    suggestions.blueprint,
    my_points.blueprint,
    figures.blueprint,
)
