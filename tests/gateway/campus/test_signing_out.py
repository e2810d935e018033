"""Signing out ends the session here, and leads on to ending the one at the campus."""

from html import unescape

import pytest
from flask.testing import FlaskClient

from gateway.parts import Parts
from tests.gateway.campus.conftest import Keep
from tests.gateway.conftest import NewAccount
from tests.support.campus_provider import CampusProvider, asked_for, come_back, way_there
from tests.support.gateway_pages import form_token, sign_in


def sign_out(client: FlaskClient) -> str:
    token = form_token(client.get("/settings"))
    answer = client.post("/sign-out", data={"csrf_token": token})
    assert client.get_cookie("atrium_session") is None
    return answer.get_data(as_text=True)


def test_who_came_by_the_campus_is_led_on_to_sign_out_there(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    come_back(client, provider.consent(way_there(client, keep().provider_id), "u1"))
    page = sign_out(client)
    start = page.index(f"{provider.issuer}/oauth2/end_session")
    asked = asked_for(unescape(page[start : page.index('"', start)]))
    assert asked["client_id"] == "atrium"
    assert asked["post_logout_redirect_uri"] == "http://localhost:8000/signed-out"
    assert asked["id_token_hint"].count(".") == 2
    # At once: a page that moves on while one reads it is what WCAG 2.2.1 forbids.
    assert f'<meta http-equiv="refresh" content="0;url={provider.issuer}/' in page
    assert client.get("/signed-out").status_code == 200


def test_who_came_with_a_password_is_just_signed_out(
    client: FlaskClient, keep: Keep, new_account: NewAccount
) -> None:
    keep()
    new_account()
    sign_in(client)
    assert "end_session" not in sign_out(client)


@pytest.mark.parametrize("endpoint", [None, "javascript:alert(1)"])
def test_a_provider_that_offers_no_signing_out_is_left_alone(
    endpoint: str | None, client: FlaskClient, provider: CampusProvider, keep: Keep, parts: Parts
) -> None:
    come_back(client, provider.consent(way_there(client, keep().provider_id), "u1"))
    provider.astray(discovery={"end_session_endpoint": endpoint})
    parts.identity_providers.offer(provider.issuer, fresh=True)
    assert "end_session" not in sign_out(client)


def test_the_proof_is_sealed_in_the_database(
    client: FlaskClient, provider: CampusProvider, keep: Keep, parts: Parts
) -> None:
    come_back(client, provider.consent(way_there(client, keep().provider_id), "u1"))
    with parts.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT sealed_id_token FROM session").scalar_one()
        secret = connection.exec_driver_sql("SELECT sealed_secret FROM sign_in_provider")
        assert "a secret" not in secret.scalar_one()
    assert "." not in kept
    assert parts.sealer.open(kept, "id token of a session").count(b".") == 2
