"""What the views work with, put together by the composition root."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from flask import current_app
from sqlalchemy import Connection

from services.booking.config import Settings
from services.booking.domain.actor import Actor
from services.booking.domain.closure_ports import ClosingUnitOfWork
from shared.kernel.clock import Clock
from shared.persistence.transactions import Transactions
from shared.web.identity import current_identity

EXTENSION = "atrium_booking"
STAFF_ROLES = ("staff", "manager", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The collaborators of every view."""

    settings: Settings
    clock: Clock
    transactions: Transactions
    uow: Callable[[], ClosingUnitOfWork]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection; inside an idempotent view, the one that has made the change."""
        with self.transactions.begin() as transaction:
            yield transaction.connection


def current_parts() -> Parts:
    """Return the parts of the app that answers."""
    return cast("Parts", current_app.extensions[EXTENSION])


def current_actor() -> Actor:
    """Return who is asking, as the commands want it."""
    identity = current_identity()
    return Actor(identity.patron_id, identity.has_any(*STAFF_ROLES), identity.libraries)
