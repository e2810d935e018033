"""Moving a published activity over HTTP: asked for, refused, dropped, granted."""

from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from services.events.commands.hear_about_rooms import room_granted, room_refused
from services.events.domain.library_event import LibraryEvent
from shared.contracts.booking import AlternativeSlot, RoomHoldRefused
from tests.events.api.callers import ELSEWHERE, Callers, codes
from tests.events.stage import granted
from tests.support.event_builders import ANN, BEN, SALON, TOMORROW

LATER = {"starts_at": "2026-11-27T08:00:00Z", "ends_at": "2026-11-27T10:00:00Z"}


def etag(callers: Callers, activity: str) -> str:
    return callers.organizer("GET", f"/library-events/{activity}").headers["ETag"]


def move(callers: Callers, activity: str, **changes: Any) -> Any:
    path = f"/library-events/{activity}/move"
    return callers.organizer("POST", path, LATER | changes, If_Match=etag(callers, activity))


def kept(callers: Callers, activity: str) -> LibraryEvent:
    with callers.uow:
        library_event = callers.uow.library_events.lock(UUID(activity))
    assert library_event is not None
    return library_event


def grant(callers: Callers, activity: str) -> None:
    library_event = kept(callers, activity)
    assert library_event.move is not None
    said = granted(library_event, request_id=library_event.move.room.request_id)
    room_granted(said, uow=callers.uow, clock=callers.clock)


def refuse(callers: Callers, activity: str) -> None:
    library_event = kept(callers, activity)
    assert library_event.move is not None
    assert library_event.move.room.request_id is not None
    slot = AlternativeSlot(
        space_id=SALON, starts_at=TOMORROW.replace(hour=12), ends_at=TOMORROW.replace(hour=14)
    )
    refused = RoomHoldRefused(
        library_event_id=library_event.id,
        request_id=library_event.move.room.request_id,
        space_id=SALON,
        codes=("slot_taken",),
        alternatives=(slot,),
    )
    room_refused(refused, uow=callers.uow, clock=callers.clock)


def entry(callers: Callers) -> Any:
    feed = Calendar.from_ical(callers.call("GET", "/calendar.ics").data)
    [found] = feed.walk("VEVENT")
    return found


def test_a_move_changes_what_everybody_reads_once_its_room_is_granted(callers: Callers) -> None:
    activity = callers.published()
    sign_up = callers.sign_up(activity, ANN).get_json()
    before = entry(callers)
    asked = move(callers, activity)
    assert asked.status_code == 202
    assert asked.headers["ETag"] == etag(callers, activity)
    shown = asked.get_json()
    assert (shown["starts_at"], shown["move"]["state"]) == ("2026-11-25T08:00:00Z", "requested")
    assert shown["move"]["starts_at"] == LATER["starts_at"]
    assert "nothing has changed" in shown["move"]["message"]
    public = callers.call("GET", f"/library-events/{activity}").get_json()
    assert "move" not in public
    assert public["starts_at"] == "2026-11-25T08:00:00Z"
    assert entry(callers)["SEQUENCE"] == before["SEQUENCE"]
    grant(callers, activity)
    read = callers.organizer("GET", f"/library-events/{activity}").get_json()
    assert (read["starts_at"], read["move"]) == (LATER["starts_at"], None)
    after = entry(callers)
    assert (after["UID"], after["DTSTART"].dt.isoformat()) == (
        before["UID"],
        "2026-11-27T08:00:00+00:00",
    )
    assert after["SEQUENCE"] > before["SEQUENCE"]
    mine = callers.read(sign_up, ANN).get_json()
    assert mine["library_event"]["starts_at"] == LATER["starts_at"]


