"""What people come for, by page, on the real services."""

import re
from datetime import timedelta

import pytest

from shared.kernel.clock import SetClock
from tests.support.gateway_builders import NOON
from tests.support.gateway_house import House, Visitor, form_fields, links
from tests.support.gateway_pages import form_token
from tests.support.platform_campus import PlatformCampus

pytestmark = pytest.mark.usefixtures("campus")
NOBODY = "00000000-0000-0000-0000-000000000000"
TOMORROW = "/find?day=2026-11-25&earliest=09:00&latest=18:00&minutes=60&party=2&space_type=room"

NONSENSE = (
    "/find?minutes=abc&party=-1&day=2026-02-30&earliest=25:00&latest=&library=zzz&feature=%00",
    "/find?minutes=60&earliest=18:00&latest=09:00",
    "/find?minutes=60&cursor=nonsense",
    "/find?minutes=999999999&party=99999",
    "/find/confirm",
    "/find/confirm?space_id=x&starts_at=y&ends_at=z",
    f"/find/confirm?space_id={NOBODY}&starts_at=2026-11-25T01:00Z&ends_at=2026-11-25T02:00Z",
    "/find/day?page=-1&day=x&minutes=x&feature=%00&earliest=99:99",
    "/find/day?page=99999999999999999999&library=zzz",
    "/find/map?floor=%00&day=2026-02-30&minutes=-5",
    "/find/confirm?space_id=x&starts_at=9999-12-31T23:59Z&minutes=60",
    "/arrive?space=x&code=%00%F0%9F%92%A9",
    f"/arrive?space={NOBODY}&code=1",
    "/suggestions/look-alikes?title=%00&library_id=x",
    "/settings?theme=<script>",
    "/my-bookings?when=never&cursor=%F0%9F%92%A9",
    f"/my-bookings/{NOBODY}",
    "/whats-on?programme=<script>&cursor=x",
    f"/whats-on/{NOBODY}",
    "/suggestions?sort=x&cursor=x",
    f"/suggestions/{NOBODY}",
    "/my-points?cursor=x",
    "/figures?from=2026-99-99&to=x",
    "/figures/nonsense",
    "/figures?period=term:x&only=faculty:%3Cscript%3E&library=x",
    "/figures/times?measure=x&only=space_kind:x",
    "/figures/demand?only=space_kind:%3Cscript%3E",
    "/figures/M10/export.csv?split=x",
    "/figures/M10/export.exe",
    "/figures/reports/gossip/export.csv",
    "/figures/reports/starts/export.xlsx?only=space_kind:%3Cscript%3E",
    "/figures/M01?split=nonsense&from=2027-01-01&to=2026-01-01",
    "/figures/M01/acts?cell=%3Cscript%3E&cursor=x",
)


def book_tomorrow(visitor: Visitor) -> str:
    """Take the first start of the first room; return the booking's page."""
    confirm = links(visitor.see(TOMORROW), "/find/confirm")[0]
    booked = visitor.send(confirm, "/find/book")
    assert booked.status_code == 302, booked.get_data(as_text=True)
    return booked.location


def test_a_space_is_found_and_booked_in_three_taps(house: House) -> None:
    student = house.person()
    page = student.see(book_tomorrow(student))
    assert "Booked" in page
    assert "Room 0" in page
    assert "09:00–10:00" in page
    assert "<dt>Floor</dt><dd>Trial Library</dd>" in page  # the campus gives its floor this name
    assert "Room 0" in student.see("/my-bookings")
    assert "Room 0" in student.see("/")


def test_a_double_tap_books_once(house: House) -> None:
    student = house.person()
    confirm = links(student.see(TOMORROW), "/find/confirm")[0]
    first = student.send(confirm, "/find/book", idempotency_key="one-tap")
    second = student.send(confirm, "/find/book", idempotency_key="one-tap")
    assert first.location == second.location
    assert len(student.get("/api/booking/v1/reservations")["items"]) == 1


