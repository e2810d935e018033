"""The staff's spaces and hours, on the real services."""

import io
import re

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.booking.api.test_calendar_import_over_http import HOLIDAYS
from tests.gateway.pages.test_staff_desk import BOOKING, staff
from tests.support.gateway_house import House, Visitor, form_fields
from tests.support.gateway_pages import form_token
from tests.support.platform_campus import PlatformCampus

__all__ = ["staff"]


def test_a_space_is_described_anew(staff: Visitor, campus: PlatformCampus) -> None:
    space = campus.space_ids[0]
    assert "Room 0" in staff.see("/staff/spaces")
    page = f"/staff/spaces/{space}"
    sent = {"name_en": "The aquarium", "capacity": "9", "feature": "whiteboard"}
    assert staff.send(page, f"{page}/change", **sent).status_code == 302
    found = staff.get(f"{BOOKING}/spaces/{space}")
    assert (found["name_en"], found["capacity"]) == ("The aquarium", 9)
    assert found["features"] == ["wheelchair", "whiteboard"]  # who looks for step-free finds it


def test_a_space_is_taken_out_of_use_with_a_reason_and_back(
    staff: Visitor, campus: PlatformCampus
) -> None:
    page = f"/staff/spaces/{campus.space_ids[0]}"
    staff.send(page, f"{page}/use", use="no", because=" ")
    assert "Please say why" in staff.see(page)
    staff.send(page, f"{page}/use", use="no", because="Broken lamp")
    assert "Broken lamp" in staff.see("/staff/spaces")
    staff.send(page, f"{page}/use", use="yes")
    assert "Broken lamp" not in staff.see("/staff/spaces")


def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(
    staff: Visitor, campus: PlatformCampus
) -> None:
    page = f"/staff/spaces/{campus.space_ids[0]}"
    stale = staff.send(page, f"{page}/change", version='"older"', name_en="x")
    assert stale.status_code == 412


def test_a_screen_gets_a_key_that_is_shown_once_and_taken_back(
    house: House, staff: Visitor, campus: PlatformCampus
) -> None:
    page = f"/staff/spaces/{campus.space_ids[0]}"
    given = staff.send(page, f"{page}/screens", label="Left").get_data(as_text=True)
    address = re.search(r"http://localhost:8000(/door/[^<]+)", given)
    assert address is not None
    screen = house.apps["gateway"].test_client()
    assert "digits" in screen.get(address[1], follow_redirects=True).get_data(as_text=True)
    shown = staff.see(page)
    assert address[1] not in shown
    (remove,) = re.findall(r'action="([^"]+/remove)"', shown)
    staff.send(page, remove)
    assert "digits" not in screen.get(address[1].split("?")[0]).get_data(as_text=True)


def test_the_week_is_read_and_set_day_by_day(staff: Visitor, campus: PlatformCampus) -> None:
    shown = staff.see("/staff/hours")
    assert "00:00-24:00" in shown
    sent = {"day0": "08:00-12:00, 14:00–22:00", "day6": ""}
    assert staff.send("/staff/hours", "/staff/hours/week", **sent).status_code == 302
    days = staff.get(f"{BOOKING}/hours/library/{campus.library_id}/weekly")["days"]
    assert [len(day["spans"]) for day in days] == [2, 1, 1, 1, 1, 1, 0]


@pytest.mark.usefixtures("campus")
def test_hours_that_are_none_are_refused_by_their_day_and_stay_in_the_form(staff: Visitor) -> None:
    wrong = staff.send("/staff/hours", "/staff/hours/week", day2="25:00-99:00", day3="morning")
    page = wrong.get_data(as_text=True)
    told = page.split('role="alert"')[1].split("</div>")[0]
    assert wrong.status_code == 422
    assert told.count("“Wednesday”: Not a valid time.") == 1
    assert "“Thursday”" in told
    assert "“Tuesday”" not in told
    typed = form_fields(page, "/staff/hours/week")
    assert (typed["day2"], typed["day3"]) == ("25:00-99:00", "morning")


