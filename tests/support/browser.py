"""Debian's chromium, driven as a person would drive it."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from infra.screenshots.chromium import FLAGS, find_chromium

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser for one test. While it is open its process has a running event loop, which nothing
    else there that needs one of its own could bear: so it lives no longer than the test.
    """
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("browser: no chromium here")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@contextmanager
def looking(
    browser: Browser,
    *,
    size: dict[str, int] = PHONE,
    language: str = "en",
    theme: str = "light",
    scripts: bool = True,
) -> Iterator[Page]:
    """Open a page in a fresh context."""
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]  # width and height
        locale=language,
        color_scheme=theme,  # type: ignore[arg-type]  # light or dark
        java_script_enabled=scripts,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def lend_session(context: BrowserContext, client: httpx.Client) -> None:
    """Let a browser go on in the session that somebody began over HTTP."""
    context.add_cookies(
        [
            {"name": cookie.name, "value": cookie.value or "", "url": str(client.base_url)}
            for cookie in client.cookies.jar
        ]
    )


def fill_in_sign_in(page: Page, login: str, password: str) -> None:
    """Sign in by the form that is open."""
    page.fill("input[name=login]", login)
    page.fill("input[type=password]", password)
    page.press("input[type=password]", "Enter")


def nothing_is_cut_off(page: Page) -> bool:
    """Tell whether the page is no wider than the window."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider <= 0


TOO_SMALL = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary")]
  .map(one => one.matches("[type=checkbox], [type=radio]") && one.closest("label") || one)
  .filter(one => one.checkVisibility() && getComputedStyle(one).display !== "inline"
    && !one.closest("svg, .skip"))
  .filter(one => {
    const box = one.getBoundingClientRect();
    return Math.min(box.width, box.height) < 43.5;
  })
  .map(one => one.outerHTML.slice(0, 120))"""


def targets_too_small(page: Page) -> list[str]:
    """Return what is pressed and smaller than a thumb; links within sentences are text."""
    found: list[str] = page.evaluate(TOO_SMALL)
    return found