def test_a_slot_just_taken_is_refused_in_words_with_something_else_to_click(house: House) -> None:
    slow, quick = house.person(), house.person()
    confirm = links(slow.see(TOMORROW), "/find/confirm")[0]
    book_tomorrow(quick)
    refused = slow.send(confirm, "/find/book")
    page = refused.get_data(as_text=True).replace("&amp;", "&")
    assert refused.status_code == 409
    assert 'role="alert"' in page
    assert "Take this" in page
    instead = links(page, "/find/confirm")
    assert slow.send(instead[0], "/find/book").status_code == 302


def test_checking_in_needs_the_code_at_the_space(house: House, campus: PlatformCampus) -> None:
    student = house.person()
    booking = book_tomorrow(student)
    space = student.get("/api/booking/v1/reservations")["items"][0]["space_id"]
    wrong = student.send(booking, f"{booking}/check-in", code="000000")
    assert wrong.status_code in {403, 409, 422}
    assert 'role="alert"' in wrong.get_data(as_text=True)
    code = campus.staff.get(f"/api/booking/v1/spaces/{space}/check-in-code")["code"]
    student.send(booking, f"{booking}/check-in", code=code)
    assert "Checked in" in student.see(booking)
    student.send(booking, f"{booking}/check-out")
    assert "I am leaving" not in student.see(booking)


def test_a_booking_is_moved_and_given_up(house: House) -> None:
    student = house.person()
    booking = book_tomorrow(student)
    moved = student.send(booking, f"{booking}/change", starts="14:00", minutes="90")
    assert moved.status_code == 302, moved.get_data(as_text=True)
    assert "14:00–15:30" in student.see(booking)
    student.send(booking, f"{booking}/cancel")
    assert "Cancelled" in student.see(booking)


def test_a_booking_that_has_begun_shows_no_form_for_changes(
    house: House, campus: PlatformCampus, clock: SetClock
) -> None:
    student = house.person()
    starts_at = NOON + timedelta(minutes=30)
    span = {"starts_at": starts_at.isoformat(), "ends_at": (NOON + timedelta(hours=1)).isoformat()}
    made = student.post("/api/booking/v1/reservations", {"space_id": campus.space_ids[0], **span})
    page = f"/my-bookings/{made['id']}"
    assert f"{page}/change" in student.see(page)
    clock.set(starts_at)
    assert f"{page}/change" not in student.see(page)
    assert "I am here" in student.see(page)


def test_what_is_offered_instead_of_a_change_moves_the_booking_and_makes_no_second(
    house: House,
) -> None:
    student, rival = house.person(), house.person()
    booking = book_tomorrow(student)
    student.send(booking, f"{booking}/change", starts="14:00")
    taken = book_tomorrow(rival)  # nine o'clock in the same room is free again
    assert "Room 0" in rival.see(taken)
    refused = student.send(booking, f"{booking}/change", starts="09:00")
    page = refused.get_data(as_text=True)
    assert "Take this" in page, page
    instead = form_fields(page, f"{booking}/move")
    token = {"csrf_token": form_token(refused)}
    moved = student.browser.post(f"{booking}/move", data={**instead, **token})
    assert moved.status_code == 302, moved.get_data(as_text=True)
    assert len(student.get("/api/booking/v1/reservations")["items"]) == 1


def test_a_form_shown_before_another_change_is_not_obeyed(house: House) -> None:
    student = house.person()
    booking = book_tomorrow(student)
    student.send(booking, f"{booking}/change", starts="14:00")
    stale = student.send(booking, f"{booking}/cancel", version='"an-older-version"')
    assert stale.status_code == 412
    assert "Booked" in student.see(booking)


def test_a_stranger_does_not_see_somebodys_booking(house: House) -> None:
    booking = book_tomorrow(house.person())
    assert house.person().browser.get(booking).status_code == 404


def test_a_calendar_address_is_shown_and_works(house: House) -> None:
    student = house.person()
    book_tomorrow(student)
    page = student.send("/my-bookings", "/my-bookings/calendar").get_data(as_text=True)
    address = page.split("http://localhost:8000")[1].split("<")[0]
    feed = house.services.get(address)
    assert "BEGIN:VEVENT" in feed.text
    assert "Room 0" in feed.text


