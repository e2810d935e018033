"""A manager in a browser: from home to a faculty's rate of last week, its words and its acts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic_ns
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope
from tests.engagement.stage import Stage
from tests.support.browser import DESK, PHONE, browser, looking
from tests.support.engagement_builders import Stay, Town, described, population
from tests.support.platform_campus import (
    ENGAGEMENT,
    SHANGHAI_OFFSET,
    PlatformCampus,
    build_campus,
    wait_until_told,
)
from tests.support.platform_people import PASSWORD, Person, admit, first_administrator
from tests.support.platform_start import shared_platform
from tests.support.running_platform import RunningPlatform, connected
from tests.support.test_run import alone

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
MOST_CLICKS = 5


@dataclass(frozen=True)
class LastWeek:
    """What was told of last week: who came, of which faculty, and how many there are."""

    monday: date
    faculty: str
    came: Sequence[tuple[int, int]]
    """Person and day of the week; a person may come twice, and once of another faculty."""
    headcount: int = 40

    @property
    def rate(self) -> float:
        """Count the faculty's persons by hand."""
        return round(100 * len({who for who, _ in self.came}) / self.headcount, 2)


@pytest.fixture
def platform() -> Iterator[RunningPlatform]:
    """A platform apart: last week is put into its ledger past the bus, and others count there."""
    with connected(shared_platform("run", "figures")) as running:
        yield running


class Manager:
    """Somebody at the browser whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, *what: Any) -> None:
        self.clicks += 1
        self.page.click(*what)


class Apart(Town):
    """Messages of which no other test of this platform has told."""

    def say(self, message: DomainEvent, told_at: datetime) -> tuple[DomainEvent, Envelope]:
        said, envelope = super().say(message, told_at)
        return said, replace(envelope, id=uuid4(), sequence=monotonic_ns())


def live(platform: RunningPlatform, campus: PlatformCampus) -> LastWeek:
    today = (datetime.now(UTC) + SHANGHAI_OFFSET).date()
    monday = today - timedelta(days=today.weekday() + 7)
    mark = uuid4().int % 1_000_000 * 1000
    faculty = f"faculty-{uuid4().hex[:6]}"
    week = LastWeek(
        monday, faculty, [(mark + who, day) for who in range(7) for day in (0, who % 5)]
    )
    stage = Stage(platform.engine("engagement"))
    stage.town = Apart()
    start = datetime.combine(monday, time(2), UTC)
    stage.tell(population({faculty: week.headcount, "other": 100}, day=monday), start)
    for who in {who for who, _ in week.came}:
        stage.tell(described(who, faculty), start)
    stage.tell(described(mark + 99, "other"), start)
    for number, (who, day) in enumerate([*week.came, (mark + 99, 1)]):
        at = start + timedelta(days=day, hours=3)
        came: Any = Stay(mark + number, who=who, starts_at=at).checked_in()
        stage.tell(replace(came, library_id=campus.library_id), at)
    return week


@pytest.mark.parametrize(("size", "language"), [(PHONE, "zh-CN"), (DESK, "en")])
def test_a_manager_finds_a_facultys_rate_its_definition_and_its_acts_in_under_five_clicks(
    platform: RunningPlatform, browser: Browser, size: dict[str, int], language: str
) -> None:
    administrator = first_administrator(platform.process, platform.client)
    campus = build_campus(platform.staff(), rooms=1)
    wait_until_told(campus)
    base_url = platform.process.base_url
    login = f"manager-{uuid4().hex[:6]}"
    admitted = admit(administrator, login, roles=["patron", "manager"], language=language)
    login = admitted.get("/api/gateway/v1/me")["login"]
    # How many people there are belongs to no library: one test at a time counts last week's.
    with (
        alone(f"last-week-{platform.process.shape}"),
        looking(browser, size=size, language=language) as page,
    ):
        week = live(platform, campus)
        sign_in(page, base_url, login)
        page.goto(f"{base_url}/figures?library={campus.library_id}")  # asked about before
        page.goto(base_url)
        manager = Manager(page)
        manager.click("a[href*='/figures/M10?']")
        row = page.locator("tr", has=page.locator("th", has_text=week.faculty))
        shown = float(re.findall(r"[\d.]+", row.locator("td").first.inner_text())[0])
        assert ("去重" if language == "zh-CN" else "Distinct persons") in page.inner_text("main")
        manager.clicks += 1
        row.locator("a").click()
        page.wait_for_url(re.compile("/acts"))  # a click does not wait for what it leads to
        acts = page.locator("tbody tr").count()
        assert manager.clicks < MOST_CLICKS
        assert shown == week.rate == of_the_service(platform.staff(), campus, week)
        assert acts == len({who for who, _ in week.came})  # each person's first act


def of_the_service(asker: Person, campus: PlatformCampus, week: LastWeek) -> float:
    told = asker.get(
        f"{ENGAGEMENT}/metrics/M10",
        **{"from": str(week.monday), "to": str(week.monday + timedelta(days=6))},
        library=str(campus.library_id),
        split="faculty",
    )
    [value] = [cell["value"] for cell in told["cells"] if cell["cell"] == week.faculty]
    return float(value)


def sign_in(page: Page, base_url: str, login: str) -> None:
    page.goto(f"{base_url}/sign-in")
    page.fill("input[name=login]", login)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_url(f"{base_url}/")
