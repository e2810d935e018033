"""Administrators keep identity providers by page."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from gateway.pages.admin.provider_form import lines_of, pairs_in
from gateway.parts import Parts
from gateway.queries.sign_in import ways_in
from tests.gateway.conftest import NewAccount
from tests.gateway.pages.admin.test_people_and_imports import send, text
from tests.support.gateway_pages import form_token, sign_in

TYPED = {
    "name_zh": "统一身份认证",
    "name_en": "Campus account",
    "issuer": "http://localhost:9/",
    "client_id": "atrium",
    "client_secret": "a secret of the client",
    "scopes": "openid profile",
    "claim_number": "eduPersonNumber",
    "claim_role": "affiliation",
    "roles": "club lead = organizer\nnonsense\n x = y = staff ",
    "faculties": "",
    "levels": "",
    "trusts_numbers": "yes",
    "may_create": "no",
    "active": "yes",
}


@pytest.fixture
def chief(client: FlaskClient, new_account: NewAccount) -> None:
    new_account("chief", "admin")
    sign_in(client, login="chief")


@pytest.mark.usefixtures("chief")
def test_a_provider_is_added_changed_tested_and_forgotten(
    client: FlaskClient, parts: Parts
) -> None:
    page = send(client, "/admin/sign-in/new", **TYPED)
    [kept] = ways_in(parts.engine).providers
    assert "Kept, but switched off" in page
    assert "only while it answers as it should (ConnectError)" in page
    assert not kept.active
    assert f"/sign-in/back/{kept.provider_id}" in page
    assert kept.mapping.roles == {"club lead": "organizer", "x = y": "staff"}
    assert (kept.mapping.trusts_numbers, kept.mapping.may_create) == (True, False)
    assert "a secret of the client" not in page
    sealed = kept.sealed_secret
    address = f"/admin/sign-in/{kept.provider_id}"
    send(client, address, **{**TYPED, "client_secret": "", "name_en": "Campus", "no_secret": ""})
    [kept] = ways_in(parts.engine).providers
    assert (kept.name_en, kept.sealed_secret) == ("Campus", sealed)
    assert "does not answer as it should" in send(client, f"{address}/test", _above=True)
    assert "Forgotten" in send(client, f"{address}/remove", _above=True)
    assert ways_in(parts.engine).providers == []


@pytest.mark.usefixtures("chief")
def test_what_is_wrong_is_said_beside_what_was_typed(client: FlaskClient) -> None:
    page = send(client, "/admin/sign-in/new", **{**TYPED, "issuer": "http://idp.example.edu"})
    assert "The issuer is an https address" in page
    assert "eduPersonNumber" in page
    assert "a secret of the client" not in page


def switched_on(parts: Parts) -> None:
    """Let the provider that was typed be offered, as if it had answered once."""
    [kept] = ways_in(parts.engine).providers
    with parts.uow() as uow:
        uow.sign_in_providers.save(replace(kept, active=True), parts.clock.now())
        uow.commit()


def test_passwords_are_switched_off_and_on_by_page(
    client: FlaskClient, parts: Parts, new_account: NewAccount
) -> None:
    chief = new_account("chief", "admin")
    sign_in(client, login="chief")
    assert "once a provider is switched on" in text(client, "/admin/sign-in")
    send(client, "/admin/sign-in/new", **TYPED)
    switched_on(parts)
    assert 'href="/admin/sign-in/local/off"' in text(client, "/admin/sign-in")
    asked = text(client, "/admin/sign-in/local/off")
    assert "No administrator has signed in through a provider" in asked
    assert 'class="danger"' not in asked
    assert "allow-local-sign-in" in asked
    refused = client.post(
        "/admin/sign-in/local",
        data={"allowed": "no", "csrf_token": form_token(client.get("/admin/sign-in/local/off"))},
    )
    assert refused.status_code == 409
    with parts.uow() as uow:
        uow.campus_identities.note(TYPED["issuer"], "c", chief.patron_id, parts.clock.now())
        uow.commit()
    assert "1 administrator has signed in" in text(client, "/admin/sign-in/local/off")
    page = send(client, "/admin/sign-in/local", _on="/admin/sign-in/local/off")
    assert "everybody signs in with the campus" in page
    assert not ways_in(parts.engine).local_allowed
    send(client, "/admin/sign-in/local", _above=True, allowed="yes")
    assert ways_in(parts.engine).local_allowed


def test_lines_and_pairs_say_the_same() -> None:
    pairs = {"a": "b", "c=d": "e"}
    assert pairs_in(lines_of(pairs)) == pairs
