"""Who comes back from the campus is whose account, and a way there is good once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from gateway.commands.campus_sign_in import (
    BeginFlow,
    TakeFlow,
    admit,
    begin_flow,
    sweep_flows,
    take_flow,
)
from gateway.domain.account import Account
from gateway.domain.campus_person import person_from
from gateway.domain.errors import CampusSignInFailed
from gateway.domain.sign_in_provider import ClaimMapping, SignInProvider
from shared.contracts.gateway import PatronDescribed
from shared.kernel.clock import SetClock
from tests.support.gateway_builders import NOON, an_account
from tests.support.gateway_fakes import FakeUnitOfWork

ISSUER = "https://idp.example.edu"
PROVIDER = uuid4()
CLAIMS = {
    "sub": "s1",
    "no": "B2600001",
    "sn": "Lovelace",
    "gn": "Ada",
    "dept": {"code": "M"},
    "groups": ["x", "lead"],
    "year": 3,
}


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def uow() -> FakeUnitOfWork:
    return FakeUnitOfWork()


def a_mapping(**changed: Any) -> ClaimMapping:
    claims = {
        "number": "no",
        "family_name": "sn",
        "given_name": "gn",
        "faculty": "dept.code",
        "role": "groups",
        "study_year": "year",
        "mail": "mail",
    }
    usual = {"claims": claims, "roles": {"lead": "organizer"}, "faculties": {"M": "math"}}
    return ClaimMapping(**{**usual, "may_create": True, "trusts_numbers": True, **changed})


def come(
    uow: FakeUnitOfWork, clock: SetClock, claims: Mapping[str, Any] = CLAIMS, **changed: Any
) -> Account:
    mapping = a_mapping(**changed)
    provider = SignInProvider(
        provider_id=PROVIDER, name_en="C", name_zh="C", issuer=ISSUER, client_id="a",
        mapping=mapping,
    )  # fmt: skip
    return admit(person_from(ISSUER, claims, mapping), provider, uow=uow, clock=clock)


def put(uow: FakeUnitOfWork, *accounts: Account) -> None:
    with uow:
        uow.accounts.add(accounts, now=NOON)
        uow.commit()


def test_claims_are_read_as_the_mapping_says(uow: FakeUnitOfWork, clock: SetClock) -> None:
    account = come(uow, clock)
    assert (account.display_name, account.number) == ("Ada Lovelace", "B2600001")
    assert (account.faculty, account.study_year) == ("math", 3)
    assert account.roles == {"patron", "organizer"}
    assert isinstance(uow.kept.messages[0], PatronDescribed)


def test_coming_again_changes_nothing_and_says_nothing(
    uow: FakeUnitOfWork, clock: SetClock
) -> None:
    first = come(uow, clock)
    again = come(uow, clock)
    assert again.patron_id == first.patron_id
    assert len(uow.kept.messages) == 1


def test_silence_takes_nothing_away(uow: FakeUnitOfWork, clock: SetClock) -> None:
    put(uow, an_account(mail="kept@example.edu", level="doctor", roles=frozenset({"staff"})))
    account = come(uow, clock)
    assert (account.mail, account.level) == ("kept@example.edu", "doctor")
    assert account.roles == {"patron", "staff", "organizer"}


def test_a_role_the_provider_takes_back_is_taken(uow: FakeUnitOfWork, clock: SetClock) -> None:
    come(uow, clock)
    assert come(uow, clock, {**CLAIMS, "groups": []}).roles == {"patron"}


@pytest.mark.parametrize(
    ("changed", "why"),
    [({"trusts_numbers": False}, "number_taken"), ({"may_create": False}, None)],
)
def test_a_number_connects_only_where_it_is_trusted(
    changed: dict[str, bool], why: str | None, uow: FakeUnitOfWork, clock: SetClock
) -> None:
    theirs = an_account()
    put(uow, theirs)
    if why is None:
        assert come(uow, clock, **changed).patron_id == theirs.patron_id
        return
    with pytest.raises(CampusSignInFailed) as caught:
        come(uow, clock, **changed)
    assert caught.value.why == why
    assert uow.kept.campus.identities == {}


@pytest.mark.parametrize(
    ("claims", "why"),
    [({"sub": "s2"}, "too_little_said"), ({**CLAIMS, "sub": "s2"}, "number_taken")],
)
def test_whom_the_claims_do_not_tell_apart_stays_out(
    claims: dict[str, Any], why: str, uow: FakeUnitOfWork, clock: SetClock
) -> None:
    come(uow, clock)
    with pytest.raises(CampusSignInFailed) as caught:
        come(uow, clock, claims)
    assert caught.value.why == why


def test_who_signs_in_here_with_that_number_as_a_name_keeps_it(
    uow: FakeUnitOfWork, clock: SetClock
) -> None:
    put(uow, an_account(login="b2600001", number=None))
    with pytest.raises(CampusSignInFailed) as caught:
        come(uow, clock)
    assert caught.value.why == "number_taken"


@pytest.mark.parametrize("value", [True, None, {}, [], "x" * 5000, "\x00\x1b", 10**400, ["", None]])
def test_nonsense_in_claims_breaks_nothing(
    value: object, uow: FakeUnitOfWork, clock: SetClock
) -> None:
    odd = dict.fromkeys(("no", "dept", "groups", "year", "mail", "gn"), value)
    assert come(uow, clock, {**CLAIMS, **odd}).family_name == "Lovelace"


def begin(uow: FakeUnitOfWork, clock: SetClock) -> str:
    wanted = BeginFlow(provider_id=PROVIDER, browser="b", target="/find")
    return begin_flow(wanted, uow=uow, clock=clock)[0]


def test_a_way_is_taken_up_once(uow: FakeUnitOfWork, clock: SetClock) -> None:
    state = begin(uow, clock)
    back = TakeFlow(provider_id=PROVIDER, state=state, browser="b")
    assert take_flow(back, uow=uow, clock=clock).target == "/find"
    with pytest.raises(CampusSignInFailed):
        take_flow(back, uow=uow, clock=clock)


@pytest.mark.parametrize(
    "changed", [{"browser": "another"}, {"state": "another"}, {"provider_id": uuid4()}]
)
def test_another_browser_state_or_provider_does_not_fit(
    changed: dict[str, Any], uow: FakeUnitOfWork, clock: SetClock
) -> None:
    usual = {"provider_id": PROVIDER, "state": begin(uow, clock), "browser": "b"}
    with pytest.raises(CampusSignInFailed):
        take_flow(TakeFlow(**{**usual, **changed}), uow=uow, clock=clock)


def test_ways_nobody_finished_are_swept(uow: FakeUnitOfWork, clock: SetClock) -> None:
    begin(uow, clock)
    clock.set(NOON + timedelta(minutes=9))
    begin(uow, clock)
    clock.set(NOON + timedelta(minutes=11))
    assert sweep_flows(uow=uow, clock=clock) == 1
    assert len(uow.kept.campus.flows) == 1
