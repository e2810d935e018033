"""An organizer moves what is published: the form, the answer to it, the way back."""

from datetime import timedelta

import pytest

from tests.gateway.pages.test_organizing import plan, published, sign_up
from tests.support.gateway_house import House, Visitor
from tests.support.platform_campus import PlatformCampus, build_campus

DAY = "2026-12-03"
OVERLAPPING = {"starts": "19:30", "ends": "21:00"}  # published for 18:30 to 20:00
WORDS = {
    "en": {
        "promise": "until then nothing changes",
        "asked": "The other room is asked for; until the answer comes nothing has changed.",
        "itself": "This page shows the answer by itself.",
        "refused": "The move is not possible as it was asked for",
        "taken": "Somebody else has it",
        "there": "Move there",
        "drop": "Drop the move",
        "dropped": "The move is dropped: everything stays as it is.",
        "day": "Dec 3",
    },
    "zh-CN": {
        "promise": "在此之前一切照旧",
        "asked": "已申请新的空间；答复之前，一切照旧。",
        "itself": "答复会自动显示在本页",
        "refused": "无法按此调整",
        "taken": "已有其他安排",
        "there": "改到这里",
        "drop": "撤回调整",
        "dropped": "已撤回调整，一切照旧。",
        "day": "12月3日",
    },
}
both_languages = pytest.mark.parametrize("language", ["en", "zh-CN"])


@pytest.fixture
def campus(house: House) -> PlatformCampus:
    staff = house.person("staff", "organizer", "manager", "admin", login="chief")
    made = build_campus(staff, rooms=2, capacity=40)  # type: ignore[arg-type]  # as good as a Person
    house.move_messages()  # activities learn of spaces over the bus
    return made


def organizer_in(house: House, language: str = "en") -> Visitor:
    return house.person("organizer", login="organizer", language=language)


def ask(organizer: Visitor, page: str, space_id: str, **chosen: str) -> None:
    said = {"day": DAY, "last_day": "", "space_id": space_id, **chosen}
    sent = organizer.send(f"{page}/move", f"{page}/move", **said)
    assert sent.status_code == 302, sent.get_data(as_text=True)


@both_languages
def test_an_activity_moves_once_the_other_room_is_granted(
    house: House, campus: PlatformCampus, language: str
) -> None:
    words = WORDS[language]
    organizer, guest = organizer_in(house, language), house.person(language=language)
    page = published(house, organizer, campus.space_ids[0])
    sign_up(page, guest)
    assert words["promise"] in organizer.see(f"{page}/move")
    ask(organizer, page, campus.space_ids[1])
    waiting = organizer.see(page)
    assert words["asked"] in waiting
    assert words["itself"] in waiting
    assert '<meta http-equiv="refresh"' in waiting
    assert words["day"] not in guest.see(page.replace("organizing", "whats-on"))
    house.move_messages()
    moved = organizer.see(page)
    assert words["drop"] not in moved
    assert words["day"] in moved
    assert words["day"] in guest.see(page.replace("organizing", "whats-on"))
    assert words["day"] in guest.see("/my-bookings")


@both_languages
def test_a_refused_move_is_answered_with_one_tap_or_dropped(
    house: House, campus: PlatformCampus, language: str
) -> None:
    words = WORDS[language]
    organizer = organizer_in(house, language)
    plan(organizer, campus.space_ids[1], day=DAY)
    page = published(house, organizer, campus.space_ids[0])
    ask(organizer, page, campus.space_ids[1])
    house.move_messages()
    refused = organizer.see(page)
    assert words["refused"] in refused
    assert words["taken"] in refused
    assert 1 <= refused.count(f">{words['there']}<") <= 5
    taken = organizer.send(page, f"{page}/move/alternative")
    assert taken.status_code == 302, taken.get_data(as_text=True)
    assert words["asked"] in organizer.see(page)
    organizer.send(page, f"{page}/move/drop")
    assert words["dropped"] in organizer.see(page)
    house.move_messages()
    after = organizer.see(page)
    assert words["drop"] not in after
    assert words["day"] not in after.split('id="plan"')[1]


def test_the_same_room_at_an_overlapping_time_shows_as_free_and_is_had(
    house: House, campus: PlatformCampus
) -> None:
    organizer = organizer_in(house)
    page = published(house, organizer, campus.space_ids[0])
    day = {"day": "2026-12-01", **OVERLAPPING}
    looked = organizer.send(f"{page}/move", f"{page}/move", look="1", **day)
    shown = looked.get_data(as_text=True)
    assert looked.status_code == 200
    assert shown.count("Free then") == 2
    ask(organizer, page, campus.space_ids[0], **day)
    house.move_messages()
    moved = organizer.see(page)
    assert "19:30–21:00" in moved.split('id="plan"')[1]
    assert "The room is held" in moved


def test_what_cannot_be_asked_keeps_what_was_typed(house: House, campus: PlatformCampus) -> None:
    organizer = organizer_in(house)
    page = published(house, organizer, campus.space_ids[0])
    sent = organizer.send(
        f"{page}/move", f"{page}/move", day=DAY, ends="10:00", space_id=campus.space_ids[0]
    )
    text = sent.get_data(as_text=True)
    assert sent.status_code == 422
    assert "must end after it starts" in text
    assert f'value="{DAY}"' in text


def test_two_who_move_the_same_version_are_told(house: House, campus: PlatformCampus) -> None:
    organizer = organizer_in(house)
    page = published(house, organizer, campus.space_ids[0])
    late = organizer.send(
        f"{page}/move", f"{page}/move", day=DAY, version='"old"', space_id=campus.space_ids[0]
    )
    assert late.status_code == 412


def test_what_has_begun_offers_no_move_and_nobody_else_is_shown_the_form(
    house: House, campus: PlatformCampus
) -> None:
    organizer = organizer_in(house)
    page = published(house, organizer, campus.space_ids[0])
    assert f'href="{page}/move"' in organizer.see(page)
    for somebody in (house.person("organizer"), house.person()):
        assert somebody.browser.get(f"{page}/move").status_code == 403
    house.clock.set(house.clock.now() + timedelta(days=7, hours=7))
    organizer = house.person("staff", login="later")
    assert f'href="{page}/move"' not in organizer.see(page)
