"""What staff do for somebody: book ahead in their name, take a no-show back."""

import pytest
from sqlalchemy import Engine

from tests.gateway.pages.test_journeys import TOMORROW, book_tomorrow, links
from tests.support.gateway_house import House, Visitor
from tests.support.platform_campus import PlatformCampus

BOOKING = "/api/booking/v1"
NUMBER = "S20260001"


@pytest.fixture
def staff(house: House, campus: PlatformCampus) -> Visitor:
    assert campus.space_ids
    return house.person("staff", login="desk")


def begin(staff: Visitor, person: str) -> None:
    answer = staff.send("/staff/desk", "/staff/reserving", person=person)
    assert answer.status_code == 302


def test_staff_book_ahead_for_somebody_on_the_usual_pages(house: House, staff: Visitor) -> None:
    student = house.person(number=NUMBER)
    begin(staff, NUMBER)
    assert f"You are booking for {student.account.display_name}" in staff.see(TOMORROW)
    confirm = links(staff.see(TOMORROW), "/find/confirm")[0]
    assert str(student.account.patron_id) in staff.see(confirm)
    done = staff.send(confirm, "/find/book", reason="by telephone")
    assert done.status_code == 302, done.get_data(as_text=True)
    page = staff.see(done.location)
    assert "The person is told of it" in page
    assert "You are booking for" not in page

    (made,) = student.get(f"{BOOKING}/reservations")["items"]
    history = staff.get(f"{BOOKING}/reservations/{made['id']}/history")["items"]
    assert {one["actor"] for one in history} == {str(staff.account.patron_id)}
    assert history[-1]["change"]["reason"] == "by telephone"
    assert staff.get(f"{BOOKING}/reservations")["items"] == []
    # What the person is told of by notice and mail: see tests/gateway/notices.
    assert ("booking.reservation.confirmed.v1", made["patron_id"]) in said(house)


def test_staff_come_back_to_the_day_as_the_library_counts_it(house: House, staff: Visitor) -> None:
    house.person(number=NUMBER)
    begin(staff, NUMBER)
    at_seven = TOMORROW.replace("09:00", "07:00").replace("18:00", "08:00")
    confirm = links(staff.see(at_seven), "/find/confirm")[0]
    assert "starts_at=2026-11-24T23" in confirm  # in Shanghai that is the 25th
    done = staff.send(confirm, "/find/book", reason="by telephone")
    assert "day=2026-11-25" in done.location


def test_staff_stop_and_book_for_themselves_again(house: House, staff: Visitor) -> None:
    student = house.person(number=NUMBER)
    begin(staff, NUMBER)
    staff.send(TOMORROW, "/staff/reserving/end")
    assert "You are booking for" not in staff.see(TOMORROW)
    book_tomorrow(staff)
    assert student.get(f"{BOOKING}/reservations")["items"] == []


def test_nobody_of_that_name_is_said(staff: Visitor) -> None:
    begin(staff, "nobody at all")
    assert "Nobody, or more than one person" in staff.see("/staff/desk")
    assert "You are booking for" not in staff.see(TOMORROW)


def test_who_is_not_staff_books_for_nobody_else(house: House, staff: Visitor) -> None:
    student = house.person()
    confirm = links(student.see(TOMORROW), "/find/confirm")[0]
    refused = student.send(confirm, "/find/book", patron_id=str(staff.account.patron_id))
    assert refused.status_code == 403
    assert student.browser.post("/staff/reserving").status_code in {400, 403}


def test_a_no_show_is_taken_back_with_a_reason(house: House, staff: Visitor) -> None:
    student = house.person()
    identifier = book_tomorrow(student).rstrip("/").rsplit("/", 1)[-1].partition("?")[0]
    nobody_came(house, identifier)
    day = "/staff/desk?day=2026-11-25&section=no_show"
    assert f"/staff/desk/{identifier}/no-show" in staff.see(day)
    page = f"/staff/desk/{identifier}/no-show"
    staff.send(page, page, reason="")
    assert "say why" in staff.see(page)
    staff.send(page, page, outcome="was_there", reason="The screen was dark")
    assert "The no-show is taken back." in staff.see(day)
    assert staff.get(f"{BOOKING}/reservations/{identifier}")["status"] == "completed"


def said(house: House) -> list[tuple[str, str]]:
    """What booking has said of whom."""
    engine: Engine = house.apps["booking"].extensions["atrium_engine"]
    with engine.connect() as connection:
        query = "SELECT type, data ->> 'patron_id' FROM outbox"
        return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]


def nobody_came(house: House, identifier: str) -> None:
    """Let it be as it is when the worker has released it."""
    engine: Engine = house.apps["booking"].extensions["atrium_engine"]
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE reservation SET status = 'no_show', ended_at = check_in_until WHERE id = %s",
            (identifier,),
        )


def test_staff_are_shown_the_times_that_the_person_may_have(house: House, staff: Visitor) -> None:
    student = house.person(number=NUMBER)
    book_tomorrow(student)  # at nine
    at_nine = "starts_at=2026-11-25T01"
    assert any(at_nine in link for link in links(staff.see(TOMORROW), "/find/confirm"))
    begin(staff, NUMBER)
    offered = links(staff.see(TOMORROW), "/find/confirm")
    assert offered
    assert not any(at_nine in link for link in offered)
