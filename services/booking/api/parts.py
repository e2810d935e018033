"""What the views work with, put together by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import current_app

from services.booking.config import Settings
from services.booking.domain.actor import Actor
from services.booking.domain.closure_ports import ClosingUnitOfWork
from shared.web.identity import current_identity
from shared.web.service_parts import ServiceParts

EXTENSION = "atrium_booking"
STAFF_ROLES = ("staff", "manager", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts(ServiceParts):
    """The collaborators of every view."""

    settings: Settings
    uow: Callable[[], ClosingUnitOfWork]


def current_parts() -> Parts:
    """Return the parts of the app that answers."""
    return cast("Parts", current_app.extensions[EXTENSION])


def current_actor() -> Actor:
    """Return who is asking, as the commands want it."""
    identity = current_identity()
    return Actor(identity.patron_id, identity.has_any(*STAFF_ROLES), identity.libraries)
