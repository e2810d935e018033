"""From a draft to a settled activity, over HTTP."""

from datetime import timedelta

from services.events.commands.expire_offers import expire_offers
from tests.events.api.callers import Callers
from tests.support.event_builders import ANN, BEN, CUI, DAI, ORGANIZER, TOMORROW


def codes(answer) -> list[str]:
    return [violation["code"] for violation in answer.get_json()["violations"]]


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


def test_sign_up_waiting_list_offer_and_acceptance(callers: Callers) -> None:
    activity = callers.published()
    ann = callers.sign_up(activity, ANN)
    assert (ann.status_code, ann.get_json()["status"]) == (201, "confirmed")
    ben = callers.sign_up(activity, BEN).get_json()
    cui = callers.sign_up(activity, CUI).get_json()
    assert (ben["status"], ben["position"]) == ("waitlisted", 1)
    assert (cui["status"], cui["position"]) == ("waitlisted", 2)

    assert callers.give_up(ann.get_json(), ANN).get_json()["status"] == "cancelled"
    ben = callers.read(ben, BEN).get_json()
    assert ben["status"] == "offered"
    assert callers.read(cui, CUI).get_json()["position"] == 1
    places = callers.call("GET", f"/library-events/{activity}").get_json()["places"]
    assert places == {"taken": 1, "free": 0, "waiting": 1}

    taken = callers.call("POST", f"/registrations/{ben['id']}/accept", BEN).get_json()
    assert taken["status"] == "confirmed"
    reasons = [decision["reason"] for decision in taken["waiting_list"]["decisions"]]
    assert reasons == ["no_place_free", "place_freed", "offer_accepted"]


def test_the_list_explains_itself_in_the_readers_language(callers: Callers) -> None:
    activity = callers.published()
    callers.sign_up(activity, ANN)
    ben = callers.sign_up(activity, BEN).get_json()
    path = f"/registrations/{ben['id']}"
    english = callers.call("GET", path, BEN).get_json()["waiting_list"]
    chinese = callers.call("GET", path, BEN, Accept_Language="zh-CN").get_json()["waiting_list"]
    assert english["policy"] == chinese["policy"] == "first_come_whole_party"
    assert english["position"] == 1
    assert english["decisions"][0]["message"] == (
        "0 places were free for a party of 1: on the list at position 1."
    )
    assert chinese["decisions"][0]["message"] == ("剩余 0 个名额，您需要 1 个：进入候补，第 1 位。")
    assert "依次" in chinese["rule"]


def test_an_offer_declined_or_forgotten_goes_to_the_next(callers: Callers) -> None:
    activity = callers.published()
    ann = callers.sign_up(activity, ANN).get_json()
    ben = callers.sign_up(activity, BEN).get_json()
    cui = callers.sign_up(activity, CUI).get_json()
    dai = callers.sign_up(activity, DAI).get_json()
    callers.give_up(ann, ANN)
    declined = callers.call("POST", f"/registrations/{ben['id']}/decline", BEN).get_json()
    assert declined["status"] == "lapsed"
    assert callers.read(cui, CUI).get_json()["status"] == "offered"

    callers.clock.set(callers.clock.now() + timedelta(hours=13))
    late = callers.call("POST", f"/registrations/{cui['id']}/accept", CUI)
    assert (late.status_code, late.get_json()["code"]) == (409, "offer_expired")
    assert expire_offers(uow=callers.uow, clock=callers.clock) == 1
    assert callers.read(cui, CUI).get_json()["status"] == "lapsed"
    assert callers.read(dai, DAI).get_json()["status"] == "offered"


def test_every_reason_against_a_sign_up_is_named_with_its_numbers(callers: Callers) -> None:
    opens = (TOMORROW - timedelta(hours=1)).isoformat()
    activity = callers.published(capacity=3, party_limit=2, signup_opens_at=opens)
    refused = callers.sign_up(activity, ANN, party=3)
    assert refused.status_code == 409
    assert codes(refused) == ["signup_not_open_yet", "party_too_large"]
    violation = refused.get_json()["violations"][1]
    assert violation["numbers"] == {"party_size": 3, "limit": 2}
    assert violation["message"] == "You want 3 places; one sign-up may take 2."


def test_nobody_signs_up_twice_nor_after_the_start_nor_for_a_draft(callers: Callers) -> None:
    activity = callers.published(capacity=3)
    callers.sign_up(activity, ANN)
    assert codes(callers.sign_up(activity, ANN)) == ["already_signed_up"]
    draft = callers.draft(title_en="Another")
    assert callers.sign_up(draft["id"], ANN).status_code == 404
    callers.clock.set(TOMORROW)
    assert codes(callers.sign_up(activity, BEN)) == ["already_started"]


def test_a_full_activity_without_a_list_says_so(callers: Callers) -> None:
    activity = callers.published(waiting_list=False)
    callers.sign_up(activity, ANN)
    full = callers.sign_up(activity, BEN)
    assert codes(full) == ["full"]
    assert full.get_json()["violations"][0]["numbers"] == {
        "capacity": 1,
        "free": 0,
        "party_size": 1,
    }


