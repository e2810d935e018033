"""Following a suggestion, and what the library says to it."""

from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from services.engagement.commands import answer_suggestion
from tests.engagement.stage import Stage
from tests.support.engagement_builders import LIBRARY, person
from tests.support.tokens import bearer

BASE = "/api/engagement/v1/suggestions"
WISH = {"library_id": str(LIBRARY), "space_kind": "creative", "title": "A second laser cutter"}
ANSWER = {"stage": "refine", "text": "Two models are being compared."}
STAFF = ("patron", "staff")


def keyed(who: int, *roles: str) -> dict[str, str]:
    return bearer(person(who), roles=roles or ("patron",)) | {"Idempotency-Key": str(uuid4())}


@pytest.fixture
def wish(client: FlaskClient) -> str:
    made = client.post(BASE, json=WISH, headers=keyed(1)).json
    return str(made["id"])


def test_a_person_follows_twice_lists_it_and_stops(client: FlaskClient, wish: str) -> None:
    for _ in range(2):
        followed = client.post(f"{BASE}/{wish}/follow", headers=bearer(person(2)))
        assert (followed.status_code, followed.json["followed"]) == (200, True)
    mine = client.get(f"{BASE}?mine=followed", headers=bearer(person(2))).json["items"]
    assert [one["id"] for one in mine] == [wish]
    assert client.get(f"{BASE}?mine=followed", headers=bearer(person(3))).json["items"] == []
    made = client.get(f"{BASE}?mine=made", headers=bearer(person(1))).json["items"]
    assert [one["id"] for one in made] == [wish]
    stopped = client.delete(f"{BASE}/{wish}/follow", headers=bearer(person(2)))
    assert stopped.json["followed"] is False
    nobody = client.post(f"{BASE}/{UUID(int=1)}/follow", headers=bearer(person(2)))
    assert nobody.status_code == 404


def test_an_answer_is_shown_to_everybody_and_told_to_whoever_listens(
    client: FlaskClient, stage: Stage, wish: str
) -> None:
    client.post(f"{BASE}/{wish}/support", headers=bearer(person(2)))
    client.post(f"{BASE}/{wish}/follow", headers=bearer(person(3)))
    client.post(f"{BASE}/{wish}/follow", headers=bearer(person(4)))
    client.delete(f"{BASE}/{wish}/follow", headers=bearer(person(4)))
    answered = client.post(f"{BASE}/{wish}/answers", json=ANSWER, headers=keyed(9, *STAFF))
    assert answered.status_code == 201
    shown = client.get(f"{BASE}/{wish}", headers=bearer(person(5))).json
    assert shown["status"] == "refine"
    assert [(one["stage"], one["text"]) for one in shown["answers"]] == [tuple(ANSWER.values())]
    assert str(person(9)) not in str(shown)
    [row] = stage.rows(
        "SELECT data FROM outbox WHERE type = 'engagement.suggestion.stage_changed.v1'"
    )
    assert (row.data["previous_stage"], row.data["stage"]) == ("submitted", "refine")
    assert set(row.data["listener_ids"]) == {str(person(who)) for who in (1, 2, 3)}


def test_an_answer_with_many_listeners_is_told_in_messages_of_bounded_size(
    client: FlaskClient, stage: Stage, wish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_suggestion, "MOST_LISTENERS", 3)
    for who in range(2, 9):
        client.post(f"{BASE}/{wish}/follow", headers=bearer(person(who)))
    headers = keyed(9, *STAFF)
    for _ in range(2):  # the same request again tells nobody twice
        client.post(f"{BASE}/{wish}/answers", json=ANSWER, headers=headers)
    rows = stage.rows(
        "SELECT data FROM outbox WHERE type = 'engagement.suggestion.stage_changed.v1'"
    )
    told = sorted((row.data for row in rows), key=lambda data: data["part"])
    assert [(data["part"], len(data["listener_ids"])) for data in told] == [(1, 3), (2, 3), (3, 2)]
    everybody = [who for data in told for who in data["listener_ids"]]
    assert sorted(everybody) == sorted(str(person(who)) for who in range(1, 9))
    assert len({data["answer_id"] for data in told}) == 1


def test_only_the_library_answers_and_only_with_a_stage_there_is(
    client: FlaskClient, wish: str
) -> None:
    path = f"{BASE}/{wish}/answers"
    assert client.post(path, json=ANSWER, headers=keyed(1)).status_code == 403
    wrong = client.post(path, json=ANSWER | {"stage": "done"}, headers=keyed(9, *STAFF))
    assert wrong.status_code == 422
    nowhere = client.post(f"{BASE}/{UUID(int=1)}/answers", json=ANSWER, headers=keyed(9, *STAFF))
    assert nowhere.status_code == 404
    elsewhere = bearer(roles=STAFF, libraries=["00000000-0000-7000-8000-0000000000ff"])
    answer = client.post(path, json=ANSWER, headers=elsewhere | {"Idempotency-Key": "k"})
    assert answer.status_code == 403


def test_an_answer_sent_twice_is_one_answer(client: FlaskClient, wish: str) -> None:
    headers = keyed(9, *STAFF)
    for _ in range(2):
        client.post(f"{BASE}/{wish}/answers", json=ANSWER, headers=headers)
    assert len(client.get(f"{BASE}/{wish}", headers=bearer()).json["answers"]) == 1
