"""A published activity moves, on both brokers: the room changes hands, people are told once."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support.platform_campus import (
    BOOKING,
    EVENTS,
    PlatformCampus,
    build_campus,
    local_midnight,
    slot,
)
from tests.support.platform_fixtures import both_shapes
from tests.support.platform_people import Person, admit, first_administrator
from tests.support.polling import eventually
from tests.support.running_platform import RunningPlatform

pytestmark = [both_shapes, pytest.mark.timeout(180)]
NOTICES = "/api/gateway/v1/me/notices"
BEGINS = local_midnight(3) + timedelta(hours=14)
HOUR = timedelta(hours=1)


def published(organizer: Person, space_id: str) -> str:
    plan = {
        "programme": "lecture",
        "title_en": "Old maps",
        "capacity": 1,
        **slot(space_id, BEGINS, minutes=120),
    }
    activity: str = organizer.post(f"{EVENTS}/library-events", plan)["id"]
    address = f"{EVENTS}/library-events/{activity}"
    eventually(lambda: organizer.get(address)["room"]["state"] == "held")
    organizer.post(f"{address}/publish")
    return address


def move(organizer: Person, address: str, space_id: str, starts_at: datetime) -> None:
    to = slot(space_id, starts_at, minutes=120)
    organizer.post(f"{address}/move", to, **{"If-Match": "*"})


def starts(person: Person, address: str) -> datetime:
    return datetime.fromisoformat(person.get(address)["starts_at"])


def moves_told(person: Person) -> list[Any]:
    notices = person.get(NOTICES)["items"]
    return [one for one in notices if one["kind"] == "activity_moved"]


def can_be_booked(person: Person, space_id: str, starts_at: datetime) -> bool:
    return person.send(f"{BOOKING}/reservations", slot(space_id, starts_at)).status_code == 201


@pytest.fixture
def campus(platform: RunningPlatform) -> PlatformCampus:
    made = build_campus(platform.staff(), rooms=2, capacity=10)
    for space_id in made.space_ids:
        platform.await_space(space_id)
    return made


def test_an_activity_moves_within_its_room_and_nobody_loses_a_place(
    platform: RunningPlatform, campus: PlatformCampus
) -> None:
    administrator = first_administrator(platform.process, platform.client)
    organizer = admit(administrator, "organizer", roles=("patron", "organizer"))
    ann, ben, cui = (admit(administrator, name) for name in ("ann", "ben", "cui"))
    room = campus.space_ids[0]
    address = published(organizer, room)
    for person in (ann, ben):
        person.post(f"{address}/registrations", {})
    move(organizer, address, room, BEGINS + HOUR)
    eventually(lambda: starts(ann, address) == BEGINS + HOUR)
    for person in (ann, ben):
        eventually(lambda person=person: len(moves_told(person)) == 1)
    assert can_be_booked(cui, room, BEGINS)
    assert not can_be_booked(cui, room, BEGINS + 2 * HOUR)
    statuses = {one["status"] for one in organizer.get(f"{address}/registrations")["items"]}
    assert statuses == {"confirmed", "waitlisted"}
    assert organizer.get(address)["room"]["state"] == "held"


def test_a_move_dropped_while_it_is_asked_for_leaves_the_activity_in_its_room(
    platform: RunningPlatform, campus: PlatformCampus
) -> None:
    """Whichever comes first, the drop or the answer, the activity holds the room it says it has."""
    administrator = first_administrator(platform.process, platform.client)
    organizer = admit(administrator, "organizer", roles=("patron", "organizer"))
    reader = admit(administrator, "reader")
    room = campus.space_ids[0]
    address = published(organizer, room)
    move(organizer, address, room, BEGINS + HOUR)
    headers = {**organizer.headers, "If-Match": "*"}
    dropped = platform.client.delete(f"{address}/move", headers=headers)
    stays = dropped.status_code == 200
    begins, free = (BEGINS, BEGINS + 2 * HOUR) if stays else (BEGINS + HOUR, BEGINS)
    eventually(lambda: can_be_booked(reader, room, free))
    eventually(lambda: is_settled(organizer, address))
    assert starts(organizer, address) == begins
    assert not can_be_booked(reader, room, begins)


def is_settled(organizer: Person, address: str) -> bool:
    found = organizer.get(address)
    return found["move"] is None and found["room"]["state"] == "held"


def test_a_move_to_where_somebody_is_says_why_and_what_could_be_had(
    platform: RunningPlatform, campus: PlatformCampus
) -> None:
    administrator = first_administrator(platform.process, platform.client)
    organizer = admit(administrator, "organizer", roles=("patron", "organizer"))
    reader = admit(administrator, "reader")
    address = published(organizer, campus.space_ids[0])
    reader.post(f"{BOOKING}/reservations", slot(campus.space_ids[1], BEGINS))
    move(organizer, address, campus.space_ids[1], BEGINS)
    refused = eventually(lambda: answered(organizer, address))
    assert refused["codes"] == ["slot_taken"]
    instead = refused["alternatives"][0]
    organizer.post(f"{address}/move", instead, **{"If-Match": "*"})
    wanted = datetime.fromisoformat(instead["starts_at"])
    eventually(lambda: starts(organizer, address) == wanted)


def answered(organizer: Person, address: str) -> Any:
    wish = organizer.get(address)["move"]
    return wish if wish["state"] == "refused" else None
