"""A real day of a real university: 680 bookings, one of them a double booking."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import Engine, text

from infra.sample_campus import ucl
from infra.sample_campus.bus_by_hand import BusByHand
from infra.sample_campus.hands import Hands
from infra.sample_campus.progress import Tally
from shared.kernel.clock import SetClock
from shared.persistence.engine import make_engine
from tests.support.postgres import PostgresServer

# The day has 198 pairs of bookings in one room of which one ends when the other begins. One of them
# needs slot 1683746: when its rival was quicker, that pair cannot be.
PAIRS_KEPT_WITHOUT = {"1022229": 198, "1683746": 197}
ORDERS = 20


def hands_on(engine: Engine) -> Hands:
    clock = SetClock(ucl.ASKED_AT - timedelta(days=1))
    return Hands(clock=clock, bus=BusByHand([]), engines={"booking": engine})


@pytest.fixture(scope="module")
def with_rooms(postgres_server: PostgresServer) -> Iterator[str]:
    """A database with the rooms and no booking yet, to be copied."""
    url = postgres_server.fresh("booking")
    engine = make_engine(url)
    ucl.build_rooms(hands_on(engine))
    engine.dispose()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def hands(
    postgres_server: PostgresServer, with_rooms: str, open_engine: Callable[..., Engine]
) -> Iterator[Hands]:
    url = postgres_server.copy_of(with_rooms)
    engine = open_engine(url)
    yield hands_on(engine)
    engine.dispose()
    postgres_server.drop(url)


def kept_back_to_back_pairs(engine: Engine) -> int:
    statement = text(
        "SELECT space_id, lower(during) AS starts, upper(during) AS ends FROM reservation"
        " WHERE active ORDER BY space_id, starts"
    )
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
    return sum(a.space_id == b.space_id and a.ends == b.starts for a, b in pairwise(rows))


def test_of_680_real_bookings_all_but_the_double_one_are_accepted(hands: Hands) -> None:
    tally = Tally()
    refused = ucl.replay(hands, ucl.bookings(), tally)
    assert sum(tally.accepted.values()) == 679
    assert refused == ["1022229"]
    assert [code for _, code in tally.refused] == ["slot_taken"]
    assert kept_back_to_back_pairs(hands.engines["booking"]) == 198


@pytest.mark.parametrize("seed", range(ORDERS))
def test_whichever_order_they_arrive_in_the_later_of_the_two_rivals_is_refused(
    hands: Hands, seed: int
) -> None:
    day = ucl.bookings()
    Random(seed).shuffle(day)
    later = next(b.slot_id for b in reversed(day) if b.slot_id in PAIRS_KEPT_WITHOUT)
    assert ucl.replay(hands, day, Tally()) == [later]
    assert kept_back_to_back_pairs(hands.engines["booking"]) == PAIRS_KEPT_WITHOUT[later]


def test_control_without_the_constraint_the_double_booking_is_accepted(hands: Hands) -> None:
    with hands.engines["booking"].begin() as connection:
        constraint = connection.execute(
            text("SELECT conname FROM pg_constraint WHERE contype = 'x'")
        ).scalar_one()
        connection.execute(text(f'ALTER TABLE reservation DROP CONSTRAINT "{constraint}"'))
    assert ucl.replay(hands, ucl.bookings(), Tally()) == []
