"""The organizer's journey with all its pages."""

from flask import Blueprint

from gateway.pages.organizer import (  # noqa: F401  # imported for the addresses they add
    activity,
    acts,
    door,
    door_scans,
    mine,
    moving,
    planning,
    results,
    room_code,
    sign_ups,
)
from gateway.pages.organizer.blueprint import blueprint


def whole_journey() -> Blueprint:
    """Return the blueprint, every page of it at its address."""
    return blueprint
