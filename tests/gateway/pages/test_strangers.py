"""Strangers who look at pages are counted one by one, not all together as the gateway."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gateway.clients.service import ApiProblem, Request
from gateway.pages.services import booking
from shared.kernel.clock import SetClock
from shared.web.visitor import VISITOR
from tests.support.booking_builders import NOW
from tests.support.gateway_house import House, open_house

LIMIT = 3
LIBRARIES = Request("GET", "/libraries")


@pytest.fixture
def house(
    fresh_database: Callable[[str], str], embedded_broker_url: str, tmp_path: Path
) -> Iterator[House]:
    opened = open_house(
        fresh_database, embedded_broker_url, tmp_path, SetClock(NOW), rate_limit=LIMIT
    )
    yield opened
    opened.close()


def look(house: House, address: str, **headers: str) -> str:
    """Ask as a page does for a stranger at this address; tell how it went."""
    visit = house.apps["gateway"].test_request_context(
        "/", environ_base={"REMOTE_ADDR": address}, headers=headers
    )
    with visit:
        try:
            booking().service.ask(LIBRARIES)
        except ApiProblem as problem:
            return problem.code
    return "shown"


def test_who_looks_too_often_keeps_no_other_stranger_out(house: House) -> None:
    noisy = [look(house, "10.0.0.1") for _ in range(LIMIT + 1)]
    assert noisy == ["shown"] * LIMIT + ["rate_limited"]
    assert look(house, "10.0.0.2") == "shown"


def test_nobody_becomes_another_stranger_by_a_header(house: House) -> None:
    for _ in range(LIMIT):
        look(house, "10.0.0.1")
    for name in (VISITOR, "X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert look(house, "10.0.0.1", **{name: "10.9.9.9"}) == "rate_limited"


def test_without_a_key_to_sign_with_strangers_still_see_their_pages(house: House) -> None:
    with house.parts.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM signing_key")
    house.parts.keys.forget()
    assert look(house, "10.0.0.1") == "shown"
