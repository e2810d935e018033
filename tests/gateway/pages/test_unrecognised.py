"""A service that no longer takes somebody's token: they sign in anew, and no words are lost."""

import pytest

from tests.gateway.pages.test_unsent import KEPT, OURS, PAGE, SEND, hidden, written
from tests.support.gateway_builders import PASSWORD
from tests.support.gateway_house import House
from tests.support.gateway_pages import form_token
from tests.support.platform_campus import PlatformCampus


@pytest.mark.usefixtures("campus_told")
@pytest.mark.parametrize("language", KEPT)
def test_who_is_not_recognised_while_writing_signs_in_and_sends_the_same_words(
    house: House, campus: PlatformCampus, language: str
) -> None:
    writer = house.person(language=language)
    token = form_token(writer.browser.get(PAGE))
    house.distrustful.add("engagement")
    spoken = {**OURS, "Accept-Language": language}
    asked = writer.browser.post(PAGE, data=written(campus, token), headers=spoken)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 403
    assert KEPT[language] in page
    assert "for &lt;all&gt;" in page
    house.distrustful.clear()
    who = {"login": writer.account.login, "password": PASSWORD}
    signed_in = writer.browser.post("/sign-in", data={**hidden(page, "/sign-in"), **who})
    again = signed_in.get_data(as_text=True)
    assert SEND[language] in again
    assert writer.get("/api/engagement/v1/suggestions")["items"] == [], "nothing is sent by itself"
    made = writer.browser.post(PAGE, data=hidden(again, PAGE), headers=OURS)
    assert made.status_code == 302
    (kept,) = writer.get("/api/engagement/v1/suggestions")["items"]
    assert kept["title"] == "More plants upstairs"


@pytest.mark.usefixtures("campus")
def test_who_is_not_recognised_while_reading_signs_in_and_comes_back(house: House) -> None:
    reader = house.person()
    house.distrustful.add("booking")
    asked = reader.browser.get("/my-bookings?view=past")
    page = asked.get_data(as_text=True)
    assert asked.status_code == 403
    assert reader.account.login not in page
    house.distrustful.clear()
    who = {"login": reader.account.login, "password": PASSWORD}
    signed_in = reader.browser.post("/sign-in", data={**hidden(page, "/sign-in"), **who})
    assert signed_in.location == "/my-bookings?view=past"


def test_words_another_site_sent_are_not_offered_to_be_sent(
    house: House, campus: PlatformCampus
) -> None:
    writer = house.person()
    token = form_token(writer.browser.get(PAGE))
    house.distrustful.add("engagement")
    asked = writer.browser.post(PAGE, data=written(campus, token))
    assert asked.status_code == 403
    assert "More plants upstairs" not in asked.get_data(as_text=True)
