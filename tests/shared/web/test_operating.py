"""What administrators see of a service over HTTP: the desk, and how it stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from shared.web.service_app import ServiceDescription, create_service_app
from shared.web.settings import WebSettings
from tests.support.tokens import bearer, write_jwks

DESK = "/api/postal/v1/dead-letters"
OPERATIONS = "/api/postal/v1/operations"
PARK = """
INSERT INTO parked_message (source, message_id, type, body, reason, attempts, status)
VALUES ('/atrium/booking', %(n)s, 'booking.space.defined.v1', '{"id": %(n)s}', 'no such space',
        3, %(status)s)
"""


@pytest.fixture
def engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    return open_engine(fresh_database("messaging"))


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> FlaskClient:
    description = ServiceDescription(
        name="postal", import_name=__name__, title="Postal", blueprints=()
    )
    settings = WebSettings(jwks=write_jwks(tmp_path), rate_limit=0)
    app = create_service_app(description, engine=engine, settings=settings)
    return app.test_client()


@pytest.fixture
def admin() -> dict[str, str]:
    return bearer(roles=["admin"])


def park(engine: Engine, *statuses: str) -> list[int]:
    """Put messages on the desk; returns their positions."""
    with engine.begin() as connection:
        for n, status in enumerate(statuses):
            connection.exec_driver_sql(PARK, {"n": str(n), "status": status})
        found = connection.exec_driver_sql("SELECT position FROM parked_message ORDER BY position")
        return list(found.scalars())


def listed(client: FlaskClient, admin: dict[str, str], query: str = "") -> list[Any]:
    return client.get(f"{DESK}?{query}", headers=admin).get_json()["items"]


def test_the_desk_is_listed_in_pages_oldest_first(
    client: FlaskClient, engine: Engine, admin: dict[str, str]
) -> None:
    positions = park(engine, "dead", "retrying", "discarded", "dead")
    first = client.get(f"{DESK}?limit=2", headers=admin).get_json()
    assert [one["position"] for one in first["items"]] == positions[:2]
    assert "body" not in first["items"][0]
    rest = client.get(f"{DESK}?limit=2&cursor={first['next_cursor']}", headers=admin).get_json()
    assert [one["position"] for one in rest["items"]] == positions[3:]
    assert rest["next_cursor"] is None
    gone = listed(client, admin, "status=discarded")
    assert [one["position"] for one in gone] == [positions[2]]


def test_one_is_read_wholly(client: FlaskClient, engine: Engine, admin: dict[str, str]) -> None:
    [position] = park(engine, "dead")
    found = client.get(f"{DESK}/{position}", headers=admin).get_json()
    assert (found["attempts"], found["reason"]) == (3, "no such space")
    assert "id" in found["body"]
    assert client.get(f"{DESK}/{position + 1}", headers=admin).status_code == 404


def test_one_is_tried_again_and_the_others_stay(
    client: FlaskClient, engine: Engine, admin: dict[str, str]
) -> None:
    first, second = park(engine, "dead", "dead")
    again = client.post(f"{DESK}/{first}/replay", headers=admin).get_json()
    assert (again["status"], again["attempts"]) == ("retrying", 0)
    assert client.get(f"{DESK}/{second}", headers=admin).get_json()["status"] == "dead"
    assert client.post(f"{DESK}/{second + 1}/replay", headers=admin).status_code == 404


def test_all_are_tried_again_except_what_was_let_go(
    client: FlaskClient, engine: Engine, admin: dict[str, str]
) -> None:
    park(engine, "dead", "retrying", "discarded")
    answer = client.post(f"{DESK}/replay", headers=admin)
    assert answer.get_json() == {"count": 2}
    assert [one["status"] for one in listed(client, admin)] == ["retrying", "retrying"]


def test_one_is_let_go_for_a_reason_that_stays_beside_it(
    client: FlaskClient, engine: Engine, admin: dict[str, str]
) -> None:
    [position] = park(engine, "dead")
    address = f"{DESK}/{position}/discard"
    assert client.post(address, json={"reason": ""}, headers=admin).status_code == 422
    gone = client.post(address, json={"reason": "space is gone"}, headers=admin).get_json()
    assert gone["status"] == "discarded"
    assert "space is gone" in gone["reason"]
    assert listed(client, admin) == []
    assert client.post(address, json={"reason": "twice"}, headers=admin).status_code == 404


def test_how_a_service_stands_is_one_answer(
    client: FlaskClient, engine: Engine, admin: dict[str, str]
) -> None:
    park(engine, "dead", "dead", "retrying")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO outbox (id, type, subject, time, data, recordedat) VALUES"
            " (gen_random_uuid(), 'x', 'x', now(), '{}', now() - interval '90 seconds')"
        )
        connection.exec_driver_sql(
            "INSERT INTO heard_through (source, missing) VALUES ('/atrium/events', 4)"
        )
    found = client.get(OPERATIONS, headers=admin).get_json()
    assert (found["service"], found["ready"]) == ("postal", True)
    assert found["desk"] == {"dead": 2, "retrying": 1, "discarded": 0}
    assert found["outbox"]["waiting"] == 1
    assert found["outbox"]["oldest_seconds"] >= 90
    assert found["missing"] == [{"source": "/atrium/events", "missing": 4}]


@pytest.mark.parametrize("roles", [["patron"], ["staff"], ["manager"], ["organizer"]])
def test_all_of_this_is_for_administrators(roles: list[str], client: FlaskClient) -> None:
    addresses = [("GET", DESK), ("GET", f"{DESK}/1"), ("POST", f"{DESK}/1/replay")]
    more = [("POST", f"{DESK}/replay"), ("POST", f"{DESK}/1/discard"), ("GET", OPERATIONS)]
    for method, address in [*addresses, *more]:
        assert client.open(address, method=method).status_code == 401
        headers = bearer(roles=roles)
        assert client.open(address, method=method, headers=headers).status_code == 403
