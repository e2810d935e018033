"""Suggestions over HTTP: said once, found again, supported once, their authors unknown."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from tests.engagement.stage import Stage
from tests.support.engagement_builders import LIBRARY, person
from tests.support.tokens import bearer

BASE = "/api/engagement/v1/suggestions"
LAMPS = {
    "library_id": str(LIBRARY),
    "space_kind": "learning",
    "title": "Warmer lamps in the reading room",
    "body": "After dark the light is cold.",
}


def suggest(client: FlaskClient, who: int = 1, **changed: Any) -> dict[str, Any]:
    headers = bearer(person(who)) | {"Idempotency-Key": str(uuid4())}
    answer = client.post(BASE, json=LAMPS | changed, headers=headers)
    assert answer.status_code == 201, answer.json
    made: dict[str, Any] = answer.json
    return made


def support(client: FlaskClient, suggestion: dict[str, Any], who: int) -> Any:
    return client.post(f"{BASE}/{suggestion['id']}/support", headers=bearer(person(who)))


def test_a_suggestion_is_kept_and_told_without_its_words(client: FlaskClient, stage: Stage) -> None:
    made = suggest(client)
    assert (made["mine"], made["support_count"], made["status"]) == (True, 0, "submitted")
    (told,) = stage.rows("SELECT type, data FROM outbox")
    assert told.type == "engagement.suggestion.submitted.v1"
    assert "lamps" not in str(told.data).lower()


def test_nobody_learns_who_made_a_suggestion(client: FlaskClient) -> None:
    made = suggest(client)
    seen = client.get(f"{BASE}/{made['id']}", headers=bearer(person(2)))
    assert seen.json["mine"] is False
    assert str(person(1)) not in seen.text


def test_the_same_key_makes_one_suggestion(client: FlaskClient, stage: Stage) -> None:
    headers = bearer(person(1)) | {"Idempotency-Key": "once"}
    first, second = (client.post(BASE, json=LAMPS, headers=headers) for _ in range(2))
    assert first.data == second.data
    assert second.headers["Idempotency-Replayed"] == "true"
    assert len(stage.rows("SELECT 1 FROM suggestion")) == 1


def test_a_library_nobody_has_told_of_is_named_and_nothing_is_kept(
    client: FlaskClient, stage: Stage
) -> None:
    headers = bearer(person(1)) | {"Idempotency-Key": "elsewhere", "Accept-Language": "zh-CN"}
    unknown = str(uuid4())
    answer = client.post(BASE, json=LAMPS | {"library_id": unknown}, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (422, "library_unknown")
    assert answer.json["detail"] == f"图书馆 {unknown} 尚无已知空间。"
    assert stage.rows("SELECT 1 FROM suggestion UNION ALL SELECT 1 FROM outbox") == []


def test_without_a_key_nothing_is_made(client: FlaskClient, stage: Stage) -> None:
    answer = client.post(BASE, json=LAMPS, headers=bearer(person(1)))
    assert (answer.status_code, answer.json["code"]) == (400, "idempotency_key_missing")
    assert stage.rows("SELECT 1 FROM suggestion") == []


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "ab"},
        {"title": "x" * 121},
        {"body": "x" * 4001},
        {"space_kind": "kitchen"},
        {"library_id": "here"},
        {"author_id": "somebody"},
    ],
)
def test_a_suggestion_that_makes_no_sense_names_the_field(
    client: FlaskClient, changed: dict[str, str]
) -> None:
    headers = bearer(person(1)) | {"Idempotency-Key": "k"}
    answer = client.post(BASE, json=LAMPS | changed, headers=headers)
    assert answer.status_code == 422
    assert next(iter(changed)) in str(answer.json["violations"])


def test_look_alikes_are_found_in_both_languages(client: FlaskClient) -> None:
    lamps = suggest(client)
    hours = suggest(client, title="希望图书馆周末延长开放时间", body="考试周座位不够。")
    suggest(client, title="More plants", body="Green is good.")
    for text, expected in (("lamps reading room", lamps), ("周末开放时间", hours)):
        answer = client.get(
            f"{BASE}/look-alikes", query_string={"text": text}, headers=bearer(person(2))
        )
        assert [item["id"] for item in answer.json["items"]] == [expected["id"]], text


def test_look_alikes_of_percent_signs_and_quotes_are_just_text(client: FlaskClient) -> None:
    for text in ("100 % quiet", "it's %s", '"; --'):
        answer = client.get(
            f"{BASE}/look-alikes", query_string={"text": text}, headers=bearer(person(2))
        )
        assert answer.status_code == 200


def test_a_person_supports_once_and_can_take_it_back(client: FlaskClient) -> None:
    made = suggest(client)
    assert support(client, made, 2).json["support_count"] == 1
    again = support(client, made, 2)
    assert (again.status_code, again.json["code"]) == (409, "already_supported")
    assert support(client, made, 3).json["support_count"] == 2
    path = f"{BASE}/{made['id']}/support"
    back = client.delete(path, headers=bearer(person(2)))
    assert (back.json["support_count"], back.json["supported"]) == (1, False)
    twice = client.delete(path, headers=bearer(person(2)))
    assert (twice.status_code, twice.json["code"]) == (409, "not_supported")
    assert support(client, made, 2).json["support_count"] == 2


def test_an_author_does_not_support_their_own(client: FlaskClient) -> None:
    answer = support(client, suggest(client), 1)
    assert (answer.status_code, answer.json["code"]) == (409, "own_suggestion")


def test_what_is_not_there_is_not_there(client: FlaskClient) -> None:
    missing = {"id": str(UUID(int=5))}
    assert support(client, missing, 1).json["code"] == "suggestion_not_found"
    answer = client.get(f"{BASE}/{missing['id']}", headers=bearer())
    assert (answer.status_code, answer.json["code"]) == (404, "suggestion_not_found")


@pytest.mark.parametrize("sort", ["newest", "support"])
def test_lists_are_paged_in_order_and_miss_nothing(client: FlaskClient, sort: str) -> None:
    made = [suggest(client, title=f"Wish number {number}") for number in range(7)]
    for who in (2, 3):
        support(client, made[2], who)
    support(client, made[5], 2)
    listed, cursor = [], None
    while True:
        asked = {"sort": sort, "limit": 3} | ({"cursor": cursor} if cursor else {})
        answer = client.get(BASE, query_string=asked, headers=bearer(person(9)))
        listed += [item["title"][-1] for item in answer.json["items"]]
        cursor = answer.json["next_cursor"]
        if cursor is None:
            break
    assert sorted(listed) == list("0123456")
    assert listed[:2] == (["6", "5"] if sort == "newest" else ["2", "5"])


def test_a_list_can_be_of_one_kind_of_space(client: FlaskClient) -> None:
    suggest(client)
    salon = suggest(client, space_kind="cultural")
    asked = {"space_kind": "cultural", "library": str(LIBRARY)}
    answer = client.get(BASE, query_string=asked, headers=bearer())
    assert [item["id"] for item in answer.json["items"]] == [salon["id"]]


SAID = (
    ("静音区增加电源插座", "B 区靠墙一排没有插座，电脑用两小时就没电。"),
    ("二层饮水机经常没有热水", "下午三点以后基本都是凉的。"),
    ("More standing desks in the open reading area", "A row of six by the window would do."),
    ("Carril bicicleta por la Castellana", "Ir en bicicleta por la Castellana es peligroso."),
    ("Pago con tarjeta en autobuses EMT", "Que se pueda pagar con tarjeta en los autobuses."),
)


def alike(client: FlaskClient, text: str) -> list[str]:
    query = {"text": text}
    answer = client.get(f"{BASE}/look-alikes", query_string=query, headers=bearer(person(2)))
    return [one["title"] for one in answer.json["items"]]


def test_a_like_wish_is_found_and_an_unlike_one_is_not_said_to_be_alike(
    client: FlaskClient,
) -> None:
    for title, body in SAID:
        suggest(client, title=title, body=body)
    assert alike(client, "静音区插座太少") == ["静音区增加电源插座"]
    assert alike(client, "饮水机没有热水") == ["二层饮水机经常没有热水"]
    assert alike(client, "standing desks please") == [SAID[2][0]]
    assert alike(client, "Pagar con tarjeta en el autobús") == [SAID[4][0]]
    for new in ("增加绿植", "延长借书期限", "Cheaper printing", "Más parques infantiles"):
        assert alike(client, new) == [], new
