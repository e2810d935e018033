"""The four services' commands, with a clock that can stand in the past and a bus moved by hand."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from gateway.persistence.unit_of_work import GatewayUnitOfWork
from infra.sample_campus.bus_by_hand import BusByHand
from services.booking.domain.actor import Actor
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from services.engagement.persistence.unit_of_work import EngagementUnitOfWork
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import named_id
from shared.persistence.transactions import OwnTransactions

LOADER: UUID = named_id("sample campus", "loader")
STAFF = Actor(LOADER, staff=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What the loader works with; each method gives the collaborators a service's commands take."""

    clock: SetClock
    bus: BusByHand
    engines: dict[str, Engine]

    def reserving(self) -> dict[str, Any]:
        """For booking's commands about reservations and rules."""
        transactions = OwnTransactions(self.engines["booking"])
        return {"uow": BookingUnitOfWork(transactions, clock=self.clock), "clock": self.clock}

    def inventory(self) -> dict[str, Any]:
        """For booking's commands about spaces and hours."""
        return self.reserving()

    def arranging(self) -> dict[str, Any]:
        """For the events service's commands."""
        transactions = OwnTransactions(self.engines["events"])
        return {"uow": EventsUnitOfWork(transactions, clock=self.clock), "clock": self.clock}

    def engaging(self) -> dict[str, Any]:
        """For engagement's commands."""
        transactions = OwnTransactions(self.engines["engagement"])
        return {"uow": EngagementUnitOfWork(transactions, clock=self.clock), "clock": self.clock}

    def admitting(self) -> dict[str, Any]:
        """For the gateway's commands."""
        transactions = OwnTransactions(self.engines["gateway"])
        return {"uow": GatewayUnitOfWork(transactions, clock=self.clock), "clock": self.clock}
