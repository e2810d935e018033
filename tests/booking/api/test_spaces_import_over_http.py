"""Spaces from a CSV file through the public door: what became of each row."""

from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.booking.api.test_reserving_over_http import as_staff, said, signed_in
from tests.support.booking_builders import LIBRARY_ID

API = "/api/booking/v1"
HEADER = "code,name_zh,name_en,zone,space_type,space_kind,capacity,features,accessible\n"
FILE = HEADER + (
    "N1,新室,New room,Z,room,learning,4,whiteboard;power,yes\n"
    "R1,R1,The first,Z,room,learning,6,,\n"
    "N2,无区,No zone,nowhere,room,learning,4,,\n"
    "N3,,Nameless,Z,room,learning,4,,\n"
    'N4,大室,"A hall, large",Z,hall,learning,many,,\n'
)


def importing(
    client: FlaskClient, text: str, headers: dict[str, str] | None = None
) -> TestResponse:
    who = (as_staff() if headers is None else headers) | {"Idempotency-Key": str(uuid4())}
    path = f"{API}/libraries/{LIBRARY_ID}/spaces/import"
    return client.post(path, json={"csv": text}, headers=who)


def space(client: FlaskClient, code: str) -> dict[str, Any] | None:
    items = client.get(f"{API}/spaces?library_id={LIBRARY_ID}").get_json()["items"]
    return next((one for one in items if one["code"] == code), None)


def test_rows_are_added_changed_or_left_out_each_with_its_reasons(client: FlaskClient) -> None:
    report = importing(client, "\ufeff" + FILE).get_json()
    assert report["counts"] == {"added": 1, "changed": 1, "unchanged": 0, "refused": 3}
    assert [(one["line"], one["outcome"]) for one in report["rows"]] == [
        (2, "added"),
        (3, "changed"),
        (4, "refused"),
        (5, "refused"),
        (6, "refused"),
    ]
    assert [len(one["reasons"]) for one in report["rows"]] == [0, 0, 1, 1, 2]
    made = space(client, "N1")
    assert made is not None
    assert (made["capacity"], made["features"], made["accessible"]) == (
        4,
        ["power", "whiteboard"],
        True,
    )
    assert said(client) == ["booking.space.defined.v1"] * 2


def test_the_same_file_again_changes_nothing(client: FlaskClient) -> None:
    importing(client, FILE)
    counts = importing(client, FILE).get_json()["counts"]
    assert counts == {"added": 0, "changed": 0, "unchanged": 2, "refused": 3}


@pytest.mark.parametrize("text", ["hello", "code,name\nx,y\n", '"', "\n\n", 'a,"b\nc'])
def test_what_is_no_table_of_spaces_is_said(client: FlaskClient, text: str) -> None:
    answer = importing(client, text)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "file_unreadable")


def test_too_many_rows_are_refused_as_a_whole(client: FlaskClient) -> None:
    answer = importing(client, HEADER + "X,x,x,Z,room,learning,1,,\n" * 501)
    assert (answer.status_code, answer.get_json()["code"]) == (422, "too_many_rows")


def test_only_the_librarys_staff_import(client: FlaskClient) -> None:
    elsewhere = signed_in(roles=["staff"], libraries=[str(uuid4())])
    for headers, status in ((signed_in(), 403), (elsewhere, 403), ({}, 401)):
        assert importing(client, FILE, headers).status_code == status
