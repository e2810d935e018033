"""Plan, publish, change, cancel: what organizers and staff do over HTTP."""

from uuid import uuid4

from tests.events.api.callers import A_PLAN, ELSEWHERE, Callers, codes
from tests.support.event_builders import ANN, BEN, CUI, ORGANIZER, a_space
from tests.support.tokens import bearer


def test_a_draft_is_published_once_its_room_is_held(callers: Callers) -> None:
    draft = callers.draft()
    assert (draft["status"], draft["room"]["state"]) == ("draft", "requested")
    early = callers.organizer("POST", f"/library-events/{draft['id']}/publish")
    assert (early.status_code, early.get_json()["code"]) == (409, "room_not_held")
    assert early.get_json()["numbers"] == {"room": "requested"}
    callers.grant_room(draft)
    published = callers.organizer("POST", f"/library-events/{draft['id']}/publish")
    assert published.get_json()["status"] == "published"
    assert published.get_json()["room"]["state"] == "held"


def test_a_draft_is_seen_by_its_organizer_and_staff_alone(callers: Callers) -> None:
    path = f"/library-events/{callers.draft()['id']}"
    assert callers.organizer("GET", path).status_code == 200
    assert callers.call("GET", path, CUI, roles=("staff",)).status_code == 200
    assert callers.call("GET", path).status_code == 404
    assert callers.call("GET", path, ANN).status_code == 404
    assert callers.call("GET", path, BEN, roles=("organizer",)).status_code == 404
    changed = callers.call(
        "PATCH", path, BEN, roles=("organizer",), body={"capacity": 9}, If_Match='"x"'
    )
    assert changed.status_code == 404
    listed = callers.call("GET", "/library-events").get_json()
    assert listed["items"] == []


def test_a_token_made_for_something_else_opens_no_draft_of_its_owner(callers: Callers) -> None:
    path = f"/api/events/v1/library-events/{callers.draft()['id']}"

    def seen_with(scope: str) -> int:
        claims = {"roles": ("organizer",), "scope": scope, "now": callers.clock.now()}
        return callers.client.get(path, headers=bearer(ORGANIZER, **claims)).status_code

    assert (seen_with("events:read"), seen_with("booking:read events:write")) == (200, 403)


def test_another_organizer_may_read_but_not_run_what_is_published(callers: Callers) -> None:
    activity = callers.published()
    read = callers.call("GET", f"/library-events/{activity}", BEN, roles=("organizer",))
    assert read.status_code == 200
    assert "room" not in read.get_json()
    assert "organizer_id" not in read.get_json()
    for path in ("cancel", "close", "publish", "room"):
        answer = callers.call(
            "POST", f"/library-events/{activity}/{path}", BEN, roles=("organizer",)
        )
        assert answer.status_code == 403, path
    for path in ("registrations", "attendances", "attendance-code"):
        answer = callers.call(
            "GET", f"/library-events/{activity}/{path}", BEN, roles=("organizer",)
        )
        assert answer.status_code == 403, path


def test_a_plan_that_does_not_work_names_every_reason(callers: Callers) -> None:
    refused = callers.organizer(
        "POST",
        "/library-events",
        {
            "programme": "lecture",
            "starts_at": "2026-11-25T08:00:00Z",
            "ends_at": "2026-11-25T07:00:00Z",
            "capacity": 10,
            "space_id": "00000000-0000-7000-8000-00000000dead",
        },
        Idempotency_Key="k",
    )
    assert (refused.status_code, refused.get_json()["code"]) == (422, "plan_refused")
    assert codes(refused) == ["title_missing", "ends_not_after_start", "space_unknown"]


def test_what_the_schema_refuses_names_the_field(callers: Callers) -> None:
    refused = callers.organizer(
        "POST", "/library-events", {"programme": "party"}, Idempotency_Key="k"
    )
    assert refused.status_code == 422
    fields = {violation["field"] for violation in refused.get_json()["violations"]}
    assert fields == {"programme", "starts_at", "ends_at", "capacity"}


def test_an_activity_elsewhere_needs_no_room(callers: Callers) -> None:
    activity = callers.published(**ELSEWHERE)
    read = callers.call("GET", f"/library-events/{activity}").get_json()
    assert (read["place"], read["space_kind"]) == ("Botanical garden", "learning")


def test_a_change_needs_the_version_that_was_read(callers: Callers) -> None:
    activity = callers.published(capacity=2)
    path = f"/library-events/{activity}"
    etag = callers.organizer("GET", path).headers["ETag"]
    assert callers.organizer("PATCH", path, {"capacity": 3}).status_code == 428
    changed = callers.organizer("PATCH", path, {"capacity": 3}, If_Match=etag)
    assert (changed.status_code, changed.get_json()["capacity"]) == (200, 3)
    assert callers.organizer("PATCH", path, {"capacity": 4}, If_Match=etag).status_code == 412
    moved = callers.organizer(
        "PATCH",
        path,
        {"starts_at": "2026-11-25T08:30:00Z"},
        If_Match=changed.headers["ETag"],
    )
    assert (moved.status_code, moved.get_json()["code"]) == (409, "published_cannot_move")


