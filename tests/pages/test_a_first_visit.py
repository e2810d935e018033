"""From the landing page to a booking: in few pages, by keyboard alone, without a script."""

import gzip
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.pages.conftest import LivedIn
from tests.pages.lived_in import LAST_VISITOR
from tests.support.browser import DESK, PHONE, fill_in_sign_in, looking, nothing_is_cut_off
from tests.support.platform_campus import local_midnight
from tests.support.platform_people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
MOST_PAGES = 4
MOST_SECONDS = 30
MOST_REQUESTS = 12
MOST_COMPRESSED_KIB = 150
BOOKED = {"zh-CN": "已预约", "en": "Booked"}
CANCELLED = {"zh-CN": "已取消", "en": "Cancelled"}
UNTIL_BOOKED = "**/my-bookings/*"
MOST_TABS = 60
VISITS = tuple(product(("zh-CN", "en"), (PHONE["width"], DESK["width"]), (True, False)))
"""Language, width, whether scripts run."""


def in_days(days: int) -> str:
    return (local_midnight(days) + timedelta(hours=12)).date().isoformat()


@pytest.mark.parametrize("number", range(len(VISITS)), ids=map(str, VISITS))
def test_a_first_visitor_books_within_four_pages(
    lived_in: LivedIn, browser: Browser, number: int
) -> None:
    """Landing page, its form, confirmation (with signing in on the way), the booking."""
    language, width, scripts = VISITS[number]
    size = PHONE if width == PHONE["width"] else DESK
    pages: list[str] = []
    login = f"{LAST_VISITOR}-{number}"
    lived_in.admit(login, language)
    with looking(browser, size=size, language=language, scripts=scripts) as page:
        page.on("response", lambda answer: note_page(pages, answer))
        page.goto(f"{lived_in.base_url}/")
        page.click('nav.places a[href="/find"]')
        page.wait_for_url("**/find**")
        page.click("#results .card > .times a >> nth=0")
        fill_in_sign_in(page, login, PASSWORD)
        page.wait_for_url("**/find/confirm**")
        assert page.get_attribute("html", "lang") == language
        page.click('form[action="/find/book"] button.primary')
        page.wait_for_url(UNTIL_BOOKED)
        assert BOOKED[language] in page.inner_text("main")
        if scripts:
            assert nothing_is_cut_off(page)
    lived_in.gives_back(login)
    without_signing_in = [one for one in pages if one != "/sign-in"]
    assert len(without_signing_in) <= MOST_PAGES, pages


def test_what_is_free_now_is_booked_in_four_pages_signing_in_among_them(
    lived_in: LivedIn, browser: Browser
) -> None:
    """From the landing page straight to a space that is free, in half a minute."""
    pages: list[str] = []
    login = f"{LAST_VISITOR}-at-once"
    lived_in.admit(login, "en")
    with looking(browser) as page:
        page.on("response", lambda answer: note_page(pages, answer))
        began = time.monotonic()
        page.goto(f"{lived_in.base_url}/")
        page.click(".card > .times a >> nth=0")
        fill_in_sign_in(page, login, PASSWORD)
        page.wait_for_url("**/find/confirm**")
        page.click('form[action="/find/book"] button.primary')
        page.wait_for_url(UNTIL_BOOKED)
        took = time.monotonic() - began
        assert BOOKED["en"] in page.inner_text("main")
    lived_in.gives_back(login)
    assert len(pages) <= MOST_PAGES, pages
    assert took <= MOST_SECONDS


def note_page(pages: list[str], answer: Response) -> None:
    """Keep the path of each page that is shown; redirects show nothing."""
    if answer.request.is_navigation_request() and answer.status == 200:
        pages.append(urlsplit(answer.url).path)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_room_is_booked_by_keyboard_alone(
    lived_in: LivedIn, browser: Browser, language: str
) -> None:
    login = f"{LAST_VISITOR}-keyboard-{language.lower()}"
    lived_in.admit(login, language)
    with looking(browser, size=DESK, language=language) as page:
        page.goto(f"{lived_in.base_url}/sign-in")
        sign_in_by_keyboard(page, login)
        page.wait_for_url(f"{lived_in.base_url}/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        choose_by_keyboard(page, 'nav.places a[href="/find"]')
        page.wait_for_url("**/find")
        tab_to(page, '#results a[href*="/find/confirm"]')
        assert is_seen_where_one_is(page)
        page.keyboard.press("Enter")
        page.wait_for_url("**/find/confirm**")
        choose_by_keyboard(page, 'form[action="/find/book"] button.primary')
        page.wait_for_url(UNTIL_BOOKED)
        assert BOOKED[language] in page.inner_text("main")
        choose_by_keyboard(page, "main details > summary")
        choose_by_keyboard(page, "button.danger")
        page.wait_for_selector(f"text={CANCELLED[language]}")


def sign_in_by_keyboard(page: Page, login: str) -> None:
    tab_to(page, "input[name=login]")
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def choose_by_keyboard(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on the first such thing."""
    for _ in range(MOST_TABS):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} is not reached in {MOST_TABS} tabs")


def is_seen_where_one_is(page: Page) -> bool:
    seen: bool = page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        " && document.activeElement.getBoundingClientRect().height >= 24"
    )
    return seen


@dataclass
class Weight:
    """What a page brought over the wire, each body compressed as a server would."""

    requests: int = 0
    kib: float = 0
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, answer: Response) -> None:
        body = answer.body()
        packed = min(len(body), len(gzip.compress(body, 6)))
        self.requests += 1
        self.kib += packed / 1024
        self.kinds[answer.request.resource_type] += packed


def test_finding_a_space_weighs_little(lived_in: LivedIn, browser: Browser) -> None:
    weight = Weight()
    with looking(browser) as page:
        answers: list[Response] = []
        page.on("response", lambda one: answers.append(one))  # noqa: PLW0108 - playwright wraps functions, not methods of lists
        page.goto(f"{lived_in.base_url}/find?library={lived_in.library_id}&day={in_days(2)}")
        page.wait_for_load_state("networkidle")
        for answer in answers:
            weight.add(answer)
    print(f"find: {weight.requests} requests, {weight.kib:.1f} KiB, {dict(weight.kinds)}")  # noqa: T201 - what -s is asked for
    assert 0 < weight.requests <= MOST_REQUESTS
    assert 10 < weight.kib <= MOST_COMPRESSED_KIB
