"""What the views work with, put together by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import current_app

from services.events.config import Settings
from services.events.domain.actor import Actor
from services.events.domain.ports import UnitOfWork
from shared.web.claims import Identity
from shared.web.identity import current_identity, visitor_or_none
from shared.web.service_parts import ServiceParts

EXTENSION = "atrium_events"
STAFF_ROLES = ("staff", "admin")
RUNNERS = ("organizer", *STAFF_ROLES)
"""Who may plan and run activities at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts(ServiceParts):
    """The collaborators of every view."""

    settings: Settings
    uow: Callable[[], UnitOfWork]


def current_parts() -> Parts:
    """Return the parts of the app that answers."""
    return cast("Parts", current_app.extensions[EXTENSION])


def current_actor() -> Actor:
    """Return who is asking, as the commands want it."""
    return actor_of(current_identity())


def actor_or_none() -> Actor | None:
    """Return who is asking, or None for a visitor who has not signed in."""
    identity = visitor_or_none()
    return None if identity is None else actor_of(identity)


def actor_of(identity: Identity) -> Actor:
    """Translate a verified token's claims."""
    return Actor(
        patron_id=identity.patron_id,
        organizer=identity.has_any("organizer"),
        staff=identity.has_any(*STAFF_ROLES),
        libraries=identity.libraries,
    )
