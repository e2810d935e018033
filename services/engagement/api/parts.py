"""What the views work with, put together by the composition root."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import current_app
from sqlalchemy import Connection

from services.engagement.domain.figure import MANAGERS_HIDE_BELOW, STAFF_HIDE_BELOW
from services.engagement.domain.ports import UnitOfWork
from services.engagement.domain.pseudonyms import Pseudonyms
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

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection; inside an idempotent view, the one that has made the change."""
        with self.transactions.begin() as transaction:
            yield transaction.connection


def current_parts() -> Parts:
    """Return the parts of the app that answers."""
    return cast("Parts", current_app.extensions[EXTENSION])


def hide_below() -> int:
    """Return from how many people on a cell is shown to whoever asks."""
    internal = current_identity().has_any("staff", "admin")
    return STAFF_HIDE_BELOW if internal else MANAGERS_HIDE_BELOW


def check_library(library_id: UUID | None) -> None:
    """Raise NotAllowed when the asker's role is limited to other libraries."""
    allowed = current_identity().libraries
    if allowed is not None and library_id not in allowed:
        raise NotAllowed
