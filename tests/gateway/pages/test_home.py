"""The start page: what is mine in order, what is free and when, and why nothing is."""

import re
from datetime import timedelta

import pytest

from shared.kernel.clock import SetClock
from tests.gateway.pages.test_finding_by_the_hours import opens
from tests.support.gateway_builders import NOON
from tests.support.gateway_house import House, Visitor
from tests.support.platform_campus import BOOKING, EVENTS, PlatformCampus


def books(visitor: Visitor, space_id: str, hours: float) -> None:
    """Book an hour, so many hours from now."""
    starts = NOON + timedelta(hours=hours)
    ends = starts + timedelta(hours=1)
    span = {"starts_at": starts.isoformat(), "ends_at": ends.isoformat()}
    visitor.post(f"{BOOKING}/reservations", {"space_id": space_id, **span})


def announces(house: House, campus: PlatformCampus, title: str, hours: float) -> str:
    house.move_messages()  # events hears of the library
    starts = NOON + timedelta(hours=hours)
    plan = {
        "programme": "workshop",
        "title_en": title,
        "title_zh": "工作坊",
        "place": "Outside",
        "space_kind": "learning",
        "library_id": campus.library_id,
        "capacity": 1,
        "waiting_list": True,
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
    }
    made: str = campus.staff.post(f"{EVENTS}/library-events", plan)["id"]
    campus.staff.post(f"{EVENTS}/library-events/{made}/publish")
    return made


def mine(page: str) -> list[str]:
    section = page.split('<section aria-labelledby="mine">')[1].split("</section>", maxsplit=1)[0]
    return re.findall(r'as-h3"><a[^>]*>([^<]+)</a>|<h3><a[^>]*>([^<]+)</a>', section)


def test_bookings_and_sign_ups_stand_in_the_order_of_their_time(
    house: House, campus: PlatformCampus
) -> None:
    student = house.person()
    books(student, campus.space_ids[0], 2)
    activity = announces(house, campus, "Reading maps", 4)
    student.post(f"{EVENTS}/library-events/{activity}/registrations")
    books(student, campus.space_ids[1], 6)
    names = ["".join(pair) for pair in mine(student.see("/"))]
    assert names == ["Room 0", "Reading maps", "Room 1"]


def test_more_bookings_than_shown_are_counted_and_a_tap_away(
    house: House, campus: PlatformCampus
) -> None:
    student = house.person()
    for hours in (2, 4, 6):
        books(student, campus.space_ids[0], hours)
    assert "All 3 bookings" not in student.see("/")
    books(student, campus.space_ids[0], 8)
    page = student.see("/")
    assert len(mine(page)) == 3
    assert '<a href="/my-bookings">All 4 bookings</a>' in page


def test_times_of_another_day_say_so(house: House, campus: PlatformCampus, clock: SetClock) -> None:
    opens(campus, "07:30", "22:30")
    clock.set(NOON + timedelta(hours=2))
    page = house.person(language="zh-CN").see("/")
    assert "明天 07:30" in page
    assert ">07:30" not in page


@pytest.mark.parametrize("is_busy", [True, False])
def test_who_is_busy_now_is_told_so(is_busy: bool, house: House, campus: PlatformCampus) -> None:
    student, others = house.person(), [house.person(), house.person()]
    for space_id, other in zip(campus.space_ids, others, strict=True):
        if not is_busy:
            books(other, space_id, 0.5)
    if is_busy:
        books(student, campus.space_ids[0], 0.5)
    page = student.see("/")
    assert ("You have a booking of your own now." in page) is is_busy
    assert ("No room is free for the next hour." in page) is not is_busy


def test_a_full_activity_speaks_of_a_waiting_list_only_when_somebody_waits(
    house: House, campus: PlatformCampus
) -> None:
    activity = announces(house, campus, "Reading maps", 4)
    address = f"{EVENTS}/library-events/{activity}/registrations"
    house.person().post(address)
    assert re.search(r'wait">Full</li>', house.person().see("/whats-on"))
    house.person().post(address)
    assert "Full · 1 waiting" in house.person().see("/whats-on")
