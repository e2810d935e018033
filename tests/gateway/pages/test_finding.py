"""The ways to a space: the whole day, the map, the code at the space; and what one may choose."""

import pytest

from tests.support.gateway_house import House, Visitor, links
from tests.support.platform_campus import PlatformCampus

DAY = "/find/day?day=2026-11-25&minutes=60&party=2&space_type=room"
TOMORROW = "/find?day=2026-11-25&earliest=09:00&latest=18:00&minutes=60&party=2&space_type=room"


def book_tomorrow(visitor: Visitor) -> str:
    confirm = links(visitor.see(TOMORROW), "/find/confirm")[0]
    location: str = visitor.send(confirm, "/find/book").location
    return location


@pytest.mark.usefixtures("campus")
def test_a_half_hour_of_the_day_grid_is_a_way_to_book_it(house: House) -> None:
    student, other = house.person(), house.person()
    offered = links(student.see(DAY), "/find/confirm")
    booked = student.send(offered[0], "/find/book", minutes="90")
    assert booked.status_code == 302
    assert "Room 0" in student.see(booked.location)
    assert len(links(student.see(DAY), "/find/confirm")) < len(offered)
    assert 'class="own"' in student.see(DAY)
    assert 'class="busy"' in other.see(DAY)
    assert 'class="own"' not in other.see(DAY)


@pytest.mark.usefixtures("campus")
def test_the_length_chosen_last_is_the_one_booked(house: House) -> None:
    student = house.person()
    confirm = links(student.see(TOMORROW), "/find/confirm")[0]
    booked = student.send(confirm, "/find/book", minutes="120")
    assert "09:00–11:00" in student.see(booked.location)


def test_the_code_at_the_space_leads_to_the_booking_and_one_tap_checks_in(
    house: House, campus: PlatformCampus
) -> None:
    student, stranger = house.person(), house.person()
    booking = book_tomorrow(student)
    held = student.get("/api/booking/v1/reservations")["items"][0]
    arrive = f"/arrive?space={held['space_id']}&code="
    code = campus.staff.get(f"/api/booking/v1/spaces/{held['space_id']}/check-in-code")["code"]
    assert "I am here" in student.see(arrive + code)
    assert "I am here" not in stranger.see(arrive + code)
    wrong = student.send(arrive + "000000", "/arrive")
    assert wrong.status_code in {403, 409, 422}
    assert 'role="alert"' in wrong.get_data(as_text=True)
    student.send(arrive + code, "/arrive")
    assert "Checked in" in student.see(booking)


@pytest.mark.usefixtures("campus")
def test_who_comes_long_before_the_time_is_told_when(house: House) -> None:
    student = house.person()
    in_three_days = TOMORROW.replace("2026-11-25", "2026-11-27")
    student.send(links(student.see(in_three_days), "/find/confirm")[0], "/find/book")
    held = student.get("/api/booking/v1/reservations")["items"][0]
    page = student.see(f"/arrive?space={held['space_id']}&code=1")
    assert "You can check in from" in page
    assert "I am here" not in page


@pytest.mark.usefixtures("campus_told")
def test_look_alikes_come_while_one_writes(house: House, campus: PlatformCampus) -> None:
    writer, reader = house.person(), house.person()
    said = {"title": "More power sockets upstairs", "body": "For all who write there."}
    writer.send(
        "/suggestions/new",
        "/suggestions/new",
        library_id=campus.library_id,
        space_kind="learning",
        **said,
    )
    part = reader.see("/suggestions/look-alikes?title=power+sockets+upstairs")
    assert "More power sockets upstairs" in part
    assert "<html" not in part
    assert "More power" not in reader.see("/suggestions/look-alikes?title=")


def test_theme_and_language_stay_with_the_browser(house: House) -> None:
    student = house.person()
    assert "data-theme" not in student.see("/")
    student.send("/settings", "/settings", theme="dark", language="zh-CN")
    page = student.see("/")
    assert 'data-theme="dark"' in page
    assert 'lang="zh-CN"' in page
    student.send("/settings", "/settings", theme="pink", language="xx")
    assert 'data-theme="dark"' in student.see("/")


@pytest.mark.usefixtures("campus_told")
def test_a_wish_is_followed_answered_by_the_library_and_its_way_shown(
    house: House, campus: PlatformCampus
) -> None:
    writer, follower, staff = house.person(), house.person(), house.person("staff")
    said = {"title": "More sockets", "body": "", "space_kind": "learning"}
    body = {"library_id": campus.library_id, **said}
    wish = writer.post("/api/engagement/v1/suggestions", body)
    page = f"/suggestions/{wish['id']}"
    follower.send(page, f"{page}/follow")
    assert "Follow it no longer" in follower.see(page)
    assert "More sockets" in follower.see("/suggestions?mine=followed")
    assert "More sockets" not in follower.see("/suggestions?mine=made")
    refused = follower.browser.post(f"{page}/answer", data={"stage": "refine", "text": "x"})
    assert refused.status_code in {400, 403}
    answered = staff.send(page, f"{page}/answer", stage="refine", text="We asked an electrician.")
    assert answered.status_code == 302, answered.get_data(as_text=True)
    shown = follower.see(page)
    assert "We asked an electrician." in shown
    assert "Being worked out" in shown
    assert "Answer for the library" not in shown
