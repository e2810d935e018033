"""The calendar of terms over HTTP."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.support.engagement_builders import LIBRARY
from tests.support.tokens import bearer

TERMS = "/api/engagement/v1/terms"
STAFF = bearer(roles=("patron", "staff"))
AUTUMN = {"name_zh": "秋季学期", "name_en": "Autumn", "from": "2026-09-07", "to": "2027-01-24"}


def test_staff_keep_terms_and_everybody_reads_them(client: FlaskClient) -> None:
    path = f"{TERMS}/{LIBRARY}/2026-1"
    assert client.put(path, json=AUTUMN, headers=STAFF).json["name"] == "Autumn"
    client.put(path, json=AUTUMN | {"name_en": "Fall"}, headers=STAFF)
    query = {"library": str(LIBRARY)}
    headers = bearer() | {"Accept-Language": "zh-CN"}
    [term] = client.get(TERMS, query_string=query, headers=headers).json["items"]
    assert (term["name"], term["name_en"], term["to"]) == ("秋季学期", "Fall", "2027-01-24")
    assert client.delete(path, headers=STAFF).status_code == 204
    assert client.delete(path, headers=STAFF).json["code"] == "term_not_found"


def test_terms_share_no_day_and_are_whole_weeks(client: FlaskClient) -> None:
    client.put(f"{TERMS}/{LIBRARY}/1", json=AUTUMN, headers=STAFF)
    other = AUTUMN | {"from": "2027-01-18", "to": "2027-07-11"}
    answer = client.put(f"{TERMS}/{LIBRARY}/2", json=other, headers=STAFF)
    assert (answer.status_code, answer.json["code"]) == (409, "term_overlaps")
    for days, code in (
        ({"from": "2027-02-02"}, "period_not_whole_weeks"),
        ({"from": "2029-01-01"}, "period_invalid"),
    ):
        answer = client.put(f"{TERMS}/{LIBRARY}/2", json=other | days, headers=STAFF)
        assert (answer.status_code, answer.json["code"]) == (422, code)


def test_patrons_keep_no_terms(client: FlaskClient) -> None:
    path = f"{TERMS}/{LIBRARY}/1"
    assert client.put(path, json=AUTUMN, headers=bearer()).status_code == 403
    elsewhere = bearer(roles=("staff",), libraries=["00000000-0000-7000-8000-0000000000ff"])
    assert client.put(path, json=AUTUMN, headers=elsewhere).status_code == 403


@pytest.mark.parametrize("code", [" ", "a b", "秋", "-1", "a\n", "x" * 21])
def test_a_code_that_could_not_stand_in_an_address_is_refused(
    client: FlaskClient, code: str
) -> None:
    answer = client.put(f"{TERMS}/{LIBRARY}/{quote(code)}", json=AUTUMN, headers=STAFF)
    assert (answer.status_code, answer.json["code"]) == (422, "term_code_malformed")