@pytest.mark.usefixtures("campus")
def test_a_different_day_that_is_refused_stays_in_the_form(staff: Visitor) -> None:
    sent = {"first_day": "2026-12-24", "name_en": "Christmas Eve", "open": "25:00-99:00"}
    page = staff.send("/staff/hours", "/staff/hours/exceptions", **sent).get_data(as_text=True)
    assert "“Open”: Not a valid time." in page
    assert form_fields(page, "/staff/hours/exceptions").items() >= sent.items()


def test_a_different_day_is_added_and_removed(staff: Visitor) -> None:
    sent = {"first_day": "2026-12-24", "name_en": "Christmas Eve", "open": "08:00-12:00"}
    staff.send("/staff/hours", "/staff/hours/exceptions", **sent)
    shown = staff.see("/staff/hours")
    assert "Christmas Eve" in shown
    (remove,) = re.findall(r'action="([^"]+/remove)"', shown)
    staff.send("/staff/hours", remove)
    assert "Christmas Eve" not in staff.see("/staff/hours")


@pytest.mark.parametrize(("look", "closed"), [("yes", 0), ("no", 2)])
def test_a_calendar_file_is_read_entry_by_entry(
    staff: Visitor, campus: PlatformCampus, look: str, closed: int
) -> None:
    token = form_token(staff.browser.get("/staff/hours"))
    file = (io.BytesIO(HOLIDAYS.encode()), "holidays.ics")
    data = {"csrf_token": token, "look": look, "file": file}
    report = staff.browser.post("/staff/hours/import", data=data).get_data(as_text=True)
    assert "国庆节" in report
    assert "The entry repeats" in report
    found = staff.get(f"{BOOKING}/hours/library/{campus.library_id}/exceptions")["items"]
    assert len(found) == closed


def test_a_file_that_is_no_calendar_is_said(staff: Visitor) -> None:
    token = form_token(staff.browser.get("/staff/hours"))
    data = {"csrf_token": token, "file": (io.BytesIO(b"\xff\x00nonsense"), "x.ics")}
    answer = staff.browser.post("/staff/hours/import", data=data)
    assert answer.status_code == 422
    assert "not a calendar file" in answer.get_data(as_text=True)


@pytest.mark.usefixtures("campus")
def test_a_file_that_is_too_large_is_said_and_no_part_of_it_taken(staff: Visitor) -> None:
    token = form_token(staff.browser.get("/staff/spaces/import"))
    columns = b"code,name_zh,name_en,zone,space_type,space_kind,capacity\n"
    rows = (b"R," + b"n" * 130_000 + b",R,Z,room,learning,12\n") * 4
    file = FileStorage(io.BytesIO(columns + rows), "spaces.csv", "file")
    # Not left to the test client: past 500 kB it writes a file of its own and leaves it open.
    boundary, body = encode_multipart({"csrf_token": token, "file": file})
    sent = {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}
    answer = staff.browser.post("/staff/spaces/import", **sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)


def test_only_staff_see_these_pages(house: House, campus: PlatformCampus) -> None:
    somebody = house.person("organizer")
    for page in ("/staff/spaces", "/staff/hours", f"/staff/spaces/{campus.space_ids[0]}"):
        assert somebody.browser.get(page).status_code == 403


def test_spaces_are_taken_over_from_a_file(staff: Visitor, campus: PlatformCampus) -> None:
    zone = staff.get(f"{BOOKING}/zones/{campus.zone_id}")["code"]
    header = "code,name_zh,name_en,zone,space_type,space_kind,capacity"
    text = f"{header}\nNEW1,新室,The new one,{zone},room,learning,4\nBAD,坏,Bad,x,room,learning,4\n"
    token = form_token(staff.browser.get("/staff/spaces/import"))
    data = {"csrf_token": token, "file": (io.BytesIO(text.encode()), "spaces.csv")}
    report = staff.browser.post("/staff/spaces/import", data=data).get_data(as_text=True)
    assert "Added 1" in report
    assert "no single zone" in report
    assert "The new one" in staff.see("/staff/spaces")
