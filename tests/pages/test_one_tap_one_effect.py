"""However often one taps, goes back or has two tabs open: one booking, one place."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.conftest import LivedIn
from tests.pages.lived_in import LAST_VISITOR
from tests.support.browser import fill_in_sign_in, looking
from tests.support.platform_campus import BOOKING, EVENTS, local_midnight
from tests.support.platform_people import PASSWORD, Person, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
BOOK = 'form[action="/find/book"] button.primary'
SIGN_UP = 'form[action$="/sign-up"] button.primary'
TWICE = """(selector) => {
    const button = document.querySelector(selector);
    button.click();
    button.click();
}"""


@pytest.fixture
def visitor(lived_in: LivedIn) -> Person:
    """Somebody with an account and nothing in it; every process of a run asks the same platform."""
    login = f"{LAST_VISITOR}-taps-{uuid4().hex[:8]}"
    lived_in.admit(login, "en")
    return sign_in(lived_in.platform.client, login)


@pytest.fixture
def page(
    lived_in: LivedIn, visitor: Person, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Page]:
    with looking(browser, scripts=getattr(request, "param", True)) as page:
        page.goto(f"{lived_in.base_url}/sign-in")
        fill_in_sign_in(page, visitor.get("/api/gateway/v1/me")["login"], PASSWORD)
        page.wait_for_url(f"{lived_in.base_url}/")
        yield page


def confirm_page(lived_in: LivedIn, hours: int) -> str:
    starts = local_midnight(5) + timedelta(hours=hours)
    stay = {"space_id": lived_in.space_id, "starts_at": starts.isoformat(), "minutes": 60}
    return f"{lived_in.base_url}/find/confirm?{urlencode(stay)}"


def bookings(visitor: Person) -> int:
    return len(visitor.get(f"{BOOKING}/reservations")["items"])


@pytest.mark.parametrize("page", [True, False], indirect=True, ids=["scripts", "no scripts"])
def test_two_taps_book_once(
    lived_in: LivedIn, visitor: Person, page: Page, request: pytest.FixtureRequest
) -> None:
    hours = 8 if request.node.callspec.params["page"] else 10
    page.goto(confirm_page(lived_in, hours))
    page.dblclick(BOOK, no_wait_after=True)
    page.wait_for_url("**/my-bookings/*")
    assert "Booked" in page.inner_text("main")
    assert bookings(visitor) == 1


def test_who_goes_back_after_booking_and_taps_again_books_nothing_more(
    lived_in: LivedIn, visitor: Person, page: Page
) -> None:
    page.goto(confirm_page(lived_in, 12))
    page.click(BOOK)
    page.wait_for_url("**/my-bookings/*")
    page.go_back()
    page.wait_for_url("**/find/confirm**")
    page.click(BOOK)
    page.wait_for_load_state("networkidle")
    assert bookings(visitor) == 1


def test_two_tabs_with_the_same_form_book_once(
    lived_in: LivedIn, visitor: Person, page: Page
) -> None:
    second = page.context.new_page()
    for tab in (page, second):
        tab.goto(confirm_page(lived_in, 14))
    page.click(BOOK)
    page.wait_for_url("**/my-bookings/*")
    second.click(BOOK)
    second.wait_for_selector('[role="alert"]')
    assert "another reservation" in second.inner_text('[role="alert"]')
    assert bookings(visitor) == 1


def test_two_taps_sign_up_once_and_so_do_two_tabs(
    lived_in: LivedIn, visitor: Person, page: Page
) -> None:
    calendar = visitor.get(f"{EVENTS}/library-events")["items"]
    activity = next(one for one in calendar if one["places"]["free"])
    address = f"{lived_in.base_url}/whats-on/{activity['id']}"
    second = page.context.new_page()
    for tab in (page, second):
        tab.goto(address)
    page.evaluate(TWICE, SIGN_UP)
    page.wait_for_selector("text=You have a place")
    second.click(SIGN_UP)
    second.wait_for_load_state("networkidle")
    mine = visitor.get(f"{EVENTS}/registrations")["items"]
    assert [one["status"] for one in mine] == ["confirmed"]