def test_a_refused_move_says_why_and_is_dropped(callers: Callers) -> None:
    activity = callers.published()
    path = f"/library-events/{activity}"
    move(callers, activity)
    refuse(callers, activity)
    shown = callers.organizer("GET", path).get_json()
    assert (shown["move"]["state"], shown["move"]["codes"]) == ("refused", ["slot_taken"])
    assert shown["room"]["state"] == "held"
    talk = callers.organizer("GET", f"{path}/room").get_json()
    assert [(turn["state"], turn["of_move"]) for turn in talk["turns"]] == [
        ("refused", True),
        ("requested", True),
        ("held", False),
        ("requested", False),
    ]
    assert "Somebody else has it" in talk["move"]["reasons"][0]["message"]
    [named] = talk["move"]["alternatives"]
    assert (named["space_name_en"], named["starts_at"]) == (
        "Lakeside Salon",
        "2026-11-25T12:00:00Z",
    )
    dropped = callers.organizer("DELETE", f"{path}/move", If_Match=etag(callers, activity))
    assert (dropped.status_code, dropped.get_json()["move"]) == (200, None)
    assert callers.organizer("GET", f"{path}/room").get_json()["move"] is None
    again = callers.organizer("DELETE", f"{path}/move", If_Match=etag(callers, activity))
    assert (again.status_code, again.get_json()["code"]) == (409, "no_move")


def test_a_granted_move_stands_in_the_talk_as_a_room_held(callers: Callers) -> None:
    activity = callers.published()
    move(callers, activity)
    grant(callers, activity)
    talk = callers.organizer("GET", f"/library-events/{activity}/room").get_json()
    assert [(turn["state"], turn["wanted"]["starts_at"]) for turn in talk["turns"][:2]] == [
        ("held", LATER["starts_at"]),
        ("requested", LATER["starts_at"]),
    ]


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_move_is_wished_for_and_dropped_by_who_runs_it_and_read_the_version(
    callers: Callers, method: str
) -> None:
    activity = callers.published()
    path = f"/library-events/{activity}/move"
    body = LATER if method == "POST" else None
    assert callers.organizer(method, path, body).status_code == 428
    assert callers.organizer(method, path, body, If_Match='"old"').status_code == 412
    other = callers.call(method, path, BEN, roles=("organizer",), body=body, If_Match="*")
    assert other.status_code == 403
    assert callers.call(method, path, ANN, body=body, If_Match="*").status_code == 403
    assert callers.call(method, path, body=body, If_Match="*").status_code == 401


def test_what_does_not_work_is_said_with_its_reason(callers: Callers) -> None:
    activity = callers.published()
    unknown = move(callers, activity, space_id="00000000-0000-7000-8000-00000000dead")
    assert (unknown.status_code, codes(unknown)) == (422, ["space_unknown"])
    past = move(callers, activity, starts_at="2026-11-23T08:00:00Z")
    assert (past.status_code, past.get_json()["code"]) == (409, "starts_in_the_past")
    here = move(callers, activity, starts_at="2026-11-25T08:00:00Z", ends_at="2026-11-25T10:00:00Z")
    assert (here.status_code, here.get_json()["code"]) == (409, "moves_nowhere")
    move(callers, activity)
    second = move(callers, activity, setup_minutes=30)
    assert (second.status_code, second.get_json()["code"]) == (409, "move_waits")
    draft = callers.draft()
    early = move(callers, draft["id"])
    assert (early.status_code, early.get_json()["code"]) == (409, "not_possible_in_this_status")


def test_a_change_of_plan_points_to_the_move(callers: Callers) -> None:
    activity = callers.published()
    refused = callers.organizer(
        "PATCH",
        f"/library-events/{activity}",
        LATER,
        If_Match=etag(callers, activity),
    )
    assert refused.get_json()["code"] == "published_cannot_move"
    assert "Move it" in refused.get_json()["detail"]


def test_what_needs_no_room_of_ours_has_moved_with_the_answer(callers: Callers) -> None:
    activity = callers.published(**ELSEWHERE)
    moved = move(callers, activity, place="Tea house").get_json()
    assert (moved["place"], moved["starts_at"], moved["move"]) == (
        "Tea house",
        LATER["starts_at"],
        None,
    )
