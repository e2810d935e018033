"""Desks, health and the reference of every interface, by page, on the real services."""

from pathlib import Path

import pytest

from shared.kernel.clock import SetClock
from tests.support.gateway_builders import NOON
from tests.support.gateway_house import House, Visitor, links

PARK = """
INSERT INTO parked_message (source, message_id, type, body, reason, attempts, status)
VALUES ('/atrium/events', %(id)s, 'events.room.requested.v1', '{"b": "<script>"}',
        'no such space', 8, 'dead')
"""


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def chief(house: House) -> Visitor:
    return house.person("admin")


def park(house: House, *ids: str, service: str = "booking") -> None:
    with house.apps[service].extensions["atrium_engine"].begin() as connection:
        for one in ids:
            connection.exec_driver_sql(PARK, {"id": one})


def test_an_undelivered_message_is_read_tried_again_and_let_go(
    house: House, chief: Visitor
) -> None:
    assert chief.see("/admin/undelivered").count("Nothing here") == 4
    park(house, "first")
    page = chief.see("/admin/undelivered")
    assert "no such space" in page
    [address] = links(page, "/admin/undelivered/booking/")
    raw = chief.browser.get(address).get_data(as_text=True)
    assert "&lt;script&gt;" in raw
    chief.send(address, f"{address}/replay")
    assert "Being tried again" in chief.see(address)
    refused = chief.send(address, f"{address}/discard", reason="x")
    assert refused.status_code == 422
    chief.send(address, f"{address}/discard", reason="the space is gone")
    assert chief.see("/admin/undelivered").count("Nothing here") == 4
    assert "the space is gone" in chief.see(address)


def test_the_gateways_own_desk_is_looked_after_as_well(house: House, chief: Visitor) -> None:
    park(house, "first", service="gateway")
    [address] = links(chief.see("/admin/undelivered"), "/admin/undelivered/gateway/")
    chief.send(address, f"{address}/replay")
    assert "Being tried again" in chief.see(address)
    chief.send(address, f"{address}/discard", reason="nobody needs it")
    assert "nobody needs it" in chief.see(address)
    assert chief.see("/admin/undelivered").count("Nothing here") == 4


@pytest.mark.parametrize(
    "path",
    [
        "/admin/undelivered/gateway/99",
        "/admin/undelivered/nowhere/1",
        "/admin/undelivered/booking/99",
        "/admin/undelivered/booking/99999999999999999999999",
        "/developers/nowhere",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(path: str, chief: Visitor) -> None:
    assert chief.browser.get(path).status_code == 404


def test_health_shows_every_part_and_says_which_is_away(house: House, chief: Visitor) -> None:
    park(house, "first")
    page = chief.see("/admin/health")
    assert page.count(">Ready<") == 4
    assert "1 given up" in page
    house.closed.add("events")
    page = chief.see("/admin/health")
    assert page.count(">Ready<") == 3
    assert page.count("Does not answer") == 1


def test_the_reference_shows_every_operation_of_every_service(house: House) -> None:
    stranger = Visitor(house, house.apps["gateway"].test_client(), house.person().account)
    for service, app in house.apps.items():
        document = app.test_client().get(f"/api/{service}/v1/openapi.json").get_json()
        page = stranger.see(f"/developers/{service}")
        for path, methods in document["paths"].items():
            assert f"<code>{path}</code>" in page
            for told in (one for one in methods.values() if isinstance(one, dict)):
                assert told.get("summary", "") in page
        anchors = {part.split('"')[0] for part in page.split(' id="')[1:]}
        for link in links(page, "#"):
            assert link[1:] in anchors, (service, link)


def test_every_message_is_shown_with_who_says_and_hears_it(house: House) -> None:
    stranger = Visitor(house, house.apps["gateway"].test_client(), house.person().account)
    page = stranger.see("/developers/messages")
    assert "booking.reservation.confirmed.v1" in page
    assert "Heard by" in page
    assert 'href="/developers/events#get-api-events-v1-log"' in page
    answer = stranger.browser.get("/developers/asyncapi.yaml")
    kept = Path(__file__).resolve().parents[3] / "docs" / "asyncapi.yaml"
    assert answer.get_data(as_text=True) in kept.read_text(encoding="utf-8")
    assert "OpenAPI 3.1" in stranger.see("/developers")
