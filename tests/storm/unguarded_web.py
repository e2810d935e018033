"""The doors of the controls' web servers: each is the platform's own with one guard taken off."""

from typing import TYPE_CHECKING

from infra.local.web import build
from services.booking.persistence import patrons
from services.events import app as events_app
from tests.events.races.storm import UnguardedWork
from tests.support.guards_off import PERSON_NOT_LOCKED

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def without_the_persons_lock() -> "WSGIApplication":
    """Quotas are counted while the same person reserves elsewhere."""
    patrons.LOCK = PERSON_NOT_LOCKED
    return build()


def without_the_activitys_lock() -> "WSGIApplication":
    """Places are counted while others take and leave them."""
    events_app.EventsUnitOfWork = UnguardedWork  # type: ignore[misc]  # the guard is in the class
    return build()