def test_a_published_place_in_words_is_moved_not_changed(callers: Callers) -> None:
    """Who has signed up is told of a move; nobody would be told of a change."""
    path = f"/library-events/{callers.published(**ELSEWHERE)}"
    etag = callers.organizer("GET", path).headers["ETag"]
    changed = callers.organizer("PATCH", path, {"place": "Tea house"}, If_Match=etag)
    assert (changed.status_code, changed.get_json()["code"]) == (409, "published_cannot_move")
    assert callers.organizer("GET", path).get_json()["place"] == "Botanical garden"
    same = callers.organizer("PATCH", path, {"place": "Botanical garden"}, If_Match=etag)
    assert same.status_code == 200


def test_more_places_are_offered_at_once_and_taken_places_stay(callers: Callers) -> None:
    activity = callers.published(capacity=1)
    callers.sign_up(activity, ANN)
    ben = callers.sign_up(activity, BEN).get_json()
    path = f"/library-events/{activity}"
    etag = callers.organizer("GET", path).headers["ETag"]
    raised = callers.organizer("PATCH", path, {"capacity": 2}, If_Match=etag)
    assert callers.read(ben, BEN).get_json()["status"] == "offered"
    lowered = callers.organizer("PATCH", path, {"capacity": 1}, If_Match=raised.headers["ETag"])
    assert (lowered.status_code, lowered.get_json()["code"]) == (409, "capacity_below_taken")


def test_a_cancelled_activity_frees_everybody(callers: Callers) -> None:
    activity = callers.published()
    ann = callers.sign_up(activity, ANN).get_json()
    ben = callers.sign_up(activity, BEN).get_json()
    cancelled = callers.organizer("POST", f"/library-events/{activity}/cancel").get_json()
    assert (cancelled["status"], cancelled["room"]["state"]) == ("cancelled", "given_back")
    assert callers.read(ann, ANN).get_json()["status"] == "cancelled"
    reasons = [
        decision["reason"]
        for decision in callers.read(ben, BEN).get_json()["waiting_list"]["decisions"]
    ]
    assert reasons == ["no_place_free", "activity_cancelled"]


def test_a_draft_thrown_away_is_gone(callers: Callers) -> None:
    path = f"/library-events/{callers.draft()['id']}"
    etag = callers.organizer("GET", path).headers["ETag"]
    assert callers.organizer("DELETE", path, If_Match=etag).status_code == 204
    assert callers.organizer("GET", path).status_code == 404


def test_an_organizer_finds_their_own_and_staff_all(callers: Callers) -> None:
    draft = callers.draft()
    mine = callers.organizer("GET", "/library-events/mine").get_json()["items"]
    assert [item["id"] for item in mine] == [draft["id"]]
    other = callers.call("GET", "/library-events/mine", BEN, roles=("organizer",))
    assert other.get_json()["items"] == []
    staff = callers.call("GET", "/library-events/mine", CUI, roles=("staff",)).get_json()["items"]
    assert [item["organizer_id"] for item in staff] == [str(ORGANIZER)]
    assert callers.call("GET", "/library-events/mine", ANN).status_code == 403


def test_a_space_is_refused_beside_the_library_it_is_not_in(callers: Callers) -> None:
    another = {"library_id": str(ORGANIZER)}
    refused = callers.organizer(
        "POST", "/library-events", {**A_PLAN, **another}, Idempotency_Key=str(uuid4())
    )
    assert refused.status_code == 422
    assert "space_in_another_library" in codes(refused)
    path = f"/library-events/{callers.draft()['id']}"
    for method, address in (("PATCH", path), ("POST", f"{path}/copy")):
        changed = callers.organizer(
            method, address, another, If_Match="*", Idempotency_Key=str(uuid4())
        )
        assert "space_in_another_library" in codes(changed)


def test_a_draft_that_changes_its_space_alone_is_in_the_library_of_the_space(
    callers: Callers,
) -> None:
    studio, branch = uuid4(), uuid4()
    with callers.uow:
        callers.uow.spaces.learn(a_space(id=studio, library_id=branch), 2)
        callers.uow.commit()
    path = f"/library-events/{callers.draft()['id']}"
    changed = callers.organizer("PATCH", path, {"space_id": str(studio)}, If_Match="*")
    assert (changed.status_code, changed.get_json()["library_id"]) == (200, str(branch))
