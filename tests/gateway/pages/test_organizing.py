"""An organizer's pages: from an idea to a published activity, its room, its people."""

import re
from datetime import timedelta

import pytest

from gateway.pages.activity_codes import room_state
from tests.support.gateway_house import House, Visitor
from tests.support.platform_campus import PlatformCampus, build_campus

NOBODY = "00000000-0000-0000-0000-000000000000"
STARTS = "2026-12-01T10:30:00Z"  # the form's own evening: a week on, 18:30 in Shanghai


@pytest.fixture
def campus(house: House) -> PlatformCampus:
    staff = house.person("staff", "organizer", "manager", "admin", login="chief")
    made = build_campus(staff, rooms=2, capacity=40)  # type: ignore[arg-type]  # as good as a Person
    house.move_messages()  # activities learn of spaces over the bus
    return made


@pytest.fixture
def organizer(house: House) -> Visitor:
    return house.person("organizer", login="organizer")


def plan(organizer: Visitor, space_id: str, **chosen: str) -> str:
    """Fill in the form as it stands; return the new activity's page."""
    said = {"title_en": "Poems by the lake", "space_id": space_id, "programme": "salon"}
    made = organizer.send("/organizing/new", "/organizing/new", **said | chosen)
    assert made.status_code == 302, made.get_data(as_text=True)
    page: str = made.location
    return page


def published(house: House, organizer: Visitor, space_id: str, **chosen: str) -> str:
    page = plan(organizer, space_id, **chosen)
    house.move_messages()
    assert organizer.send(page, f"{page}/publish").status_code == 302
    return page


def sign_up(page: str, *people: Visitor) -> None:
    public = page.replace("organizing", "whats-on")
    for person in people:
        assert person.send(public, f"{public}/sign-up").status_code == 302


