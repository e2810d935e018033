"""Nobody asks so often that others wait; and everybody is told what is left."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey
from sqlalchemy import Engine

from shared.kernel.settings import SettingError
from shared.web.blueprint import Blueprint
from shared.web.problems import HttpProblem
from shared.web.rate_limits import Quota, RateLimits
from shared.web.rate_limits import limited as closely
from shared.web.rate_storage import ProcessStorage
from shared.web.service_app import ServiceDescription, create_service_app
from shared.web.settings import WebSettings
from shared.web.tokens import VISITOR_TYPE
from shared.web.visitor import VISITOR
from tests.shared.web.notes_app import BASE, create_notes_app
from tests.support.tokens import bearer, claims_for, sign

NOTES = f"{BASE}/notes"
# RFC 9651: a list of strings with parameters.
MEMBER = re.compile(r'"[\x20-\x21\x23-\x5b\x5d-\x7e]*"(;[a-z]=\d{1,15})+')


@pytest.fixture
def limited(engine: Engine, jwks: str) -> FlaskClient:
    """An app that answers five requests an hour."""
    return create_notes_app(engine, jwks, rate_limit=5, rate_window=3600).test_client()


def test_an_account_is_told_what_is_left_and_then_to_wait(limited: FlaskClient):
    headers = bearer()
    answers = [limited.get(NOTES, headers=headers) for _ in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 3
    for answer in answers:
        assert answer.headers["RateLimit-Policy"] == '"default";q=5;w=3600'
        assert MEMBER.fullmatch(answer.headers["RateLimit"])
    left = [re.search(r";r=(\d+)", answer.headers["RateLimit"])[1] for answer in answers]
    assert left == ["4", "3", "2", "1", "0", "0", "0", "0"]
    refused = answers[-1]
    assert refused.content_type == "application/problem+json"
    assert (refused.json["code"], refused.json["numbers"]["limit"]) == ("rate_limited", 5)
    assert 0 < int(refused.headers["Retry-After"]) <= 3600


def test_one_accounts_noise_is_not_anothers(limited: FlaskClient):
    noisy, quiet = bearer(), bearer()
    assert limited.get(NOTES, headers=quiet).status_code == 200
    assert {limited.get(NOTES, headers=noisy).status_code for _ in range(9)} == {200, 429}
    assert limited.get(NOTES, headers=quiet).status_code == 200


def test_who_is_not_signed_in_is_counted_by_address(limited: FlaskClient):
    statuses = [
        limited.get(NOTES, environ_base={"REMOTE_ADDR": address}).status_code
        for address in ["10.0.0.1"] * 6 + ["10.0.0.2"]
    ]
    assert statuses == [401] * 5 + [429, 401]


def test_a_forwarding_header_of_the_callers_own_changes_nothing(limited: FlaskClient):
    statuses = [
        limited.get(NOTES, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(6)
    ]
    assert statuses[-1] == 429


def test_behind_one_trusted_proxy_the_last_address_counts(engine: Engine, jwks: str):
    settings = {"rate_limit": 5, "rate_window": 3600, "trusted_proxies": 1}
    client = create_notes_app(engine, jwks, **settings).test_client()
    statuses = [
        client.get(NOTES, headers={"X-Forwarded-For": f"10.9.9.{n}, 10.0.0.{n % 2}"}).status_code
        for n in range(12)
    ]
    assert statuses == [401] * 10 + [429] * 2


def statement(address: str, **changed: Any) -> str:
    header = {"typ": changed.pop("typ", VISITOR_TYPE), "kid": changed.pop("kid", "test-key")}
    return sign(claims_for(address=address, **changed), **header)


def test_whom_the_gateway_vouches_for_is_counted_by_their_own_address(limited: FlaskClient):
    statuses = [
        limited.get(NOTES, headers={VISITOR: statement(address)}).status_code
        for address in ["10.0.0.1"] * 6 + ["10.0.0.2", "2001:db8::1"]
    ]
    assert statuses == [401] * 5 + [429, 401, 401]


@pytest.mark.parametrize(
    "claim",
    [
        "10.0.0.7",
        "a.b.c",
        statement("10.0.0.7", typ="at+jwt"),
        statement("10.0.0.7", kid="another"),
        statement("10.0.0.7", iss="http://elsewhere"),
        statement("10.0.0.7", aud="elsewhere"),
        statement("10.0.0.7", exp=1),
        statement("here"),
        "x" * 5000,
    ],
)
def test_an_address_nobody_vouches_for_is_not_believed(limited: FlaskClient, claim: str):
    for _ in range(5):
        limited.get(NOTES)
    assert limited.get(NOTES, headers={VISITOR: claim}).status_code == 429


def test_a_statement_signed_by_somebody_else_is_not_believed(limited: FlaskClient):
    forged = sign(claims_for(address="10.0.0.7"), key=another_key(), typ=VISITOR_TYPE)
    for _ in range(5):
        limited.get(NOTES)
    assert limited.get(NOTES, headers={VISITOR: forged}).status_code == 429


def test_a_statement_of_an_address_signs_nobody_in(limited: FlaskClient):
    asked = {"Authorization": f"Bearer {statement('10.0.0.1')}"}
    assert limited.get(NOTES, headers=asked).status_code == 401


def another_key() -> OKPKey:
    return OKPKey.generate_key("Ed25519", parameters={"kid": "test-key"})


def test_a_bad_token_cannot_be_tried_without_end(limited: FlaskClient):
    headers = {"Authorization": "Bearer a.b.c"}
    statuses = [limited.get(NOTES, headers=headers).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]


def test_health_and_figures_are_never_limited(limited: FlaskClient):
    for path in ("health/live", "health/ready", "health/metrics"):
        assert {limited.get(f"{BASE}/{path}").status_code for _ in range(8)} == {200}


def test_the_limit_can_be_off(client: FlaskClient):
    answers = [client.get(NOTES, headers=bearer()) for _ in range(20)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[0].headers


def test_one_view_may_be_limited_more_closely_by_address(engine: Engine, jwks: str):
    blueprint = Blueprint("door", __name__, url_prefix="/door")

    @blueprint.route("", methods=["POST"])
    @closely("knock", 2, 3600)
    @blueprint.response(200)
    def knock() -> dict[str, bool]:
        return {"open": True}

    description = ServiceDescription(
        name="door", import_name=__name__, title="Door", blueprints=[blueprint]
    )
    chosen = WebSettings(jwks=jwks, rate_limit=0)
    client = create_service_app(description, engine=engine, settings=chosen).test_client()
    answers = [client.post("/api/door/v1/door") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["RateLimit-Policy"] == '"knock";q=2;w=3600'
    other = client.post("/api/door/v1/door", environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert other.status_code == 200


def test_of_five_hundred_at_once_a_hundred_pass():
    limits, quota = RateLimits("memory://"), Quota("burst", 100, 1000)
    assert sum(passes(limits, quota) for _ in range(500)) == 100


def test_the_window_slides_and_forgets_who_stayed_away():
    seconds = [1000.0]
    storage = ProcessStorage(now=lambda: seconds[0])

    def passed(tries: int, caller: str = "one") -> int:
        return sum(storage.acquire_sliding_window_entry(caller, 10, 100) for _ in range(tries))

    assert passed(20) == 10
    seconds[0] = 1101.0  # a new window in which nearly all of the last one still counts
    assert passed(20) == 1
    seconds[0] = 1150.0
    assert passed(20) == 4  # half of ten still counts, and one taken since
    seconds[0] = 1350.0
    assert passed(20, "another") == 10
    assert storage.get_sliding_window("one", 100)[::2] == (0, 0)
    assert sum(len(counts) for counts in storage._counts[100]) == 1


def passes(limits: RateLimits, quota: Quota) -> bool:
    try:
        limits.take(quota, "one")
    except HttpProblem:
        return False
    return True


def test_a_storage_that_cannot_be_used_is_named_when_the_app_is_made(engine: Engine, jwks: str):
    with pytest.raises(SettingError, match="ATRIUM_RATE_STORAGE"):
        create_notes_app(engine, jwks, rate_storage="nowhere://")
