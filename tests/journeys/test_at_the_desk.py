"""The staff's day in a browser: somebody arrives, tomorrow is closed, who had booked is told."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import DESK, PHONE, browser, fill_in_sign_in, looking, nothing_is_cut_off
from tests.support.platform_campus import (
    BOOKING,
    SHANGHAI_OFFSET,
    PlatformCampus,
    build_campus,
    local_midnight,
    slot,
    this_minute,
)
from tests.support.platform_people import PASSWORD, Person, admit, first_administrator
from tests.support.polling import eventually
from tests.support.running_platform import RunningPlatform

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
WORKER_SECONDS = 60.0


def booked(student: Person, campus: PlatformCampus, room: int, starts_at: Any) -> str:
    made: str = student.post(f"{BOOKING}/reservations", slot(campus.space_ids[room], starts_at))[
        "id"
    ]
    return made


def status_of(student: Person, reservation: str) -> str:
    found: str = student.get(f"{BOOKING}/reservations/{reservation}")["status"]
    return found


@pytest.mark.parametrize(
    ("size", "language", "scripts"),
    [(PHONE, "zh-CN", True), (PHONE, "en", False), (DESK, "en", True)],
    ids=["phone", "phone without scripts", "desk"],
)
def test_somebody_arrives_and_tomorrow_is_closed(
    platform: RunningPlatform,
    browser: Browser,
    size: dict[str, int],
    language: str,
    *,
    scripts: bool,
) -> None:
    administrator = first_administrator(platform.process, platform.client)
    campus = build_campus(platform.staff(), rooms=2)
    student = admit(administrator, "student")
    now, tomorrow = this_minute() + timedelta(minutes=2), local_midnight(1) + timedelta(hours=10)
    today, next_day = booked(student, campus, 0, now), booked(student, campus, 1, tomorrow)
    login = librarian(administrator, language)
    base_url = platform.process.base_url
    with looking(browser, size=size, language=language, scripts=scripts) as page:
        page.goto(f"{base_url}/sign-in")
        fill_in_sign_in(page, login, PASSWORD)
        page.wait_for_url(f"{base_url}/")
        page.goto(f"{base_url}/staff/desk?library={campus.library_id}&section=due")
        assert "student" in page.inner_text("main")
        fits(page, scripts=scripts)
        page.click(f"form[action*='{today}/check-in'] button")
        page.wait_for_url("**/staff/desk**")
        assert status_of(student, today) == "checked_in"
        close_tomorrow(page, base_url, campus, tomorrow)
        assert "student" in page.inner_text("main")
        fits(page, scripts=scripts)
        assert status_of(student, next_day) == "confirmed"
        page.click("main form button.danger")
        page.wait_for_url("**/staff/closures?**")
    eventually(lambda: status_of(student, next_day) == "cancelled", WORKER_SECONDS, step=0.5)
    assert status_of(student, today) == "checked_in"


def librarian(administrator: Person, language: str) -> str:
    """Give a librarian an account; return how they sign in."""
    login = f"librarian-{uuid4().hex[:8]}"
    body = {"login": login, "password": PASSWORD, "family_name": "Librarian"}
    roles = {"roles": ["patron", "staff"], "language": language}
    administrator.post("/api/gateway/v1/accounts", {**body, **roles})
    return login


def close_tomorrow(page: Page, base_url: str, campus: PlatformCampus, tomorrow: Any) -> None:
    """Fill in the form up to the list of whom it touches."""
    page.goto(f"{base_url}/staff/closures?library={campus.library_id}")
    page.select_option("select[name=scope]", f"library/{campus.library_id}")
    page.fill("input[name=first_day]", (tomorrow + SHANGHAI_OFFSET).date().isoformat())
    page.fill("input[name=name_zh]", "停电")
    page.fill("input[name=name_en]", "No power")
    page.click("form[action*='/closures/look'] button.primary")
    page.wait_for_url("**/closures/look")


def fits(page: Page, *, scripts: bool) -> None:
    assert not scripts or nothing_is_cut_off(page)
