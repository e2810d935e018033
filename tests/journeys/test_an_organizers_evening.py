"""An organizer's main job in a real browser: idea, room, published, the door, what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from infra.screenshots.chromium import FLAGS, find_chromium
from tests.support import fake_camera
from tests.support.browser import DESK, PHONE, fill_in_sign_in, nothing_is_cut_off
from tests.support.platform_campus import (
    EVENTS,
    SHANGHAI_OFFSET,
    PlatformCampus,
    build_campus,
)
from tests.support.platform_people import PASSWORD, Person, admit, first_administrator
from tests.support.running_platform import RunningPlatform

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
CHROMIUM = find_chromium()
PATIENCE = 60_000  # milliseconds: messages and pages on a busy machine
PUBLISHED = {"zh-CN": "读者现在可以报名", "en": "people can sign up now"}
IS_IN = {"zh-CN": "已入场", "en": "is in."}
CAME = {"zh-CN": "已到场", "en": "Came"}


@dataclass(frozen=True)
class Looking:
    """How one looks: the window, the language, and whether scripts run."""

    size: dict[str, int]
    language: str
    scripts: bool = True


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("browser: no chromium here")
    with sync_playwright() as running:
        yield running


def open_page(playwright: Playwright, how: Looking, more_flags: list[str]) -> Page:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *more_flags])
    context = browser.new_context(
        viewport=how.size,  # type: ignore[arg-type]  # width and height
        locale=how.language,
        java_script_enabled=how.scripts,
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def sign_in(page: Page, base_url: str, login: str) -> None:
    page.goto(f"{base_url}/sign-in")
    fill_in_sign_in(page, login, PASSWORD)
    page.wait_for_url(f"{base_url}/")


def plan_and_publish(page: Page, base_url: str, campus: PlatformCampus, language: str) -> str:
    """Fill in the form for an activity that begins in some minutes; return its page."""
    page.goto(f"{base_url}/organizing/new?library={campus.library_id}")
    starts = datetime.now(UTC) + SHANGHAI_OFFSET + timedelta(minutes=15)
    ends = starts + timedelta(hours=1)
    page.fill("#title_zh", "湖畔读诗夜")
    page.fill("#title_en", "Poems by the lake")
    page.fill("#capacity", "2")
    page.fill("#day", starts.date().isoformat())
    page.fill("#starts", starts.strftime("%H:%M"))
    page.fill("#ends", ends.strftime("%H:%M"))
    if starts.date() != ends.date():
        page.locator("details:has(#last_day)").evaluate("box => { box.open = true }")
        page.fill("#last_day", ends.date().isoformat())
    page.wait_for_load_state("networkidle")  # the rooms are looked for anew when the form changes
    page.check(f"input[name=space_id][value='{campus.space_ids[0]}']")
    page.wait_for_load_state("networkidle")
    page.click("#plan > p button.primary")
    page.wait_for_url("**/organizing/*-*")
    publish = page.locator("form[action$='/publish'] button")
    expect(publish).to_be_visible(timeout=PATIENCE)  # the page brings the room's answer by itself
    publish.click()
    expect(page.get_by_text(PUBLISHED[language])).to_be_visible(timeout=PATIENCE)
    return page.url


def ticket_of(person: Person, activity_id: str) -> str:
    made = person.post(f"{EVENTS}/library-events/{activity_id}/registrations", {})
    code: str = person.get(f"{EVENTS}/registrations/{made['id']}/ticket")["code"]
    return code


def scan_and_lose_the_network(door: Page, activity: str, second: str) -> None:
    """Let one in through the camera, and another without network: sent once it is back."""
    door.goto(f"{activity}/door")
    door.click("[data-camera]")
    expect(door.locator(".scans .good")).to_have_count(1, timeout=PATIENCE)
    expect(door.locator("#arrivals")).to_contain_text("ann", timeout=PATIENCE)
    door.click("[data-stop]")
    door.context.set_offline(True)
    door.fill("#ticket_code", second)
    door.press("#ticket_code", "Enter")
    expect(door.locator("[data-network]")).to_be_visible()
    expect(door.locator(".scans li").first).to_contain_text(second[-4:])
    door.context.set_offline(False)
    expect(door.locator(".scans .good")).to_have_count(2, timeout=PATIENCE)
    assert nothing_is_cut_off(door)


def type_in(page: Page, activity: str, language: str, *tickets: str) -> None:
    """Let in by typing, as any browser can."""
    for ticket in tickets:
        page.goto(f"{activity}/door")
        page.fill("#ticket_code", ticket)
        page.click("#typed button")
        expect(page.get_by_text(IS_IN[language])).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(
    "how",
    [Looking(PHONE, "zh-CN"), Looking(DESK, "en"), Looking(PHONE, "en", scripts=False)],
    ids=["on a phone", "at a desk", "without scripts"],
)
def test_an_organizers_evening(
    platform: RunningPlatform, playwright: Playwright, tmp_path: Path, how: Looking
) -> None:
    campus = build_campus(platform.staff(), rooms=1)
    platform.await_space(campus.space_ids[0])
    administrator = first_administrator(platform.process, platform.client)
    organizer = admit(
        administrator, "organizer", roles=("patron", "organizer"), language=how.language
    )
    login = organizer.get("/api/gateway/v1/me")["login"]
    base_url = platform.process.base_url
    page = open_page(playwright, how, [])
    sign_in(page, base_url, login)
    activity = plan_and_publish(page, base_url, campus, how.language)
    guests = [admit(administrator, name) for name in ("ann", "ben")]
    first, second = (ticket_of(guest, activity.rsplit("/", 1)[1]) for guest in guests)
    if how.scripts:
        film = fake_camera.film_of(first, tmp_path / "ticket.y4m")
        door = open_page(playwright, how, fake_camera.flags(film))
        sign_in(door, base_url, login)
        scan_and_lose_the_network(door, activity, second)
    else:
        type_in(page, activity, how.language, first, second)
    page.goto(f"{activity}/results")
    expect(page.locator("tr", has_text=CAME[how.language]).first).to_contain_text("2")
    if how.scripts:
        assert nothing_is_cut_off(page)
