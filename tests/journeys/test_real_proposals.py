"""Real proposals of citizens go through the commands everybody's suggestions go through."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from infra.sample_campus import madrid
from infra.sample_campus.bus_by_hand import BusByHand
from infra.sample_campus.hands import Hands
from infra.sample_campus.progress import Tally
from services.engagement.domain.errors import LibraryUnknown
from shared.kernel.clock import SetClock
from tests.support.gateway_house import House
from tests.support.house_fixture import house

__all__ = ["house"]
SUPPORTERS = [uuid4() for _ in range(600)]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 24, 4, tzinfo=UTC))


def hands_of(house: House, clock: SetClock) -> Hands:
    engines = {worker.service: worker.engine for worker in house.workers}
    return Hands(clock=clock, bus=BusByHand(house.workers), engines=engines)


def test_all_80_are_made_and_supported_by_a_person_for_each_hundred(
    house: House, clock: SetClock
) -> None:
    tally = Tally()
    assert madrid.load_madrid(hands_of(house, clock), tally, SUPPORTERS) == 80
    assert tally.accepted["Decide Madrid: suggestions"] == 80
    assert tally.accepted["Decide Madrid: supports"] > 2000
    assert not tally.refused


def test_a_sample_that_does_not_fit_stops_instead_of_counting_refusals(
    house: House, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(madrid, "define_the_forum", lambda _hands: None)
    with pytest.raises(LibraryUnknown):
        madrid.load_madrid(hands_of(house, clock), Tally(), SUPPORTERS)
