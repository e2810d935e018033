"""The staff's desk and approvals, on the real services."""

import pytest

from tests.gateway.pages.test_journeys import book_tomorrow
from tests.support.gateway_house import House, Visitor, form_fields
from tests.support.platform_campus import PlatformCampus

# The campus lets people check in a day ahead, so that tomorrow's are due already.
TOMORROW = "/staff/desk?day=2026-11-25&section=due"
BOOKING = "/api/booking/v1"
WALK_IN = "/staff/desk/walk-in#walk-in"


@pytest.fixture
def staff(house: House, campus: PlatformCampus) -> Visitor:
    assert campus.space_ids
    return house.person("staff", login="desk")


def booking_id(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[-1].partition("?")[0]


def status_of(staff: Visitor, identifier: str) -> str:
    found: str = staff.get(f"{BOOKING}/reservations/{identifier}")["status"]
    return found


@pytest.fixture
def needs_approval(campus: PlatformCampus) -> None:
    scope = {"library_id": campus.library_id, "scope_type": "library"}
    rules = {"approval_required": True, "start_step_minutes": 30}
    body = {**scope, "scope_id": campus.library_id, "body": rules}
    campus.staff.post(f"{BOOKING}/rulebooks", body)


def test_the_desk_shows_who_comes_by_name_and_checks_them_in(house: House, staff: Visitor) -> None:
    student = house.person()
    identifier = booking_id(book_tomorrow(student))
    page = staff.see(TOMORROW)
    assert student.account.display_name in page
    assert "Room 0" in page
    done = staff.send(TOMORROW, f"/staff/desk/{identifier}/check-in")
    assert done.status_code == 302
    assert status_of(staff, identifier) == "checked_in"
    assert student.account.display_name in staff.see("/staff/desk?day=2026-11-25&section=here")


def test_a_booking_is_cancelled_with_a_reason_and_not_without(house: House, staff: Visitor) -> None:
    identifier = booking_id(book_tomorrow(house.person()))
    page = f"/staff/desk/{identifier}/cancel"
    staff.send(page, f"/staff/desk/{identifier}/cancel", reason=" ")
    assert "Please say why" in staff.see(page)
    assert status_of(staff, identifier) == "confirmed"
    staff.send(page, f"/staff/desk/{identifier}/cancel", reason="Water damage")
    assert "Cancelled." in staff.see(page)
    found = staff.get(f"{BOOKING}/reservations/{identifier}")
    assert (found["status"], found["status_reason"]) == ("cancelled", "Water damage")


def test_a_walk_in_that_is_refused_keeps_what_was_typed(
    house: House, staff: Visitor, campus: PlatformCampus
) -> None:
    name = house.person().account.display_name
    code = staff.get(f"{BOOKING}/spaces/{campus.space_ids[0]}")["code"]
    said = {"minutes": "60", "party": "3", "reason": "Lost the card"}
    refused = (
        ({"person": name, "space": "nonsense", **said}, "no space with this code"),
        ({"person": "nobody at all", "space": code, **said}, "Nobody, or more than one person"),
        ({"person": name, "space": code, **said, "party": "9999"}, "alert"),
    )
    for typed, why in refused:
        answer = staff.send("/staff/desk", WALK_IN, **typed)
        page = answer.get_data(as_text=True)
        assert answer.status_code in {409, 422}
        assert why in page
        assert form_fields(page, WALK_IN).items() >= typed.items()
        assert (
            'hx-get="/staff/desk?' in page
        )  # bringing itself up to date leaves the form's address


def test_who_walks_in_gets_a_space_by_number_and_code(
    house: House, staff: Visitor, campus: PlatformCampus
) -> None:
    house.person(number="B77")
    code = staff.get(f"{BOOKING}/spaces/{campus.space_ids[0]}")["code"]
    done = staff.send("/staff/desk", WALK_IN, person="B77", space=code.lower())
    assert done.status_code == 302, done.get_data(as_text=True)
    assert f"has {code} now" in staff.see(done.location)


@pytest.mark.usefixtures("needs_approval")
def test_a_request_is_approved_beside_its_rival(house: House, staff: Visitor) -> None:
    first, second = house.person(), house.person()
    wanted, rival = (booking_id(book_tomorrow(one)) for one in (first, second))
    page = staff.see("/staff/approvals")
    assert "1 other wants this time" in page
    staff.send("/staff/approvals", f"/staff/approvals/{wanted}/approve")
    assert status_of(staff, wanted) == "confirmed"
    assert status_of(staff, rival) == "rejected"
    assert "No request waits" in staff.see("/staff/approvals")


@pytest.mark.usefixtures("needs_approval")
def test_a_request_is_rejected_with_a_reason(house: House, staff: Visitor) -> None:
    student = house.person()
    address = book_tomorrow(student)
    asked = student.see(address)
    assert "You have asked for it" in asked
    assert "nothing is held for you" in asked
    action = f"/staff/approvals/{booking_id(address)}/reject"
    staff.send("/staff/approvals", action, reason="")
    assert "Please say why" in staff.see("/staff/approvals")
    staff.send("/staff/approvals", action, reason="考试占用")
    assert status_of(staff, booking_id(address)) == "rejected"
    assert "考试占用" in student.see(address)


@pytest.mark.parametrize(
    "page",
    [
        "/staff/desk?day=x&section=%00&cursor=",
        "/staff/desk?library=zzz&day=2026-02-30",
        "/staff/approvals?library=%F0%9F%92%A9",
    ],
)
def test_nonsense_in_the_address_gets_a_page(staff: Visitor, page: str) -> None:
    assert staff.see(page)


@pytest.mark.parametrize("page", ["/staff/desk", "/staff/approvals"])
def test_only_staff_see_these_pages(house: House, staff: Visitor, page: str) -> None:
    assert house.person().browser.get(page).status_code == 403
    assert house.person("organizer").browser.get(page).status_code == 403
    stranger = house.apps["gateway"].test_client().get(page)
    assert stranger.headers["Location"].startswith("/sign-in")
    assert staff.see(page)