def test_a_sign_up_sent_again_with_its_key_is_the_same_sign_up(callers: Callers) -> None:
    activity = callers.published(capacity=5)
    first = callers.sign_up(activity, ANN, key="one")
    again = callers.sign_up(activity, ANN, key="one")
    assert again.get_data() == first.get_data()
    assert again.headers["Idempotency-Replayed"] == "true"
    keyless = callers.call(
        "POST", f"/library-events/{activity}/registrations", BEN, body={"party_size": 1}
    )
    assert keyless.status_code == 400
    other_body = callers.sign_up(activity, ANN, party=2, key="one")
    assert other_body.status_code == 422


def test_somebody_elses_sign_up_is_not_there(callers: Callers) -> None:
    ann = callers.sign_up(callers.published(), ANN).get_json()
    path = f"/registrations/{ann['id']}"
    assert callers.call("GET", path, BEN).status_code == 404
    assert callers.call("DELETE", path, BEN, If_Match='"x"').status_code == 404
    assert callers.call("POST", f"{path}/accept", BEN).status_code == 404
    assert callers.call("GET", path).status_code == 401
    assert callers.call("GET", "/registrations", BEN).get_json()["items"] == []
    mine = callers.call("GET", "/registrations", ANN).get_json()["items"]
    assert [item["id"] for item in mine] == [ann["id"]]


def test_giving_up_needs_the_version_that_was_read(callers: Callers) -> None:
    ann = callers.sign_up(callers.published(), ANN).get_json()
    path = f"/registrations/{ann['id']}"
    assert callers.call("DELETE", path, ANN).status_code == 428
    assert callers.call("DELETE", path, ANN, If_Match='"stale"').status_code == 412
    assert callers.give_up(ann, ANN).status_code == 200


def test_attendance_by_code_by_list_and_by_count(callers: Callers) -> None:
    activity = callers.published(capacity=3)
    for who in (ANN, BEN, CUI):
        callers.sign_up(activity, who)
    path = f"/library-events/{activity}"
    callers.clock.set(TOMORROW)
    shown = callers.organizer("GET", f"{path}/attendance-code").get_json()
    assert 1 <= shown["seconds_left"] <= 60
    wrong = callers.call("POST", f"{path}/attendance", ANN, body={"code": "nothing"})
    assert (wrong.status_code, wrong.get_json()["code"]) == (422, "wrong_attendance_code")
    there = callers.call("POST", f"{path}/attendance", ANN, body={"code": shown["code"]})
    assert (there.status_code, there.get_json()["method"]) == (200, "code")
    twice = callers.call("POST", f"{path}/attendance", ANN, body={"code": shown["code"]})
    assert twice.get_json()["id"] == there.get_json()["id"]
    stranger = callers.call("POST", f"{path}/attendance", DAI, body={"code": shown["code"]})
    assert (stranger.status_code, stranger.get_json()["code"]) == (409, "no_place")

    entered = callers.organizer(
        "POST",
        f"{path}/attendances",
        {"attendees": [{"patron_id": str(BEN)}, {"patron_id": str(DAI), "party_size": 2}]},
    ).get_json()["items"]
    assert [item["registration_id"] is None for item in entered] == [False, True]
    counted = callers.organizer("POST", f"{path}/head-counts", {"anonymous": 4})
    assert counted.status_code == 201
    listed = callers.organizer("GET", f"{path}/attendances").get_json()
    assert len(listed["items"]) == 3
    assert listed["headcount"]["anonymous"] == 4

    early = callers.organizer("POST", f"{path}/close")
    assert (early.status_code, early.get_json()["code"]) == (409, "not_over_yet")
    callers.clock.set(TOMORROW + timedelta(hours=2))
    closed = callers.organizer("POST", f"{path}/close").get_json()
    assert (closed["status"], closed["attendance_measured"]) == ("closed", True)
    statuses = {
        item["patron_id"]: item["status"]
        for item in callers.organizer("GET", f"{path}/registrations").get_json()["items"]
    }
    assert statuses == {str(ANN): "attended", str(BEN): "attended", str(CUI): "no_show"}


def test_a_mistaken_attendance_is_taken_back_once(callers: Callers) -> None:
    activity = callers.published()
    callers.sign_up(activity, ANN)
    callers.clock.set(TOMORROW)
    path = f"/library-events/{activity}/attendances"
    body = {"attendees": [{"patron_id": str(ANN)}]}
    [entry] = callers.organizer("POST", path, body).get_json()["items"]
    void = f"/attendances/{entry['id']}/void"
    taken_back = callers.organizer("POST", void, {"reason": "another Ann"})
    assert taken_back.get_json()["void_reason"] == "another Ann"
    assert callers.organizer("POST", void, {"reason": "again"}).status_code == 404
    [again] = callers.organizer("POST", path, body).get_json()["items"]
    assert again["id"] != entry["id"]


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
    activity = callers.published(
        space_id=None,
        place="Botanical garden",
        library_id="00000000-0000-7000-8000-000000000001",
        space_kind="learning",
    )
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