def test_a_full_activity_has_a_waiting_list_that_moves(
    house: House, campus: PlatformCampus
) -> None:
    house.move_messages()  # activities learn of spaces and their library over the bus
    activity = _activity(campus, capacity=1)
    first, second = house.person(), house.person()
    page = f"/whats-on/{activity}"
    first.send(page, f"{page}/sign-up")
    assert "You have a place" in first.see(page)
    second.send(page, f"{page}/sign-up")
    assert "number 1 in line" in second.see(page)
    first.send(page, links_to_answer(first.see(page)), answer="give_up")
    assert "A place is offered to you" in second.see(page)
    second.send(page, links_to_answer(second.see(page)), answer="accept")
    assert "You have a place" in second.see(page)
    assert "Reading maps" in second.see("/")


def test_a_full_activity_without_a_waiting_list_offers_none(
    house: House, campus: PlatformCampus
) -> None:
    house.move_messages()
    page = f"/whats-on/{_activity(campus, capacity=1, waiting_list=False)}"
    first, late = house.person(), house.person()
    assert "Sign up" in late.see(page)
    first.send(page, f"{page}/sign-up")
    assert "there is no waiting list" in late.see(page)
    assert f'action="{page}/sign-up"' not in late.see(page)


def links_to_answer(page: str) -> str:
    """Return the address the forms about one's own place go to."""
    found = re.search(r'action="(/whats-on/[^"]+/sign-ups/[^"]+)"', page)
    assert found is not None
    return found[1]


def _activity(campus: PlatformCampus, **plan: object) -> str:
    staff = campus.staff
    body = {
        "programme": "workshop",
        "title_en": "Reading maps",
        "title_zh": "读地图",
        "place": "Hall",
        "library_id": campus.library_id,
        "space_kind": "cultural",
        "starts_at": (NOON + timedelta(days=2)).isoformat(),
        "ends_at": (NOON + timedelta(days=2, hours=2)).isoformat(),
        "capacity": 5,
        **plan,
    }
    made = staff.post("/api/events/v1/library-events", body)
    staff.post(f"/api/events/v1/library-events/{made['id']}/publish")
    identifier: str = made["id"]
    return identifier


@pytest.mark.usefixtures("campus_told")
def test_a_suggestion_like_another_is_shown_that_one_first(
    house: House, campus: PlatformCampus
) -> None:
    author, other = house.person(), house.person()
    written = {
        "library_id": campus.library_id,
        "space_kind": "learning",
        "title": "More plants in the reading room",
    }
    made = author.send("/suggestions/new", "/suggestions/new", **written)
    assert made.status_code == 302
    alike = other.send("/suggestions/new", "/suggestions/new", **written)
    assert alike.status_code == 200
    assert "Others have said something similar" in alike.get_data(as_text=True)
    other.send(made.location, f"{made.location}/support", wanted="support")
    assert "1 supporter besides the author" in other.see(made.location)
    refused = author.browser.get(made.location).get_data(as_text=True)
    assert "I support this" not in refused


def test_points_show_their_rules_and_can_be_declined(house: House) -> None:
    student = house.person()
    assert "What earns points" in student.see("/my-points")
    student.send("/my-points", "/my-points/choice", choice="out")
    assert "You have chosen to collect no points" in student.see("/my-points")


MORE_FIGURES = (
    "/figures/times",
    "/figures/demand",
    "/figures/M01/export.csv",
    "/figures/reports/starts/export.csv",
)


def test_figures_are_not_for_everybody(house: House) -> None:
    student = house.person()
    for path in ("/figures", "/figures/M01", "/figures/M01/acts", *MORE_FIGURES):
        assert student.browser.get(path).status_code == 403


def test_nonsense_in_an_address_is_never_our_mistake(house: House) -> None:
    manager = house.person("manager")
    answers = {path: manager.browser.get(path, follow_redirects=True) for path in NONSENSE}
    assert [path for path, answer in answers.items() if answer.status_code >= 500] == []
    assert not any("<script>" in answer.get_data(as_text=True) for answer in answers.values())


def test_a_part_that_is_away_leaves_the_rest_of_the_home_page(house: House) -> None:
    student = house.person()
    house.closed.add("events")
    page = student.see("/")
    assert "This part is not available just now" in page
    assert "Room 0" in page
    assert student.browser.get("/whats-on").status_code == 503
    house.closed.update({"booking", "engagement"})
    assert student.browser.get("/").status_code == 200
