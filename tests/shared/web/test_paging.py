"""Lists in pages: nothing skipped, nothing twice, no cursor but ours."""

import hashlib
from base64 import urlsafe_b64encode
from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from shared.web.paging import Part, make_cursor, read_cursor
from shared.web.problems import HttpProblem
from tests.shared.web.notes_app import BASE
from tests.support.tokens import bearer

NOTES = f"{BASE}/notes"


def test_pages_together_hold_everything_once_and_in_order(client: FlaskClient):
    patron = uuid4()
    for number in range(7):
        headers = bearer(patron) | {"Idempotency-Key": f"k{number}"}
        client.post(NOTES, json={"text": f"note {number // 2}"}, headers=headers)
    seen, cursor, sizes = [], None, []
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        answer = client.get(NOTES, query_string=query, headers=bearer()).json
        seen += answer["items"]
        sizes.append(len(answer["items"]))
        if (cursor := answer["next_cursor"]) is None:
            break
    assert sizes == [3, 3, 1]
    assert [item["text"] for item in seen] == sorted(item["text"] for item in seen)
    assert len({item["id"] for item in seen}) == 7


@pytest.mark.parametrize("limit", ["0", "201", "-1", "a", "1.5", "１", "1_0", ""])
def test_a_limit_out_of_bounds_is_422(client: FlaskClient, limit: str):
    answer = client.get(NOTES, query_string={"limit": limit}, headers=bearer())
    assert (answer.status_code, answer.json["violations"][0]["field"]) == (422, "limit")


GOOD = make_cursor("note", UUID(int=5))


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "☃",
        GOOD[:-1],
        GOOD + "A",
        GOOD.replace(GOOD[8], "A" if GOOD[8] != "A" else "B", 1),
        GOOD,  # made for no list
        "A" * 1001,
    ],
)
def test_a_cursor_we_did_not_make_for_this_list_is_422(client: FlaskClient, cursor: str):
    answer = client.get(NOTES, query_string={"cursor": cursor}, headers=bearer())
    assert answer.status_code == 422
    assert answer.json["code"] in {"cursor_invalid", "invalid_input"}


def made_for(client: FlaskClient, question: str, *parts: Part) -> str:
    with client.application.test_request_context(question):
        return make_cursor(*parts)


@pytest.mark.parametrize(
    "parts",
    [
        ("note",),
        ("note", "no uuid"),
        (5, UUID(int=5)),
        ("note", 5),  # the check sum is no secret: anybody can make this one
        ("note", UUID(int=5), 1),
    ],
)
def test_a_cursor_that_is_no_place_in_this_list_is_422(client: FlaskClient, parts: tuple):
    cursor = made_for(client, NOTES, *parts)
    answer = client.get(NOTES, query_string={"cursor": cursor}, headers=bearer())
    assert (answer.status_code, answer.json["code"]) == (422, "cursor_invalid")


ASKED = "/spaces?type=seat&order=asc&from=2026-11-24T04:00:00Z"


@pytest.mark.parametrize(
    ("question", "is_same"),
    [
        (ASKED, True),
        ("/spaces?order=asc&limit=9&type=seat&cursor=x&from=2026-11-24T05:00:00Z", True),
        ("/spaces?type=room&order=asc", False),
        ("/spaces?type=seat&order=desc", False),
        ("/spaces?type=seat", False),
        ("/spaces?type=seat&type=room&order=asc", False),
        ("/rooms?type=seat&order=asc", False),
    ],
)
def test_a_cursor_is_good_for_its_own_question_alone(
    client: FlaskClient, question: str, is_same: bool
):
    cursor = made_for(client, ASKED, "note", UUID(int=5))
    with client.application.test_request_context(question):
        if is_same:
            assert read_cursor(cursor, str, UUID) == ("note", UUID(int=5))
        else:
            with pytest.raises(HttpProblem, match="cursor_invalid"):
                read_cursor(cursor, str, UUID)


def _forged(text: str) -> str:
    body = text.encode()
    raw = hashlib.blake2b(body, digest_size=4).digest() + body
    return urlsafe_b64encode(raw).decode()


@pytest.mark.parametrize("place", ['["\\ud800"]', "[[]]", "[null]", "[1.5]", "[true]", "{}", "7"])
@pytest.mark.parametrize("kind", [str, int, UUID, datetime, date])
def test_a_forged_cursor_is_refused_whatever_it_holds(place: str, kind: type):
    with pytest.raises(HttpProblem, match="cursor_invalid"):
        read_cursor(_forged(place), kind)


@given(st.text(), st.integers(), st.uuids(), st.datetimes(timezones=st.just(UTC)), st.dates())
def test_a_cursor_gives_back_what_it_was_made_of(
    text: str, number: int, uuid: UUID, instant: datetime, day: date
):
    parts = (text, number, uuid, instant, day)
    assert read_cursor(make_cursor(*parts), str, int, UUID, datetime, date) == parts


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_reading_of_cursors(text: str):
    with suppress(HttpProblem):
        place = read_cursor(text, str, UUID)
        assert place is None or make_cursor(*place) == text.rstrip("=")
