"""What an organizer is told of the rooms before one is asked for."""

from tests.gateway.pages.test_organizing import campus, organizer, plan
from tests.support.gateway_house import House, Visitor
from tests.support.platform_campus import PlatformCampus, build_campus

__all__ = ["campus", "organizer"]


def test_the_form_tells_which_rooms_are_free_from_set_up_on(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    plan(organizer, campus.space_ids[0])
    house.move_messages()
    rooms = "/organizing/rooms?day=2026-12-01&capacity=30&setup=30&teardown=0"
    assert organizer.see(f"{rooms}&starts=20:30&ends=21:30").count("Taken then") == 1
    assert organizer.see(f"{rooms}&starts=21:30&ends=22:00").count("Free then") == 2
    large = organizer.see("/organizing/rooms?capacity=41")
    assert "No room of this kind holds so many people" in large


def test_of_a_time_that_is_past_no_room_is_said_to_be_free(
    campus: PlatformCampus, organizer: Visitor
) -> None:
    assert campus.space_ids
    past = organizer.see("/organizing/rooms?day=2026-11-20&capacity=30&starts=20:30&ends=21:30")
    assert past.count("That day or hour is past") == 1
    assert "Free then" not in past


def test_for_hours_the_wrong_way_round_no_room_is_said_to_be_free(
    campus: PlatformCampus, organizer: Visitor
) -> None:
    assert campus.space_ids
    rooms = "/organizing/rooms?day=2026-12-01&capacity=30&starts=20:30"
    backwards = organizer.see(f"{rooms}&ends=19:30")
    assert "It would end before it starts" in backwards
    assert "Free then" not in backwards
    assert "It would end before it starts" not in organizer.see(f"{rooms}&ends=21:30")


def test_the_rooms_of_a_library_made_a_moment_ago_are_offered(
    house: House, campus: PlatformCampus, organizer: Visitor
) -> None:
    """Names are read once in five minutes; what is asked for by name is looked up at once."""
    assert campus.space_ids
    assert "<form" in organizer.see("/organizing/new")  # the names are read
    chief = house.person("staff", "admin")
    new = build_campus(chief, rooms=1)  # type: ignore[arg-type]  # as good as a Person
    asked = f"library={new.library_id}"
    assert f'<option value="{new.library_id}" selected>' in organizer.see(
        f"/organizing/new?{asked}"
    )
    for page in (f"/organizing/new?{asked}", f"/organizing/rooms?{asked}&capacity=2"):
        assert f'value="{new.space_ids[0]}"' in organizer.see(page)
