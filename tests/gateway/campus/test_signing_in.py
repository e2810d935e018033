"""Sign in with the campus, against a provider that is not ours."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from gateway.domain.account import Account
from gateway.domain.errors import ProviderRejected
from gateway.parts import Parts
from gateway.queries.accounts import AccountSearch, find_accounts
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from tests.gateway.campus.conftest import Keep
from tests.gateway.conftest import NewAccount
from tests.support.campus_provider import CampusProvider, asked_for, come_back, way_there


def everybody(parts: Parts) -> list[Account]:
    return list(find_accounts(parts.engine, AccountSearch(), after=None, limit=50))


def go_through(
    client: FlaskClient, provider: CampusProvider, provider_id: UUID, subject: str = "u1"
) -> str:
    """Sign in there and come back; returns what the page then says."""
    back = provider.consent(way_there(client, provider_id), subject)
    answer = come_back(client, back)
    assert answer.status_code == 302
    page = client.get(answer.location, headers={"Accept-Language": "en"})
    return page.get_data(as_text=True)


def test_a_person_signs_in_and_is_known_with_their_details(
    client: FlaskClient, provider: CampusProvider, keep: Keep, parts: Parts
) -> None:
    kept = keep()
    there = way_there(client, kept.provider_id, "/my-bookings")
    answer = come_back(client, provider.consent(there, "u1"))
    assert answer.location == "/my-bookings"
    assert "王小明" in client.get("/settings").get_data(as_text=True)
    [person] = everybody(parts)
    details = (person.number, person.mail, person.faculty, person.level, person.study_year)
    assert details == ("B1", "xm@example.edu", "science", "master", 2)
    assert person.roles == {"patron", "organizer"}
    assert person.password_hash is None


def test_what_is_asked_for_is_bound_to_this_sign_in(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    there = way_there(client, kept.provider_id)
    asked = asked_for(there)
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"http://localhost:8000/sign-in/back/{kept.provider_id}"
    assert len(asked["state"]) >= 43
    assert len(asked["nonce"]) >= 43
    come_back(client, provider.consent(there, "u1"))
    [exchange] = [line for line in provider.asked() if line.startswith("POST /oauth2/token")]
    verifier = asked_for("http://x/?" + exchange.split(" ", 2)[2])["code_verifier"]
    digest = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    assert digest == asked["code_challenge"]
    again = asked_for(way_there(client, kept.provider_id))
    assert all(again[name] != asked[name] for name in ("state", "nonce", "code_challenge"))


def test_the_same_subject_is_the_same_person_whatever_else_changes(
    client: FlaskClient, provider: CampusProvider, keep: Keep, parts: Parts
) -> None:
    kept = keep()
    go_through(client, provider, kept.provider_id)
    provider.knows("u1", family_name="李", given_name="小明", person_number="B9", affiliation="x")
    assert "李小明" in go_through(client.application.test_client(), provider, kept.provider_id)
    [person] = everybody(parts)
    assert person.number == "B1"
    assert person.roles == {"patron"}


def test_a_trusted_number_connects_the_account_the_import_made(
    client: FlaskClient, provider: CampusProvider, keep: Keep, new_account: NewAccount, parts: Parts
) -> None:
    imported = new_account("b1", number="B1")
    kept = keep(mapping={"may_create": False})
    assert "王小明" in go_through(client, provider, kept.provider_id)
    assert [person.patron_id for person in everybody(parts)] == [imported.patron_id]


def test_a_number_that_is_not_trusted_connects_nobody(
    client: FlaskClient, provider: CampusProvider, keep: Keep, new_account: NewAccount
) -> None:
    new_account("b1", number="B1")
    kept = keep(mapping={"trusts_numbers": False})
    assert "not connected to this sign-in" in go_through(client, provider, kept.provider_id)


def test_a_second_subject_with_the_same_number_does_not_take_the_account(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    go_through(client, provider, kept.provider_id)
    provider.knows("u2", family_name="Eve", given_name="E", person_number="B1")
    other = client.application.test_client()
    assert "not connected to this sign-in" in go_through(other, provider, kept.provider_id, "u2")


def test_the_same_mail_address_connects_nobody(
    client: FlaskClient, provider: CampusProvider, keep: Keep, new_account: NewAccount, parts: Parts
) -> None:
    theirs = new_account("chief", "admin", mail="xm@example.edu")
    go_through(client, provider, keep().provider_id)
    [other] = [one for one in everybody(parts) if one.patron_id != theirs.patron_id]
    assert "admin" not in other.roles


def test_who_is_not_known_stays_out_where_no_accounts_are_made(
    client: FlaskClient, provider: CampusProvider, keep: Keep, parts: Parts
) -> None:
    kept = keep(mapping={"may_create": False})
    assert "no library account for you" in go_through(client, provider, kept.provider_id)
    assert everybody(parts) == []


def test_a_closed_account_stays_closed(
    client: FlaskClient, provider: CampusProvider, keep: Keep, parts: Parts
) -> None:
    kept = keep()
    go_through(client, provider, kept.provider_id)
    with parts.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE account SET active = false")
    other = client.application.test_client()
    assert "account is closed" in go_through(other, provider, kept.provider_id)


def test_a_claim_names_no_administrator(keep: Keep) -> None:
    with pytest.raises(ProviderRejected):
        keep(mapping={"roles": {"boss": "admin"}})


def test_an_administrator_stays_one_when_signing_in_with_the_campus(
    client: FlaskClient, provider: CampusProvider, keep: Keep, new_account: NewAccount, parts: Parts
) -> None:
    new_account("b1", "admin", number="B1")
    go_through(client, provider, keep().provider_id)
    assert "admin" in everybody(parts)[0].roles


def test_claims_that_only_userinfo_tells_are_read_from_there(
    client: FlaskClient, provider: CampusProvider, keep: Keep, parts: Parts
) -> None:
    provider.astray(claims={"school": None, "person_number": None})
    go_through(client, provider, keep().provider_id)
    assert (everybody(parts)[0].faculty, everybody(parts)[0].number) == ("science", "B1")


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
@pytest.mark.parametrize("secret", ["a secret", "wéird: & secret"])
def test_the_client_proves_itself_in_the_way_the_provider_takes(
    secret: str, method: str, client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    provider.astray(discovery={"token_endpoint_auth_methods_supported": [method]})
    assert "王小明" in go_through(client, provider, keep(secret).provider_id)


def test_a_client_without_a_secret_proves_itself_by_pkce_alone(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    """As the provider registers public clients (RFC 7591: token_endpoint_auth_method none)."""
    provider_id = new_id()
    client_id = provider.registered("none", provider_id)
    keep(None, provider_id=provider_id, client_id=client_id)
    assert "王小明" in go_through(client, provider, provider_id)
    [exchange] = [line for line in provider.asked() if line.startswith("POST /oauth2/token")]
    assert "client_secret" not in exchange
    assert "code_verifier=" in exchange


def test_signing_in_begins_a_session_nobody_knew_before(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    client.set_cookie("atrium_session", "planted by somebody")
    go_through(client, provider, kept.provider_id)
    cookie = client.get_cookie("atrium_session")
    assert cookie is not None
    assert cookie.value != "planted by somebody"
    thief = client.application.test_client()
    thief.set_cookie("atrium_session", "planted by somebody")
    assert "王小明" not in thief.get("/settings").get_data(as_text=True)


def test_a_way_begun_in_one_browser_is_not_finished_in_another(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    """Else one could sign a victim in to one's own account."""
    kept = keep()
    back = provider.consent(way_there(client, kept.provider_id), "u1")
    victim = client.application.test_client()
    assert "/sign-in" in come_back(victim, back).location
    way_there(victim, kept.provider_id)
    assert "/sign-in" in come_back(victim, back).location
    assert victim.get_cookie("atrium_session") is None


