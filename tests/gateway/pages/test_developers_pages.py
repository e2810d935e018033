"""The reference for developers: what codes mean, who needs a token, what holds everywhere."""

import pytest

from gateway.pages.developers.names import SERVICES
from tests.support.gateway_house import House, Visitor


@pytest.fixture
def stranger(house: House) -> Visitor:
    return Visitor(house, house.apps["gateway"].test_client(), house.person().account)


def test_the_type_of_a_problem_is_a_page_in_both_languages(house: House, stranger: Visitor) -> None:
    refused = house.apps["events"].test_client().get("/api/events/v1/registrations")
    assert refused.json["type"] == "/problems/not_signed_in"
    page = stranger.see(refused.json["type"])
    assert "This needs a signed-in person." in page
    assert "该操作需要登录。" in page
    assert "In every service" in page


def test_a_code_that_two_services_use_differently_is_explained_for_each(stranger: Visitor) -> None:
    page = stranger.see("/problems/party_too_large")
    assert "one sign-up may take {limit}" in page
    leading = {name: page.count(f'href="/developers/{name}"') for name in SERVICES}
    assert leading == {"booking": 2, "events": 2, "engagement": 1, "gateway": 1}


def test_a_code_nobody_uses_is_not_found(stranger: Visitor) -> None:
    assert stranger.browser.get("/problems/no_such_code").status_code == 404


def test_every_operation_says_whether_it_needs_a_token_and_with_which_scope(
    stranger: Visitor,
) -> None:
    page = stranger.see("/developers/booking")
    assert "Once only: a POST that takes <code>Idempotency-Key</code>" in page
    [week] = [part for part in page.split("<article") if 'id="get-api-booking-v1-week"' in part]
    assert "with one, the answer is for its person" in week
    assert "<code>booking:read</code>" in week
    [log] = [part for part in page.split("<article") if 'id="get-api-booking-v1-log"' in part]
    assert "<code>log:read</code>" in log
    assert "<code>events:write</code>" in stranger.see("/developers")


def test_the_reference_of_a_service_lists_all_its_codes(house: House, stranger: Visitor) -> None:
    for service, app in house.apps.items():
        listed = app.test_client().get(f"/api/{service}/v1/problems").json["items"]
        page = stranger.see(f"/developers/{service}")
        for one in listed:
            assert f'id="problem-{one["code"]}"' in page
            assert one["sentences"]["zh-CN"] in page
