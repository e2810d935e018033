"""A student with a phone books a room in a real browser, with scripts and without."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import text

from tests.support.platform_campus import SHANGHAI_OFFSET, build_campus
from tests.support.platform_people import PASSWORD, admit, first_administrator
from tests.support.running_platform import RunningPlatform

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
# As root the sandbox cannot be used; the rest keeps the browser from calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("browser: no chromium here")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def sign_in(page: Page, base_url: str, login: str) -> None:
    page.goto(f"{base_url}/sign-in")
    page.fill("input[name=login]", login)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_url(f"{base_url}/")


def nothing_is_cut_off(page: Page) -> bool:
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider <= 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_student_finds_and_books_a_room_on_a_phone(
    platform: RunningPlatform, browser: Browser, language: str, *, scripts: bool
) -> None:
    campus = build_campus(platform.staff(), rooms=2)
    student = f"phone-{language}-{scripts}".lower()
    admit(first_administrator(platform.process, platform.client), student, language=language)
    login = _login_of(platform, student)
    base_url = platform.process.base_url
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale=language, java_script_enabled=scripts
    )
    page = context.new_page()
    sign_in(page, base_url, login)
    tomorrow = (datetime.now(UTC) + SHANGHAI_OFFSET + timedelta(days=1)).date().isoformat()
    page.goto(
        f"{base_url}/find?library={campus.library_id}&day={tomorrow}"
        "&earliest=10:00&latest=12:00&minutes=60&party=2&space_type=room"
    )
    assert page.get_attribute("html", "lang") == language
    page.click("#results ~ ul a >> nth=0")
    if scripts:
        assert nothing_is_cut_off(page)
    page.click("main form[method=post] button.primary")
    page.wait_for_url("**/my-bookings**")
    room = "1 号室" if language == "zh-CN" else "Room 1"
    other = "0 号室" if language == "zh-CN" else "Room 0"
    shown = page.inner_text("main")
    assert room in shown or other in shown
    context.close()


def _login_of(platform: RunningPlatform, prefix: str) -> str:
    """`admit` gives unique logins: the newest of this name is ours."""
    asked = text("SELECT login FROM account WHERE login LIKE :p ORDER BY patron_id DESC LIMIT 1")
    with platform.engine("gateway").connect() as connection:
        login: str = connection.execute(asked, {"p": f"{prefix}%"}).scalar_one()
    return login