def test_an_idea_becomes_a_published_activity(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = plan(organizer, campus.space_ids[0])
    asked = organizer.see(page)
    assert "The room is asked for" in asked
    assert '<meta http-equiv="refresh"' in asked
    assert "Publish</button>" not in asked
    house.move_messages()
    held = organizer.see(page)
    assert "The room is held" in held
    assert "refresh" not in held
    organizer.send(page, f"{page}/publish")
    assert "people can sign up now" in organizer.see(page)
    public = house.person().see(page.replace("organizing", "whats-on"))
    assert "Poems by the lake" in public
    assert "Poems by the lake" in organizer.see("/organizing")


def test_a_refused_room_is_answered_with_one_tap(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    plan(organizer, campus.space_ids[0])
    page = plan(organizer, campus.space_ids[0])
    house.move_messages()
    refused = organizer.see(page)
    assert "Somebody else has it" in refused
    assert "Take this" in refused
    taken = organizer.send(page, f"{page}/alternative")
    assert taken.status_code == 302, taken.get_data(as_text=True)
    house.move_messages()
    assert "The room is held" in organizer.see(page)


def test_a_plan_that_does_not_work_keeps_what_was_typed(
    campus: PlatformCampus, organizer: Visitor
) -> None:
    typed = {"title_en": "", "title_zh": "", "description_en": "A long text", "ends": "10:00"}
    answer = organizer.send(
        "/organizing/new", "/organizing/new", space_id=campus.space_ids[0], **typed
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Give it a title" in page
    assert "must end after it starts" in page
    assert "A long text" in page


def test_looking_for_rooms_without_a_script_makes_no_draft(
    campus: PlatformCampus, organizer: Visitor
) -> None:
    shown = organizer.send(
        "/organizing/new", "/organizing/new", look="1", capacity="41", title_en="Kept"
    )
    page = shown.get_data(as_text=True)
    assert shown.status_code == 200
    assert "No room of this kind" in page
    assert 'value="Kept"' in page
    assert campus.space_ids[0] not in page
    assert "Nothing here yet" in organizer.see("/organizing?view=drafts")


def test_a_copy_starts_as_the_old_one_in_the_week_to_come(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = published(house, organizer, campus.space_ids[0], capacity="17")
    identifier = page.rsplit("/", 1)[1]
    form = organizer.see(f"/organizing/new?like={identifier}")
    assert 'value="Poems by the lake"' in form
    assert 'value="2026-12-08"' in form
    assert 'value="17"' in form


def test_a_published_activity_changes_its_words_and_places_alone(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = published(house, organizer, campus.space_ids[0])
    edit = organizer.see(f"{page}/edit")
    assert 'name="day"' not in edit
    assert "Time and room were announced and are not changed here" in edit
    assert f'href="{page}/move"' in edit
    changed = organizer.send(
        f"{page}/edit", f"{page}/edit", title_en="Poems at night", capacity="12"
    )
    assert changed.status_code == 302, changed.get_data(as_text=True)
    assert "Poems at night" in organizer.see(page)


def test_two_who_change_the_same_version_are_told(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = published(house, organizer, campus.space_ids[0])
    late = organizer.send(f"{page}/edit", f"{page}/edit", title_en="Late", version='"an old one"')
    assert late.status_code == 412
    assert 'value="Late"' in late.get_data(as_text=True)


def test_an_activity_is_called_off_with_a_reason_everybody_reads(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = published(house, organizer, campus.space_ids[0])
    organizer.send(page, f"{page}/cancel", reason="The poet is ill.")
    assert "The poet is ill." in organizer.see(page)
    assert "The poet is ill." in house.person().see(page.replace("organizing", "whats-on"))


def test_a_draft_is_thrown_away(campus: PlatformCampus, organizer: Visitor) -> None:
    page = plan(organizer, campus.space_ids[0])
    assert organizer.send(page, f"{page}/discard").location.endswith("/organizing?view=drafts")
    assert organizer.browser.get(page).status_code == 404


def test_sign_ups_stand_by_name_with_the_order_and_reason_of_waiting(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = published(house, organizer, campus.space_ids[0], capacity="1")
    sign_up(page, house.person(), house.person())
    listed = organizer.see(f"{page}/sign-ups")
    assert listed.count('<th scope="row">王小明') == 2
    assert "No. 1" in listed
    assert "on the list at position 1" in listed
    waiting = organizer.see(f"{page}/sign-ups?view=waiting")
    assert waiting.count('<th scope="row">王小明') == 1
    file = organizer.browser.get(f"{page}/sign-ups.csv")
    head, *rows = file.get_data(as_text=True).removeprefix("\ufeff").splitlines()
    assert head.startswith("No.,Name,Number,Status")
    assert [row.split(",")[1] for row in rows] == ["王小明", "王小明"]


def test_results_are_a_page_and_a_file_of_the_same_numbers(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = published(house, organizer, campus.space_ids[0])
    sign_up(page, house.person())
    house.clock.set(house.clock.now() + timedelta(days=8))
    organizer = house.person("staff", login="later")
    assert organizer.send(page, f"{page}/close").status_code == 302
    shown = organizer.see(f"{page}/results")
    assert "Nobody took attendance" in shown
    row = re.search(r"Not measured</th><td[^>]*>(\d+)<", shown)
    assert row is not None
    assert row[1] == "1"
    assert "Not measured,1,1" in organizer.browser.get(f"{page}/results.csv").get_data(as_text=True)


def test_nobody_opens_what_is_not_theirs(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    page = published(house, organizer, campus.space_ids[0])
    other, patron = house.person("organizer"), house.person()
    for path in ("", "/edit", "/sign-ups", "/sign-ups.csv", "/door", "/code", "/results"):
        assert other.browser.get(f"{page}{path}").status_code == 403, path
        assert patron.browser.get(f"{page}{path}").status_code == 403, path
    assert patron.browser.get("/organizing").status_code == 403
    draft = plan(organizer, campus.space_ids[1])
    assert other.browser.get(draft).status_code == 404


@pytest.mark.usefixtures("campus")
def test_nonsense_never_breaks_an_organizers_page(organizer: Visitor) -> None:
    for path in (
        "/organizing?view=x&cursor=%F0%9F%92%A9&q=%00&whose=all",
        "/organizing/new?like=x",
        f"/organizing/new?like={NOBODY}",
        "/organizing/rooms?day=x&starts=99:99&capacity=-1&library=zzz&kind=<b>&space_id=%00",
        f"/organizing/{NOBODY}",
        f"/organizing/{NOBODY}/door",
        f"/organizing/{NOBODY}/sign-ups?view=x&cursor=x",
        f"/organizing/{NOBODY}/results.csv",
    ):
        assert organizer.browser.get(path).status_code < 500, path
    wild = {"day": "9999-99-99", "opens": "never", "closes": "2026-01-01T00:00+09:00"}
    answer = organizer.send(
        "/organizing/new", "/organizing/new", capacity="x", space_id="y", **wild
    )
    assert answer.status_code < 500


def test_every_state_of_a_room_has_its_words(house: House) -> None:
    with house.apps["gateway"].test_request_context():
        assert all(room_state().values())


AWAY = {
    "en": "Which rooms there are cannot be read just now",
    "zh-CN": "现在无法读取房间信息",
}


@pytest.mark.parametrize("language", AWAY)
@pytest.mark.usefixtures("campus")
def test_rooms_that_cannot_be_read_are_not_said_to_be_too_small(
    house: House, language: str
) -> None:
    organizer = house.person("organizer", language=language)
    typed = {"title_en": "Poems by the lake", "description_en": "By heart.", "look": "1"}
    organizer.see("/organizing/new")
    house.closed.add("booking")
    away = organizer.send("/organizing/new", "/organizing/new", **typed)
    page = away.get_data(as_text=True)
    assert away.status_code == 200
    assert AWAY[language] in page
    assert "No room of this kind" not in page
    assert "没有" not in page.split('id="rooms"')[1].split("</fieldset>")[0]
    assert 'value="Poems by the lake"' in page
    assert ">By heart.</textarea>" in page
    assert 'name="look"' in page.split('id="rooms"')[1].split("</fieldset>")[0]
    house.closed.clear()
    again = organizer.send("/organizing/new", "/organizing/new", **typed).get_data(as_text=True)
    assert AWAY[language] not in again
    assert "Room 0" in again or "0 号室" in again


def test_the_room_chosen_stays_chosen_while_rooms_cannot_be_read(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    organizer.see("/organizing/new")
    house.closed.add("booking")
    part = organizer.see(f"/organizing/rooms?space_id={campus.space_ids[1]}&capacity=10")
    assert f'value="{campus.space_ids[1]}" checked' in part
    assert "The room chosen before" in part
