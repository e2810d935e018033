"""Sign up, wait, be offered a place, give it up: what patrons do over HTTP."""

from datetime import timedelta

from services.events.commands.expire_offers import expire_offers
from tests.events.api.callers import Callers, codes
from tests.support.event_builders import ANN, BEN, CUI, DAI, TOMORROW


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
