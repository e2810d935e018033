"""The fakes and PostgreSQL keep the same things in the same way."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from gateway.domain import errors
from gateway.domain.api_token import ApiToken
from gateway.domain.faculty import Faculty
from gateway.domain.session import Session
from gateway.domain.sign_in_pause import counter_key
from gateway.domain.signing_key import SigningKey
from gateway.persistence.unit_of_work import GatewayUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.refusal import NotFound
from shared.persistence.transactions import OwnTransactions
from tests.support.gateway_builders import NOON, an_account
from tests.support.gateway_fakes import FakeUnitOfWork


@pytest.fixture(params=["memory", "postgresql"])
def uow(
    request: pytest.FixtureRequest,
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],
) -> Iterator[Any]:
    if request.param == "memory":
        yield FakeUnitOfWork()
        return
    engine = open_engine(fresh_database("gateway"))
    yield GatewayUnitOfWork(OwnTransactions(engine), clock=SetClock(NOON))


def keep(uow: Any, *accounts: Any) -> None:
    with uow:
        uow.accounts.add(list(accounts), now=NOON)
        uow.commit()


def test_an_account_comes_back_as_it_was_kept(uow: Any) -> None:
    account = an_account(
        roles=frozenset({"patron", "staff"}), libraries=frozenset({uuid4()}), mail=None
    )
    keep(uow, account)
    with uow:
        assert uow.accounts.get(account.patron_id) == account
        assert uow.accounts.by_login("xiaoming") == account
        assert uow.accounts.by_numbers(["B2600001", "nobody"]) == {"B2600001": account}
        assert uow.accounts.taken_logins(["xiaoming", "x"]) == {"xiaoming": account.patron_id}
        assert uow.accounts.by_login("nobody") is None
        with pytest.raises(NotFound):
            uow.accounts.get(uuid4())


def test_what_is_not_committed_is_gone(uow: Any) -> None:
    account = an_account()
    with uow:
        uow.accounts.add([account], now=NOON)
    with uow:
        assert uow.accounts.by_login("xiaoming") is None


@pytest.mark.parametrize("other", [{"number": "B2"}, {"login": "other"}])
def test_a_login_and_a_number_belong_to_one_person(uow: Any, other: dict[str, str]) -> None:
    keep(uow, an_account())
    with uow, pytest.raises(errors.LoginTaken):
        uow.accounts.add([an_account(**other)], now=NOON)


def test_a_change_is_one_version_further(uow: Any) -> None:
    account = an_account()
    keep(uow, account)
    with uow:
        changed = uow.accounts.get(account.patron_id)
        changed.faculty = "law"
        uow.accounts.save([changed], now=NOON)
        uow.commit()
    with uow:
        found = uow.accounts.get(account.patron_id)
    assert (found.faculty, found.version) == ("law", 2)


def test_sessions_end_one_by_one_all_at_once_and_by_age(uow: Any) -> None:
    account = an_account()
    keep(uow, account)

    def begin(name: bytes, seen: int = 0) -> None:
        made = NOON + timedelta(hours=seen)
        uow.sessions.add(
            Session(
                token_hash=name, patron_id=account.patron_id, created_at=made, last_seen_at=made
            )
        )

    with uow:
        begin(b"one")
        uow.sessions.end(b"one")
        uow.sessions.end(b"one")
        begin(b"two", seen=-20)
        begin(b"three")
        assert uow.sessions.end_those_unseen_since(NOON - timedelta(hours=12), NOON) == 1
        uow.sessions.end_all_of(account.patron_id)
        assert uow.sessions.end_those_unseen_since(NOON, NOON) == 0


def test_api_tokens_are_listed_until_revoked(uow: Any) -> None:
    account = an_account()
    keep(uow, account)
    token = ApiToken(
        token_id=uuid4(),
        patron_id=account.patron_id,
        name="calendar",
        secret_hash=b"digest",
        scopes=frozenset({"booking:read"}),
        created_at=NOON,
        expires_at=NOON + timedelta(days=1),
    )
    with uow:
        uow.api_tokens.add(token)
        assert uow.api_tokens.by_secret_hash(b"digest") == token
        assert uow.api_tokens.by_secret_hash(b"other") is None
        assert uow.api_tokens.of(account.patron_id) == [token]
        token.revoked_at = NOON
        uow.api_tokens.save(token)
        assert uow.api_tokens.of(account.patron_id) == []
        assert uow.api_tokens.by_secret_hash(b"digest") == token


def test_attempts_are_counted_until_forgotten(uow: Any) -> None:
    keys = [(kind, counter_key(kind, "x")) for kind in ("account", "address", "pair")]
    with uow:
        counters = uow.attempts.locked(keys)
        assert {counter.kind for counter in counters} == {"account", "address", "pair"}
        counters[0].count_attempt(NOON)
        counters[1].forgive(NOON)
        uow.attempts.save(counters)
        uow.commit()
    with uow:
        assert uow.attempts.locked(keys) == counters
        assert uow.attempts.forget_before(NOON, NOON) == 3


def test_signing_keys_are_kept_changed_and_destroyed(uow: Any) -> None:
    key = SigningKey(kid="a", sealed_private="00", public_jwk={"x": "y"}, signs_from=NOON)
    with uow:
        uow.signing_keys.add(key)
        assert uow.signing_keys.all_locked() == [key]
        key.published_until = NOON
        uow.signing_keys.save(key)
        assert uow.signing_keys.all_locked() == [key]
        uow.signing_keys.remove("a")
        assert uow.signing_keys.all_locked() == []


def test_population_counts_active_persons_with_a_faculty(uow: Any) -> None:
    keep(
        uow,
        an_account(),
        an_account(login="b", number="B2", study_year=None),
        an_account(login="c", number="B3", active=False),
        an_account(login="d", number=None, faculty=""),
    )
    with uow:
        found = [(s.faculty, s.study_year, s.headcount) for s in uow.accounts.population()]
    assert found == [("science", 2, 1), ("science", None, 1)]


def test_a_day_can_be_claimed_once(uow: Any) -> None:
    with uow:
        assert uow.population_days.claim(date(2026, 11, 24), uuid4(), NOON)
        assert not uow.population_days.claim(date(2026, 11, 24), uuid4(), NOON)


def test_faculties_stand_under_their_last_names_by_code(uow: Any) -> None:
    music = Faculty(code="06", name_zh="音乐学院", name_en="Music")
    of_old = Faculty(code="05", name_zh="中文系", name_en="Chinese")
    today = Faculty(code="05", name_zh="文学院", name_en="Humanities")
    with uow:
        for faculty in (music, of_old, today):
            uow.faculties.put(faculty)
        assert uow.faculties.all() == [today, music]


def test_administrators_are_counted_by_the_issuers_they_have_come_through(uow: Any) -> None:
    people = [
        an_account(login="chief", number="A1", roles=frozenset({"patron", "admin"})),
        an_account(login="deputy", number="A2", roles=frozenset({"admin"}), active=False),
        an_account(login="reader", number="B1"),
    ]
    keep(uow, *people)
    with uow:
        for one in people:
            uow.campus_identities.note("https://here", one.login, one.patron_id, NOON)
        uow.campus_identities.note("https://there", "again", people[0].patron_id, NOON)
        assert uow.campus_identities.administrators_at({"https://here", "https://there"}) == 1
        assert uow.campus_identities.administrators_at({"https://elsewhere"}) == 0
        assert uow.campus_identities.administrators_at(set()) == 0
