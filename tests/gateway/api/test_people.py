"""The directory of people: small, for those who work with people, and every look is noted."""

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from tests.gateway.conftest import NewAccount

API = "/api/gateway/v1/people"
Header = dict[str, str]
Bearer = Callable[..., Header]


@pytest.mark.parametrize("role", ["staff", "organizer", "admin"])
def test_who_works_with_people_sees_names_and_numbers_and_nothing_else(
    role: str, client: FlaskClient, bearer: Bearer, new_account: NewAccount
) -> None:
    person = new_account("xiaoming", number="B1", mail="xm@example.edu")
    found = client.get(f"{API}?ids={person.patron_id}", headers=bearer(role)).get_json()["items"]
    assert found == [{"patron_id": str(person.patron_id), "display_name": "王小明", "number": "B1"}]


@pytest.mark.parametrize("roles", [(), ("manager",)])
def test_others_see_nobody(
    roles: tuple[str, ...], client: FlaskClient, bearer: Bearer, new_account: NewAccount
) -> None:
    person = new_account("xiaoming")
    header = bearer(*roles)
    assert client.get(f"{API}?ids={person.patron_id}", headers=header).status_code == 403
    assert client.get(f"{API}?q=王小", headers=header).status_code == 403
    assert client.get(f"{API}?q=王小").status_code == 401


def test_a_hundred_people_come_in_one_answer_and_not_one_more(
    client: FlaskClient, bearer: Bearer, new_account: NewAccount
) -> None:
    header = bearer("staff")
    people = [str(new_account(f"p{n}", password=None).patron_id) for n in range(3)]
    nobody = [str(uuid4()) for _ in range(97)]
    answer = client.get(f"{API}?ids={','.join(people + nobody)}", headers=header)
    assert [person["patron_id"] for person in answer.get_json()["items"]] == sorted(people)
    answer = client.get(f"{API}?ids={','.join([*people, *nobody, str(uuid4())])}", headers=header)
    assert answer.status_code == 422


@pytest.mark.parametrize("words", ["lovel", "Ada Lo", "Lovelace A", "b77", " ADA "])
def test_people_are_found_by_how_a_name_or_number_begins(
    words: str, client: FlaskClient, bearer: Bearer, new_account: NewAccount
) -> None:
    new_account("ada", number="B77", family_name="Lovelace", given_name="Ada")
    new_account("other", number="X77", family_name="Clove", given_name="Nada")
    found = client.get(API, query_string={"q": words}, headers=bearer("organizer")).get_json()
    assert [person["display_name"] for person in found["items"]] == ["Ada Lovelace"]


@pytest.mark.parametrize("query", ["", "q=a", "q=%25%25", "ids=", "ids=x", "q=ab&ids=x"])
def test_a_question_too_wide_or_without_sense_finds_nobody(
    query: str, client: FlaskClient, bearer: Bearer, new_account: NewAccount
) -> None:
    new_account("ada", family_name="ab", given_name="")
    answer = client.get(f"{API}?{query}", headers=bearer("staff"))
    assert answer.status_code == 422 or answer.get_json()["items"] == []


def test_a_search_answers_at_most_twenty(
    client: FlaskClient, bearer: Bearer, new_account: NewAccount
) -> None:
    for number in range(21):
        new_account(f"p{number}", password=None, number=f"B{number}")
    assert len(client.get(f"{API}?q=王小", headers=bearer("staff")).get_json()["items"]) == 20


def test_who_left_is_named_in_lists_and_not_found_by_searching(
    client: FlaskClient, bearer: Bearer, new_account: NewAccount
) -> None:
    person = new_account("xiaoming")
    header = bearer("staff")
    with client.application.extensions["atrium_engine"].begin() as connection:
        connection.exec_driver_sql("UPDATE account SET active = false WHERE login = 'xiaoming'")
    shown = client.get(f"{API}?ids={person.patron_id}", headers=header).get_json()["items"]
    assert shown[0]["display_name"] == "王小明"
    found = client.get(f"{API}?q=王小", headers=header).get_json()["items"]
    assert str(person.patron_id) not in [one["patron_id"] for one in found]


def test_a_look_is_noted_without_any_name(
    client: FlaskClient,
    bearer: Bearer,
    new_account: NewAccount,
    capsys: pytest.CaptureFixture[str],
) -> None:
    new_account("xiaoming", number="B2600001", family_name="欧阳")
    header = bearer("staff")
    capsys.readouterr()
    client.get(f"{API}?q=欧阳", headers=header)
    lines = capsys.readouterr().err.splitlines()
    [noted] = [line for line in lines if "people_looked_up" in line]
    assert json.loads(noted)["shown"] == 1
    assert not any("欧阳" in line or "B2600001" in line for line in lines)
