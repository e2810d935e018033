"""The staff change rules and close days, having seen whom it touches; on the real services."""

import pytest

from tests.gateway.pages.test_journeys import book_tomorrow
from tests.gateway.pages.test_staff_desk import BOOKING, booking_id, staff, status_of
from tests.support.gateway_house import House, Visitor
from tests.support.platform_campus import PlatformCampus

__all__ = ["staff"]


def closure(campus: PlatformCampus, **said: str) -> dict[str, str]:
    usual = {
        "scope": f"library/{campus.library_id}",
        "first_day": "2026-11-25",
        "name_zh": "停电",
        "name_en": "No power",
    }
    return {**usual, **said}


def test_a_closure_names_whom_it_touches_before_it_closes(
    house: House, staff: Visitor, campus: PlatformCampus
) -> None:
    student = house.person()
    identifier = booking_id(book_tomorrow(student))
    looked = staff.send("/staff/closures", "/staff/closures/look", **closure(campus))
    page = looked.get_data(as_text=True)
    assert "1 booking will be cancelled" in page
    assert student.account.display_name in page
    assert staff.get(f"{BOOKING}/libraries/{campus.library_id}/closures")["items"] == []
    assert status_of(staff, identifier) == "confirmed"
    sent = {
        **closure(campus),
        "csrf_token": page.split('name="csrf_token" value="')[1].split('"')[0],
    }
    closed = staff.browser.post("/staff/closures/close", data=sent)
    assert closed.status_code == 302
    shown = staff.see("/staff/closures")
    assert "No power" in shown
    assert "People are being told" in shown


def test_a_closure_is_undone(staff: Visitor, campus: PlatformCampus) -> None:
    staff.send("/staff/closures", "/staff/closures/look", **closure(campus))
    page = staff.browser.get("/staff/closures").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    staff.browser.post("/staff/closures/close", data={**closure(campus), "csrf_token": token})
    (made,) = staff.get(f"{BOOKING}/libraries/{campus.library_id}/closures")["items"]
    staff.send("/staff/closures", f"/staff/closures/{made['id']}/undo")
    assert "Opened again" in staff.see("/staff/closures")


def test_a_closure_that_makes_no_sense_is_said_beside_the_form(
    staff: Visitor, campus: PlatformCampus
) -> None:
    wrong = closure(campus, last_day="2026-11-01", name_zh="", name_en="")
    answer = staff.send("/staff/closures", "/staff/closures/look", **wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.get_data(as_text=True)


def test_a_closure_without_a_reason_is_told_which_fields_are_empty(
    staff: Visitor, campus: PlatformCampus
) -> None:
    silent = closure(campus, name_zh="", name_en="")
    answer = staff.send("/staff/closures", "/staff/closures/look", **silent)
    assert answer.status_code == 422
    assert "fill in “Why, in Chinese” or “Why, in English”" in answer.get_data(as_text=True)


def test_hours_left_open_that_end_before_they_begin_are_refused_in_chinese(
    house: House, campus: PlatformCampus
) -> None:
    chinese = house.person("staff", language="zh-CN")
    wrong = closure(campus, opens="18:00", closes="08:00")
    answer = chinese.send("/staff/closures", "/staff/closures/look", **wrong)
    told = answer.get_data(as_text=True).split('role="alert"')[1].split("</div>")[0]
    assert "必须晚于开放时间" in told
    assert "Must be" not in told


def test_rules_are_read_as_sentences_changed_looked_at_and_published(
    house: House, staff: Visitor
) -> None:
    book_tomorrow(house.person())
    shown = staff.see("/staff/rules")
    assert "It starts every 30 min." in shown
    edit = "/staff/rules/edit"
    asked = {"max_minutes": "45", "default_minutes": "30", "quota_count_day": "1"}
    looked = staff.send(edit, "/staff/rules/look", **asked)
    page = looked.get_data(as_text=True)
    assert "Bookings ahead that would not be allowed" in page
    assert "At most 1 booking per person and day." in page
    assert "Too long" in page
    assert "It starts every 30 min." in staff.see("/staff/rules")
    fields = dict(_hidden(page, "/staff/rules/publish"))
    assert staff.browser.post("/staff/rules/publish", data=fields).status_code == 302
    assert "Published as version 2." in staff.see("/staff/rules")
    assert "At most 1 booking per person and day." in staff.see("/staff/rules")
    assert "No longer" in staff.see("/staff/rules/history")


def _hidden(page: str, action: str) -> list[tuple[str, str]]:
    form = next(part for part in page.split("<form") if f'action="{action}"' in part)
    parts = form.split('<input type="hidden" name="')[1:]
    return [(part.split('"')[0], part.split('value="')[1].split('"')[0]) for part in parts]


def test_rules_that_make_no_sense_come_back_with_what_is_wrong(staff: Visitor) -> None:
    answer = staff.send("/staff/rules/edit", "/staff/rules/look", max_minutes="-5", min_party="x")
    page = answer.get_data(as_text=True)
    told = page.split('role="alert"')[1].split("</div>")[0]
    assert answer.status_code == 422
    assert "“Longest (minutes)” must be a whole number" in told
    assert "“Least number of people” must be" in told
    assert "_" not in told


@pytest.mark.parametrize(
    "page",
    [
        "/staff/rules?library=x",
        "/staff/rules/edit?scope=nonsense/x&class=%00",
        "/staff/rules/history?scope=space/x",
        "/staff/closures?library=%F0%9F%92%A9",
    ],
)
def test_nonsense_in_the_address_gets_a_page(house: House, staff: Visitor, page: str) -> None:
    assert staff.see(page)
    assert house.person().browser.get(page).status_code == 403
