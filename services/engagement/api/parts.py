"""What the views work with, put together by the composition root."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import Connection

from services.engagement.domain.act import local_day
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.pseudonyms import Pseudonyms
from services.engagement.queries.figures import Disclosure
from shared.kernel.clock import Clock
from shared.kernel.refusal import NotAllowed
from shared.persistence.transactions import Transactions
from shared.web.identity import current_identity

EXTENSION = "atrium_engagement"
FIGURE_READERS = ("manager", "staff", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The collaborators of every view."""

    clock: Clock
    pseudonyms: Pseudonyms
    transactions: Transactions
    uow: Callable[[], UnitOfWork]
    smallest_cell: int
    zone: ZoneInfo

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection; inside an idempotent view, the one that has made the change."""
        with self.transactions.begin() as transaction:
            yield transaction.connection


def current_parts() -> Parts:
    """Return the parts of the app that answers."""
    return cast("Parts", current_app.extensions[EXTENSION])


def disclosure() -> Disclosure:
    """Return how few people are too few for a number to be shown, and what day it is."""
    parts = current_parts()
    today = local_day(parts.clock.now(), parts.zone)
    return Disclosure(hide_below=parts.smallest_cell, today=today)


def check_library(library_id: UUID | None) -> None:
    """Raise NotAllowed when the asker's role is limited to other libraries."""
    allowed = current_identity().libraries
    if allowed is not None and library_id not in allowed:
        raise NotAllowed