def test_two_windows_of_one_browser_may_both_finish(
    client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    kept = keep()
    first = way_there(client, kept.provider_id, "/find")
    second = way_there(client, kept.provider_id, "/whats-on")
    assert come_back(client, provider.consent(first, "u1")).location == "/find"
    assert come_back(client, provider.consent(second, "u1")).location == "/whats-on"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(
    target: str, client: FlaskClient, provider: CampusProvider, keep: Keep
) -> None:
    back = provider.consent(way_there(client, keep().provider_id, target), "u1")
    assert come_back(client, back).location == "/"
    elsewhere = client.application.test_client()
    answer = elsewhere.get(f"/sign-in/back/{uuid4()}?state=x&next={target}")
    assert answer.location == "/sign-in?next=/"


def test_too_slow_is_too_late(
    client: FlaskClient, provider: CampusProvider, keep: Keep, clock: SetClock
) -> None:
    back = provider.consent(way_there(client, keep().provider_id), "u1")
    clock.set(clock.now() + timedelta(minutes=10))
    assert come_back(client, back).location == "/sign-in?next=/"


def test_every_provider_that_is_switched_on_is_offered_beside_passwords(
    client: FlaskClient, keep: Keep
) -> None:
    keep()
    keep(client_id="second", name_en="Hospital account")
    keep(client_id="third", name_en="Old account", active=False)
    page = client.get("/sign-in?next=/find", headers={"Accept-Language": "en"})
    text = page.get_data(as_text=True)
    assert "Sign in with Campus account" in text
    assert "Sign in with Hospital account" in text
    assert "Old account" not in text
    assert "?next=/find" in text
    assert 'type="password"' in text
