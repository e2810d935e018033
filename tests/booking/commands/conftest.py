"""Everything in memory: what commands decide is tested here, what PostgreSQL holds elsewhere."""

import pytest

from shared.kernel.clock import SetClock
from tests.booking.commands.desk import Desk
from tests.support.booking_fakes import FakeBookingUnitOfWork


@pytest.fixture
def desk(clock: SetClock) -> Desk:
    return Desk(FakeBookingUnitOfWork(), clock)
