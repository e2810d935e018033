"""What forms answer is held to what every page is held to: no link leads there, so no walk does."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from infra.screenshots.visitor import sign_in
from tests.pages.conftest import LivedIn
from tests.pages.states import State, Things, states
from tests.pages.test_every_page import (
    CHINESE,
    LANGUAGES,
    LATIN,
    seen_faults,
    words_of,
)
from tests.support import platform_people
from tests.support.browser import PHONE, lend_session, looking
from tests.support.platform_campus import BOOKING, ENGAGEMENT, EVENTS
from tests.support.platform_people import PASSWORD, Person

# In one process with the walk: see tests/support/one_process.py.
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def there(lived_in: LivedIn) -> Things:
    student, organizer = (
        platform_people.sign_in(lived_in.platform.client, login)
        for login in ("student", "organizer")
    )
    bookings = student.get(f"{BOOKING}/reservations")["items"]
    coming = next(one for one in bookings if one["space_id"] == lived_in.space_id)
    return Things(
        library_id=lived_in.library_id,
        space_id=lived_in.space_id,
        booking_id=coming["id"],
        taken_from=datetime.fromisoformat(coming["starts_at"]),
        begun_id=_about_to_begin(organizer, lived_in.library_id),
        suggestion_title=student.get(f"{ENGAGEMENT}/suggestions")["items"][0]["title"],
    )


def _about_to_begin(organizer: Person, library_id: str) -> str:
    """An activity whose door is open and whose one place is taken."""
    begins = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=20)
    plan: dict[str, Any] = {
        "programme": "salon",
        "title_en": "Reading maps",
        "title_zh": "读地图",
        "place": "100",
        "library_id": library_id,
        "space_kind": "learning",
        "starts_at": begins.isoformat(),
        "ends_at": (begins + timedelta(hours=1)).isoformat(),
        "capacity": 1,
        "waiting_list": False,
    }
    made: str = organizer.post(f"{EVENTS}/library-events", plan)["id"]
    organizer.post(f"{EVENTS}/library-events/{made}/publish")
    organizer.post(f"{EVENTS}/library-events/{made}/registrations", {})
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_forms_answer_fits_a_phone_speaks_one_language_and_axe_finds_nothing_serious(
    lived_in: LivedIn, there: Things, browser: Browser, language: str
) -> None:
    theme = "light" if language == "zh-CN" else "dark"
    faults: list[str] = []
    for role, sent in states(there).items():
        login = None if role == "stranger" else role
        with looking(browser, size=PHONE, language=language, theme=theme) as page:
            with closing(sign_in(lived_in.base_url, login, language, PASSWORD)) as client:
                lend_session(page.context, client)
            for number, state in enumerate(sent):
                page.goto(lived_in.base_url + state.stands_on)
                status = state.bring_about(page)
                found = _faults(state, page, status, language)
                faults += [f"{role} {number} {state.action}: {fault}" for fault in found]
    assert not faults, "\n".join(faults)


def _faults(state: State, page: Page, status: int, language: str) -> Iterator[str]:
    if status != state.status or not page.locator(state.shows).count():
        yield f"not what was to be seen: {status} {page.inner_text('main')[:400]}"
    other = LATIN if language == "zh-CN" else CHINESE
    foreign = sorted(set(other.findall(words_of(page.content()))))
    if foreign and not state.names_codes:
        yield f"in the other language: {foreign}"
    yield from seen_faults(page)
