"""What a page asks for while one stays on it: a no reaches the reader as a yes does."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import LivedIn
from tests.support.browser import looking
from tests.support.platform_campus import local_midnight

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def look_for_a_space(page: Page, lived_in: LivedIn) -> None:
    page.goto(f"{lived_in.base_url}/find?day={local_midnight(2):%Y-%m-%d}&earliest=09:00")
    expect(page.locator("#results h2")).to_be_visible()


def test_a_refused_search_takes_the_place_of_what_was_found_before(
    lived_in: LivedIn, browser: Browser
) -> None:
    with looking(browser) as page:
        look_for_a_space(page, lived_in)
        page.fill("#latest", "08:00")
        page.locator("#latest").dispatch_event("change")
        expect(page.locator("#results [role=alert]")).to_be_visible()
        expect(page.locator("#results .times")).to_have_count(0)
        expect(page.locator("#latest")).to_have_value("08:00")


def test_a_page_that_lacks_the_part_asked_for_is_opened_whole(
    lived_in: LivedIn, browser: Browser
) -> None:
    with looking(browser) as page:
        look_for_a_space(page, lived_in)
        elsewhere = "<!doctype html><title>Away</title><h1>Away just now</h1>"
        page.route("**/find?*", lambda asked: asked.fulfill(status=503, body=elsewhere))
        page.fill("#party", "2")
        page.locator("#party").dispatch_event("change")
        expect(page.get_by_role("heading", name="Away just now")).to_be_visible()
