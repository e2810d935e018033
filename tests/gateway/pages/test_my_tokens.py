"""One's own API tokens by page: shown once, taken back any time."""

import re

import pytest
from flask.testing import FlaskClient

from tests.gateway.conftest import NewAccount
from tests.support.gateway_pages import form_token, sign_in

TOKENS = "/settings/tokens"


@pytest.fixture(autouse=True)
def signed_in(client: FlaskClient, new_account: NewAccount) -> None:
    new_account()
    sign_in(client)


def make(client: FlaskClient, **typed: object) -> str:
    data = {"csrf_token": form_token(client.get(TOKENS)), **typed}
    return client.post(TOKENS, data=data).get_data(as_text=True)


def exchange(client: FlaskClient, token: str) -> int:
    return client.post("/api/gateway/v1/tokens", json={"api_token": token}).status_code


def test_a_token_is_shown_once_works_and_is_revoked(client: FlaskClient) -> None:
    page = make(client, name="my script", scopes=["booking:read"], days="30")
    token = re.findall(r"atr_[\w-]+", page)[0]
    assert exchange(client, token) == 200
    listed = client.get(TOKENS).get_data(as_text=True)
    assert token not in listed
    assert "my script" in listed
    action = re.findall(r'action="(/settings/tokens/[^"]+/revoke)"', listed)[0]
    client.post(action, data={"csrf_token": form_token(client.get(TOKENS))})
    assert exchange(client, token) == 401


def test_a_token_good_for_nothing_is_not_made(client: FlaskClient) -> None:
    page = make(client, name="my script", days="30")
    assert "“Good for” is missing" in page
    assert "scopes is missing" not in page
    assert 'value="my script"' in page


def test_nobody_revokes_anothers_token(client: FlaskClient, new_account: NewAccount) -> None:
    make(client, name="mine", scopes=["booking:read"])
    listed = client.get(TOKENS).get_data(as_text=True)
    action = re.findall(r'action="(/settings/tokens/[^"]+/revoke)"', listed)[0]
    new_account("other")
    other = client.application.test_client()
    sign_in(other, login="other")
    answer = other.post(action, data={"csrf_token": form_token(other.get(TOKENS))})
    assert answer.status_code == 404
    assert "mine" in client.get(TOKENS).get_data(as_text=True)
