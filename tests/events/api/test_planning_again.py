"""Copy an activity, find one's own, talk about the room: what organizers do over HTTP."""

from typing import Any
from uuid import UUID, uuid4

from services.events.commands.hear_about_rooms import room_refused
from shared.contracts.booking import AlternativeSlot, RoomHoldRefused
from tests.events.api.callers import ELSEWHERE, Callers
from tests.support.event_builders import ANN, BEN, SALON, TOMORROW, a_space

STUDIO = UUID(int=77)


def copied(callers: Callers, activity: str, **changes: Any) -> dict[str, Any]:
    path = f"/library-events/{activity}/copy"
    answer = callers.organizer("POST", path, changes, Idempotency_Key=str(uuid4()))
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()


def refuse_room(callers: Callers, draft: dict[str, Any], *alternatives: AlternativeSlot) -> None:
    with callers.uow:
        callers.uow.spaces.learn(a_space(id=STUDIO, code="STUDIO", name_en="Studio"), 2)
        callers.uow.commit()
    refused = RoomHoldRefused(
        library_event_id=UUID(draft["id"]),
        request_id=UUID(draft["room"]["request_id"]),
        space_id=SALON,
        codes=("slot_taken",),
        alternatives=alternatives,
    )
    room_refused(refused, uow=callers.uow, clock=callers.clock)


def test_a_copy_is_a_draft_on_the_same_weekday_and_hour_to_come(callers: Callers) -> None:
    first = callers.published(capacity=12, signup_closes_at="2026-11-25T07:00:00Z")
    copy = copied(callers, first)
    assert (copy["status"], copy["capacity"]) == ("draft", 12)
    assert copy["starts_at"] == "2026-12-02T08:00:00Z"
    assert copy["ends_at"] == "2026-12-02T10:00:00Z"
    assert copy["signup_closes_at"] == "2026-12-02T07:00:00Z"
    assert copy["room"]["state"] == "requested"


def test_a_copy_may_differ_and_its_end_moves_with_its_start(callers: Callers) -> None:
    copy = copied(
        callers, callers.published(), starts_at="2026-12-24T09:00:00Z", title_en="Another evening"
    )
    assert (copy["title_en"], copy["title_zh"]) == ("Another evening", "秋夜读诗")
    assert copy["ends_at"] == "2026-12-24T11:00:00Z"


def test_nobody_copies_what_is_not_theirs(callers: Callers) -> None:
    path = f"/library-events/{callers.published()}/copy"
    for who, roles in ((ANN, ("patron",)), (BEN, ("organizer",))):
        key = str(uuid4())
        answer = callers.call("POST", path, who, roles=roles, body={}, Idempotency_Key=key)
        assert answer.status_code == 403


def test_ones_own_activities_are_found_by_what_is_asked_for(callers: Callers) -> None:
    salon = callers.published()
    lecture = callers.draft(
        programme="lecture", title_en="On 50% of ink", starts_at="2026-12-01T08:00:00Z",
        ends_at="2026-12-01T09:00:00Z",
    )["id"]  # fmt: skip

    def found(query: str) -> list[str]:
        answer = callers.organizer("GET", f"/library-events/mine?{query}")
        assert answer.status_code == 200, answer.get_json()
        return [item["id"] for item in answer.get_json()["items"]]

    assert found("") == [lecture, salon]
    assert found("order=soonest") == [salon, lecture]
    assert found("status=draft") == [lecture]
    assert found("room=held") == [salon]
    assert found("programme=salon") == [salon]
    assert found("q=50%25") == [lecture]
    assert found("q=诗") == [lecture, salon]
    assert found("q=nothing") == []
    assert found("from=2026-11-30T00:00:00Z") == [lecture]
    assert found("own=true") == [lecture, salon]
    assert found("to=2026-11-30T00:00:00Z") == [salon]
    assert callers.organizer("GET", "/library-events/mine?status=odd").status_code == 422


def test_pages_of_ones_own_activities_neither_skip_nor_repeat(callers: Callers) -> None:
    made = [callers.draft(**ELSEWHERE)["id"] for _ in range(5)]
    for order in ("latest", "soonest"):
        seen: list[str] = []
        cursor = ""
        while cursor is not None:
            path = f"/library-events/mine?order={order}&limit=2&cursor={cursor}"
            answer = callers.organizer("GET", path).get_json()
            seen += [item["id"] for item in answer["items"]]
            cursor = answer["next_cursor"]
        assert sorted(seen) == sorted(made)


def test_staff_may_look_at_their_own_alone(callers: Callers) -> None:
    callers.draft()

    def found(query: str) -> int:
        answer = callers.call("GET", f"/library-events/mine{query}", BEN, roles=("staff",))
        return len(answer.get_json()["items"])

    assert (found(""), found("?own=true")) == (1, 0)


def test_the_talk_about_a_room_is_read_with_reasons_and_names(callers: Callers) -> None:
    draft = callers.draft()
    slot = AlternativeSlot(
        space_id=STUDIO, starts_at=TOMORROW.replace(hour=9), ends_at=TOMORROW.replace(hour=11)
    )
    refuse_room(callers, draft, slot)
    path = f"/library-events/{draft['id']}/room"
    talk = callers.organizer("GET", path).get_json()
    assert [turn["state"] for turn in talk["turns"]] == ["refused", "requested"]
    assert talk["turns"][0]["reasons"][0]["code"] == "slot_taken"
    assert "Somebody else" in talk["turns"][0]["reasons"][0]["message"]
    [named] = talk["turns"][0]["alternatives"]
    assert (named["space_name_en"], named["capacity"]) == ("Studio", 40)
    assert talk["turns"][1]["wanted"]["space_code"] == "SALON"

    choice = {name: named[name] for name in ("space_id", "starts_at", "ends_at")}
    taken = callers.organizer("POST", f"{path}/alternative", choice)
    read = callers.organizer("GET", path.removesuffix("/room"))
    assert taken.headers["ETag"] == read.headers["ETag"]
    assert (taken.status_code, taken.get_json()["space_id"]) == (202, str(STUDIO))
    assert taken.get_json()["starts_at"] == "2026-11-25T09:00:00Z"
    callers.grant_room(taken.get_json())
    talk = callers.organizer("GET", path).get_json()
    assert [turn["state"] for turn in talk["turns"]] == [
        "held",
        "requested",
        "refused",
        "requested",
    ]
    again = callers.organizer("POST", f"{path}/alternative", choice)
    assert (again.status_code, again.get_json()["code"]) == (409, "no_such_alternative")


def test_what_was_never_named_is_no_alternative(callers: Callers) -> None:
    draft = callers.draft()
    refuse_room(callers, draft)
    choice = {
        "space_id": str(STUDIO),
        "starts_at": "2026-11-25T09:00:00Z",
        "ends_at": "2026-11-25T11:00:00Z",
    }
    path = f"/library-events/{draft['id']}/room/alternative"
    answer = callers.organizer("POST", path, choice)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "no_such_alternative")


def test_a_draft_thrown_away_takes_its_talk_with_it(callers: Callers) -> None:
    draft = callers.draft()
    path = f"/library-events/{draft['id']}"
    etag = callers.organizer("GET", path).headers["ETag"]
    assert callers.organizer("DELETE", path, If_Match=etag).status_code == 204
    assert callers.organizer("GET", f"{path}/room").status_code == 404


def test_the_talk_about_a_room_is_its_organizers_alone(callers: Callers) -> None:
    path = f"/library-events/{callers.draft()['id']}/room"
    assert callers.call("GET", path, BEN, roles=("organizer",)).status_code == 404
    assert callers.call("GET", path, ANN).status_code == 403
