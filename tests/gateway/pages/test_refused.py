"""A no that helps: what was typed, why not, what could be had instead, when it can be had again."""

from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests.support.gateway_house import House, Visitor, links
from tests.support.platform_campus import PlatformCampus, build_campus

TOMORROW = "/find?day=2026-11-25&earliest=09:00&latest=18:00&minutes=60&party=2&space_type=room"
LANGUAGES = ("en", "zh-CN")


def campus(house: House, **rules: object) -> PlatformCampus:
    staff = house.person("staff", "organizer", "manager", "admin", login="chief")
    return build_campus(staff, rooms=2, start_step_minutes=30, capacity=4, **rules)  # type: ignore[arg-type]  # as good as a Person


def book(visitor: Visitor, number: int = 0, **chosen: str) -> TestResponse:
    confirm = links(visitor.see(TOMORROW), "/find/confirm")[number]
    return visitor.send(confirm, "/find/book", **chosen)


def text_of(answer: TestResponse) -> str:
    return unescape(answer.get_data(as_text=True))


NOT_CHANGED = {"en": "It was not changed: the booking is as it was.", "zh-CN": "预约保持原样"}
TAKE = {"en": "Take this", "zh-CN": "选这个"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_change_keeps_what_was_typed_and_offers_the_nearest(
    house: House, language: str
) -> None:
    campus(house, max_minutes=120)
    student = house.person(language=language)
    booking = book(student).location
    typed = {"starts": "11:30", "minutes": "300", "party": "3"}
    refused = student.send(booking, f"{booking}/change", **typed)
    page = text_of(refused)
    assert refused.status_code == 409
    assert NOT_CHANGED[language] in page
    assert "300" in page.split('role="alert"')[1].split("</div>")[0]
    for value in typed.values():
        assert f'value="{value}"' in page.split('id="change"')[1]
    offers = page.split(f'action="{booking}/move"')[1:]
    assert 1 <= len(offers) <= 5
    assert "11:30–13:30" in page, "in the same room, as long as the rules allow"


def test_a_booking_does_not_stand_in_the_way_of_what_it_could_become(house: House) -> None:
    made = campus(house)
    student, rival = house.person(), house.person()
    booking = book(student).location
    held = student.get("/api/booking/v1/reservations")["items"][0]
    body = {
        "space_id": held["space_id"],
        "starts_at": "2026-11-25T02:30:00Z",
        "ends_at": "2026-11-25T04:00:00Z",
    }
    rival.post("/api/booking/v1/reservations", body)
    made.staff.post(  # the other room is taken all day
        "/api/booking/v1/reservations",
        {
            "space_id": next(one for one in made.space_ids if one != held["space_id"]),
            "starts_at": "2026-11-25T00:00:00Z",
            "ends_at": "2026-11-25T02:00:00Z",
        },
    )
    refused = text_of(student.send(booking, f"{booking}/change", starts="10:00"))
    assert "09:30–10:30" in refused, "half of it is the time the booking has already"


LIMITS = {
    "en": ("Reservations are limited to 1 a day", "Wed, Nov 25", "From Thu, Nov 26 on"),
    "zh-CN": ("每天最多预约 1 次", "11月25日周三", "11月26日周四 起重新计算"),
}
TRY_AGAIN = {"en": "Try again", "zh-CN": "重试"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_reached_a_limit_is_told_which_and_until_when_and_not_to_try_again(
    house: House, language: str
) -> None:
    campus(house, quotas=[{"unit": "count", "period": "day", "limit": 1}])
    student = house.person(language=language)
    book(student)
    refused = book(student, -1)
    page = text_of(refused)
    main = page.split("<main", 1)[1]
    assert refused.status_code == 409
    assert all(words in page for words in LIMITS[language])
    assert "2026-11-25" not in page.split('role="alert"')[1].split("</div>")[0]
    assert 'action="/find/book"' not in main
    assert TRY_AGAIN[language] not in main
    assert 'href="/my-bookings"' in main
    assert any("day=2026-11-26" in link for link in links(page, "/find?"))


def test_minutes_that_are_left_can_still_be_had(house: House) -> None:
    campus(house, quotas=[{"unit": "minutes", "period": "day", "limit": 90}])
    student = house.person()
    book(student)
    refused = text_of(book(student, -1))
    assert "limited to 90 minutes a day: 30 are left on Wed, Nov 25" in refused
    assert "Book a shorter stay" in refused
    assert 'href="/my-bookings"' in refused.split("<main", 1)[1]


def test_too_many_ahead_says_what_helps(house: House) -> None:
    campus(house, max_active_future=1)
    student = house.person()
    book(student)
    refused = text_of(book(student, -1))
    assert "When one of them is over or given up" in refused
    assert 'action="/find/book"' not in refused


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_of_no_space_is_not_there_and_says_where_to_go_on(
    house: House, language: str
) -> None:
    campus(house)
    student = house.person(language=language)
    for space in ("00000000-0000-0000-0000-000000000000", "x", ""):
        answer = student.browser.get(f"/arrive?space={space}&code=123456")
        assert answer.status_code == 404
        assert 'href="/my-bookings"' in text_of(answer).split("<main", 1)[1]


USE = {"en": "Use it now", "zh-CN": "现在使用"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_free_space_is_had_and_entered_with_one_tap(house: House, language: str) -> None:
    made = campus(house)
    student, late = house.person(language=language), house.person()
    space = made.space_ids[0]
    code = made.staff.get(f"/api/booking/v1/spaces/{space}/check-in-code")["code"]
    arrive = f"/arrive?space={space}&code={code}"
    assert USE[language] in student.see(arrive)
    used = student.send(arrive, "/arrive/use")
    assert used.status_code == 302, text_of(used)
    (held,) = student.get("/api/booking/v1/reservations")["items"]
    assert (held["status"], held["space_id"]) == ("checked_in", space)
    assert USE["en"] not in late.see(arrive)


def test_a_code_of_some_minutes_ago_books_all_the_same(house: House) -> None:
    made = campus(house)
    student = house.person()
    used = student.send(f"/arrive?space={made.space_ids[0]}&code=000000", "/arrive/use")
    assert "Check in with the code at the space" in student.see(used.location)
    assert student.get("/api/booking/v1/reservations")["items"][0]["status"] == "confirmed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_grid_lets_one_choose_library_and_kind(house: House, language: str) -> None:
    campus(house)
    other = build_campus(house.person("staff", "admin", login="second"), rooms=1)  # type: ignore[arg-type]  # as good as a Person
    student = house.person(language=language)
    day = "/find/day?day=2026-11-25&minutes=60&party=2&space_type="
    page = student.see(f"{day}room")
    form = page.split('action="/find/day"')[1].split("</form>")[0]
    assert f'<option value="{other.library_id}"' in form
    assert '<select id="space_type"' in form
    assert links(page, "/find/confirm")
    assert not links(student.see(f"{day}machine"), "/find/confirm")


def test_hours_are_kept_on_one_line(house: House) -> None:
    campus(house)
    student = house.person()
    page = student.see(book(student).location)
    assert '<span class="together">09:00–10:00</span>' in page
