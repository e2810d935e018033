"""Booking's collaborators: a clock that stands still, and both units of work."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from services.booking.domain.ports import BookingUnitOfWork as Port
from services.booking.persistence.unit_of_work import BookingUnitOfWork
from shared.kernel.clock import SetClock
from shared.persistence.transactions import OwnTransactions
from tests.support.booking_builders import NOW, furnish
from tests.support.booking_fakes import FakeBookingUnitOfWork


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOW)


@pytest.fixture
def bare_engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    """Booking's database with nothing in it."""
    return open_engine(fresh_database("booking"), pool_size=20)


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """Booking's database with the small library in it."""
    furnish(bare_engine)
    return bare_engine


@pytest.fixture(params=["memory", "postgres"])
def uow(request: pytest.FixtureRequest, clock: SetClock) -> Port:
    """Both: whatever holds for one holds for the other."""
    if request.param == "memory":
        return FakeBookingUnitOfWork()
    return BookingUnitOfWork(OwnTransactions(request.getfixturevalue("engine")), clock=clock)
