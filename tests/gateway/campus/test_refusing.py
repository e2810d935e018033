"""What the campus's provider says is believed only when everything about it holds."""

import time
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.parts import Parts
from shared.kernel.identifiers import new_id
from tests.gateway.campus.conftest import Keep
from tests.support.campus_provider import CampusProvider, asked_for, come_back, way_there
from tests.support.log_lines import logged_lines

NOT_VERIFIED = "could not be verified"


def told(client: FlaskClient, answer: TestResponse, language: str = "en") -> str:
    """Return the page a refused sign-in ends on; nobody is signed in."""
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in?")
    assert client.get_cookie("atrium_session") is None
    page = client.get(answer.location, headers={"Accept-Language": language})
    return page.get_data(as_text=True)


def try_with(
    client: FlaskClient, provider: CampusProvider, provider_id: UUID, **more: str
) -> TestResponse:
    back = provider.consent(way_there(client, provider_id), "u1")
    tail = "".join(f"&{name}={value}" for name, value in more.items())
    return come_back(client, back + tail)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "http://localhost:1"},
        {"aud": "another client"},
        {"aud": ["another client"]},
        {"aud": ["atrium", "another client"]},
        {"aud": ["atrium"], "azp": "another client"},
        {"exp": time.time() - 61},
        {"exp": None},
        {"exp": "soon"},
        {"iat": time.time() + 3600},
        {"iat": time.time() - 3600},
        {"nbf": time.time() + 3600},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 7},
    ],
    ids=", ".join,  # not their values: those tell the time, and each process of a run has another
)
def test_an_id_token_that_does_not_fit_signs_nobody_in(
    claims: dict[str, Any], client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    provider.astray(claims=claims)
    assert NOT_VERIFIED in told(client, try_with(client, provider, kept.provider_id))
    provider.astray(claims={"harmless": True})  # the control: signed anew, and believed
    assert try_with(client, provider, kept.provider_id).location == "/"


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_nobody_signed_or_signed_with_what_is_public_is_refused(
    algorithm: str, client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    advertised = {"id_token_signing_alg_values_supported": ["RS256", algorithm]}
    provider.astray(alg=algorithm, discovery=advertised)
    assert NOT_VERIFIED in told(client, try_with(client, provider, kept.provider_id))


def test_a_state_that_was_not_given_out_is_refused(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    there = way_there(client, kept.provider_id)
    back = provider.consent(there, "u1").replace(asked_for(there)["state"], "x" * 43)
    assert "begin again" in told(client, come_back(client, back))
    assert provider.asked()[-1].startswith("POST /oauth2/authorize")  # the code was not shown


def test_coming_back_twice_signs_in_once(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    back = provider.consent(way_there(client, keep().provider_id), "u1")
    assert come_back(client, back).location == "/"
    client.delete_cookie("atrium_session")
    assert "begin again" in told(client, come_back(client, back))


def test_coming_back_to_another_provider_is_refused(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept, other = keep(), keep(client_id="another")
    back = provider.consent(way_there(client, kept.provider_id), "u1")
    elsewhere = back.replace(str(kept.provider_id), str(other.provider_id))
    assert "begin again" in told(client, come_back(client, elsewhere))


def test_an_answer_in_another_issuers_name_is_refused(
    client: FlaskClient, provider: CampusProvider, keep: Keep, parts: Parts
) -> None:
    kept = keep()
    answer = try_with(client, provider, kept.provider_id, iss="http://evil.example")
    assert NOT_VERIFIED in told(client, answer)
    assert try_with(client, provider, kept.provider_id, iss=provider.issuer).location == "/"
    client.delete_cookie("atrium_session")
    provider.astray(discovery={"authorization_response_iss_parameter_supported": True})
    parts.identity_providers.offer(provider.issuer, fresh=True)
    assert NOT_VERIFIED in told(client, try_with(client, provider, kept.provider_id))
    assert try_with(client, provider, kept.provider_id, iss=provider.issuer).location == "/"


def test_who_says_no_there_is_told_so(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    there = way_there(client, keep().provider_id, "/my-bookings")
    state = asked_for(there)["state"]
    back = provider.deny(there)
    if "state=" not in back:
        back += f"&state={state}"
    answer = come_back(client, back, "zh-CN")
    assert answer.location == "/sign-in?next=/my-bookings"
    assert "未完成" in told(client, answer, "zh-CN")


def test_who_says_no_is_told_so_also_by_a_provider_that_leaves_the_state_out(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    back = provider.deny(way_there(client, keep().provider_id))
    without = back.split("&state=")[0]
    assert "error=access_denied" in without
    assert "not completed" in told(client, come_back(client, without))


def test_a_code_somebody_made_up_is_not_told_as_a_no(client: FlaskClient, keep: Keep) -> None:
    there = way_there(client, keep().provider_id)
    address = asked_for(there)["redirect_uri"] + "?code=x&state=y&error=access_denied"
    assert "begin again" in told(client, come_back(client, address))


def test_why_the_provider_takes_no_code_stands_in_the_log(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    provider_id = new_id()
    client_id = provider.registered("client_secret_basic", provider_id)
    keep("the wrong secret", provider_id=provider_id, client_id=client_id)
    with logged_lines() as noted:
        answer = try_with(client, provider, provider_id)
    assert NOT_VERIFIED in told(client, answer)
    [line] = [line for line in noted if line["event"] == "code_exchange_refused"]
    assert line["reason"] == "invalid_client"


@pytest.mark.usefixtures("keys_asked_again")
def test_a_new_key_is_believed_as_soon_as_it_is_used(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    assert try_with(client, provider, kept.provider_id).location == "/"
    provider.astray(new_key=True)
    answer = try_with(client.application.test_client(), provider, kept.provider_id)
    assert answer.location == "/"


@pytest.mark.parametrize("how", [{"broken": True}, {"huge": True}], ids=str)
def test_a_provider_in_trouble_is_said_plainly(
    how: dict[str, Any], client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    back = provider.consent(way_there(client, kept.provider_id), "u1")
    provider.astray(**how)
    assert "does not answer just now" in told(client, come_back(client, back))


def test_a_provider_that_is_away_is_said_plainly(client: FlaskClient, keep: Keep) -> None:
    kept = keep(issuer="http://localhost:9")
    answer = client.get(f"/sign-in/with/{kept.provider_id}?next=/find")
    assert answer.location == "/sign-in?next=/find"
    assert "does not answer just now" in told(client, answer)


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "http://localhost:1"},
        {"token_endpoint": "ftp://localhost/x"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_a_discovery_document_that_leads_astray_is_not_followed(
    discovery: dict[str, Any], client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    provider.astray(discovery=discovery)
    answer = client.get(f"/sign-in/with/{keep().provider_id}")
    assert "does not answer just now" in told(client, answer)


def test_a_provider_switched_off_is_not_offered(client: FlaskClient, keep: Keep) -> None:
    kept = keep(active=False)
    assert "Campus account" not in client.get("/sign-in").get_data(as_text=True)
    assert "not offered" in told(client, client.get(f"/sign-in/with/{kept.provider_id}"))


def test_neither_code_nor_token_nor_name_gets_into_the_log(
    client: FlaskClient,
    provider: CampusProvider,
    keep: Keep,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept = keep("the client's secret")
    there = way_there(client, kept.provider_id)
    back = provider.consent(there, "u1")
    come_back(client, back)
    come_back(client, back)
    provider.astray(claims={"nonce": "another"})
    try_with(client, provider, kept.provider_id)
    noted = capsys.readouterr().err
    assert "campus_sign_in_failed" in noted
    secrets = [asked_for(back)["code"], asked_for(there)["state"], asked_for(there)["nonce"]]
    for secret in (*secrets, "the client's secret", "eyJ", "王", "小明", "example.edu"):
        assert secret not in noted
