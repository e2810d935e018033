"""What the views work with, put together by the composition root."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app

from services.engagement.domain import errors
from services.engagement.domain.act import local_day
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.pseudonyms import Pseudonyms
from services.engagement.queries.figures import Disclosure
from services.engagement.queries.names import is_known
from shared.kernel.refusal import NotAllowed
from shared.web.identity import current_identity
from shared.web.service_parts import ServiceParts

EXTENSION = "atrium_engagement"
FIGURE_READERS = ("manager", "staff", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts(ServiceParts):
    """The collaborators of every view."""

    pseudonyms: Pseudonyms
    uow: Callable[[], UnitOfWork]
    smallest_cell: int
    zone: ZoneInfo


def current_parts() -> Parts:
    """Return the parts of the app that answers."""
    return cast("Parts", current_app.extensions[EXTENSION])


def disclosure() -> Disclosure:
    """Return how few people are too few for a number to be shown, and what day it is."""
    parts = current_parts()
    today = local_day(parts.clock.now(), parts.zone)
    return Disclosure(hide_below=parts.smallest_cell, today=today)


def check_library(library_id: UUID | None) -> None:
    """Raise NotAllowed when the asker's role is limited to other libraries.

    LibraryUnknown for one nobody has told of: its figures would be noughts that look measured.
    """
    allowed = current_identity().libraries
    if allowed is not None and library_id not in allowed:
        raise NotAllowed
    if library_id is None:
        return
    with current_parts().reading() as connection:
        if not is_known(connection, library_id):
            raise errors.LibraryUnknown(library_id=str(library_id))
