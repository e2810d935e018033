"""Closed days out of somebody else's calendar: what became of each entry."""

from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.booking.api.test_reserving_over_http import as_staff, signed_in
from tests.support.booking_builders import LIBRARY_ID

SCOPE = f"/api/booking/v1/hours/library/{LIBRARY_ID}/exceptions"
HOLIDAYS = """\
BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Somebody//EN\r
BEGIN:VEVENT\r
UID:1\r
SUMMARY:国庆节\r
DTSTART;VALUE=DATE:20261001\r
DTEND;VALUE=DATE:20261008\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2\r
SUMMARY:New Year's Day\r
DTSTART;VALUE=DATE:20270101\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:3\r
SUMMARY:A lecture\r
DTSTART:20261103T100000Z\r
DTEND:20261103T110000Z\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:4\r
SUMMARY:Every week\r
DTSTART;VALUE=DATE:20261103\r
RRULE:FREQ=WEEKLY\r
END:VEVENT\r
BEGIN:VTODO\r
UID:5\r
SUMMARY:Shopping\r
END:VTODO\r
BEGIN:VEVENT\r
UID:6\r
SUMMARY:Within the holiday\r
DTSTART;VALUE=DATE:20261002\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:7\r
SUMMARY:When?\r
DTSTART;VALUE=DATE:2026-99-99\r
END:VEVENT\r
END:VCALENDAR\r
"""


def importing(
    client: FlaskClient, calendar: str, headers: dict[str, str] | None = None, **more: Any
) -> TestResponse:
    who = (as_staff() if headers is None else headers) | {"Idempotency-Key": str(uuid4())}
    body = {"calendar": calendar, **more}
    return client.post(f"{SCOPE}/import-calendar", json=body, headers=who)


def closed_days(client: FlaskClient) -> list[tuple[str, str]]:
    items = client.get(SCOPE).get_json()["items"]
    return [(one["first_day"], one["last_day"]) for one in items]


def test_whole_days_are_taken_over_and_every_other_entry_says_why_not(client: FlaskClient) -> None:
    report = importing(client, HOLIDAYS).get_json()
    assert [(one["name"], one["added"], one["code"]) for one in report["items"]] == [
        ("国庆节", True, None),
        ("New Year's Day", True, None),
        ("A lecture", False, "not_whole_days"),
        ("Every week", False, "repeats"),
        ("Shopping", False, "not_an_event"),
        ("Within the holiday", False, "hours_exception_overlaps"),
        ("When?", False, "component_unreadable"),
    ]
    assert report["added"] == 2
    assert closed_days(client) == [("2026-10-01", "2026-10-07"), ("2027-01-01", "2027-01-01")]


def test_looking_adds_nothing(client: FlaskClient) -> None:
    report = importing(client, HOLIDAYS, dry_run=True).get_json()
    assert (report["added"], len(report["items"])) == (0, 7)
    assert report["items"][0]["last_day"] == "2026-10-07"
    assert closed_days(client) == []


def test_what_is_more_than_can_be_taken_over_at_once_is_named(client: FlaskClient) -> None:
    closed_day = "BEGIN:VEVENT\nUID:x\nDTSTART;VALUE=DATE:20261001\nEND:VEVENT\n"
    text = f"BEGIN:VCALENDAR\n{closed_day * 202}END:VCALENDAR\n"
    items = importing(client, text, dry_run=True).get_json()["items"]
    assert [one["code"] for one in items[199:]] == [None, *["too_many_components"] * 2]


@pytest.mark.parametrize("text", ["hello", "BEGIN:VCALENDAR", "BEGIN:VEVENT\nX", "\ufeff", "a:b\n"])
def test_what_is_no_calendar_is_said(client: FlaskClient, text: str) -> None:
    answer = importing(client, text)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "calendar_unreadable")


def test_only_the_librarys_staff_import(client: FlaskClient) -> None:
    elsewhere = signed_in(roles=["staff"], libraries=[str(uuid4())])
    for headers, status in ((signed_in(), 403), (elsewhere, 403), ({}, 401)):
        assert importing(client, HOLIDAYS, headers).status_code == status
