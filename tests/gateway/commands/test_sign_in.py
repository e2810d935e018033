"""Signing in: one answer for strangers and mistakes, pauses for those who guess, no lock-outs."""

from datetime import timedelta

import pytest

from gateway.commands.check_password import CheckPassword, check_password
from gateway.domain import errors
from gateway.domain.account import Account
from gateway.security.passwords import hash_password, needs_new_hash
from shared.kernel.clock import SetClock
from tests.support.gateway_builders import NOON, PASSWORD, an_account
from tests.support.gateway_fakes import FakeUnitOfWork

HOME = "192.0.2.7"
ELSEWHERE = "198.51.100.9"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(NOON)


@pytest.fixture
def uow() -> FakeUnitOfWork:
    unit = FakeUnitOfWork()
    with unit:
        unit.accounts.add([an_account(password_hash=hash_password(PASSWORD))], now=NOON)
        unit.commit()
    return unit


def sign_in(
    uow: FakeUnitOfWork,
    clock: SetClock,
    password: str = PASSWORD,
    *,
    address: str = HOME,
    login: str = "xiaoming",
) -> Account:
    typed = CheckPassword(login=login, password=password, address=address)
    return check_password(typed, uow=uow, clock=clock)


def fail(uow: FakeUnitOfWork, clock: SetClock, times: int, *, address: str = HOME) -> None:
    for _ in range(times):
        with pytest.raises(errors.SignInFailed):
            sign_in(uow, clock, "wrong", address=address)


def test_the_right_password_tells_whose_account_it_is(uow: FakeUnitOfWork, clock: SetClock) -> None:
    assert sign_in(uow, clock).family_name == "王"


@pytest.mark.parametrize("login", ["XiaoMing", " xiaoming ", "ＸＩＡＯＭＩＮＧ"])
def test_case_width_and_spaces_of_a_login_make_no_difference(
    login: str, uow: FakeUnitOfWork, clock: SetClock
) -> None:
    assert sign_in(uow, clock, login=login).login == "xiaoming"


@pytest.mark.parametrize("login", ["xiaoming", "nobody", "", "with\x00nul", "\ud800"])
def test_a_stranger_and_a_mistake_get_the_same_answer(
    login: str, uow: FakeUnitOfWork, clock: SetClock
) -> None:
    with pytest.raises(errors.SignInFailed) as caught:
        sign_in(uow, clock, "wrong", login=login)
    assert caught.value.numbers == {}


def test_an_inactive_account_cannot_sign_in(clock: SetClock) -> None:
    uow = FakeUnitOfWork()
    with uow:
        gone = an_account(password_hash=hash_password(PASSWORD), active=False)
        uow.accounts.add([gone], now=NOON)
        uow.commit()
    with pytest.raises(errors.SignInFailed):
        sign_in(uow, clock)


def test_after_five_failures_even_the_right_password_must_wait(
    uow: FakeUnitOfWork, clock: SetClock
) -> None:
    fail(uow, clock, 6)
    with pytest.raises(errors.TooManyAttempts) as caught:
        sign_in(uow, clock)
    clock.set(NOON + timedelta(seconds=caught.value.numbers["seconds"]))
    assert sign_in(uow, clock).login == "xiaoming"


def test_an_account_that_does_not_exist_earns_pauses_as_well(
    uow: FakeUnitOfWork, clock: SetClock
) -> None:
    for _ in range(6):
        with pytest.raises(errors.SignInFailed):
            sign_in(uow, clock, "wrong", login="nobody")
    with pytest.raises(errors.TooManyAttempts):
        sign_in(uow, clock, "wrong", login="nobody")


def test_pauses_grow_and_never_exceed_a_quarter_of_an_hour(
    uow: FakeUnitOfWork, clock: SetClock
) -> None:
    pauses = []
    while len(pauses) < 12:
        try:
            sign_in(uow, clock, "wrong")
        except errors.TooManyAttempts as refusal:
            pauses.append(refusal.numbers["seconds"])
            clock.set(clock.now() + timedelta(seconds=refusal.numbers["seconds"]))
        except errors.SignInFailed:
            continue
    assert pauses == sorted(pauses)
    assert pauses[0] <= 16
    assert 840 <= pauses[-1] <= 901


def test_a_stranger_who_keeps_guessing_does_not_lock_the_owner_out(
    uow: FakeUnitOfWork, clock: SetClock
) -> None:
    sign_in(uow, clock, address=HOME)
    fail(uow, clock, 6, address=ELSEWHERE)
    with pytest.raises(errors.TooManyAttempts):
        sign_in(uow, clock, address=ELSEWHERE)
    assert sign_in(uow, clock, address=HOME).login == "xiaoming"


def test_a_stranger_cannot_go_on_guessing_from_another_address(
    uow: FakeUnitOfWork, clock: SetClock
) -> None:
    fail(uow, clock, 6, address=ELSEWHERE)
    with pytest.raises(errors.TooManyAttempts):
        sign_in(uow, clock, "wrong", address="203.0.113.5")


def test_one_address_trying_many_accounts_must_wait(uow: FakeUnitOfWork, clock: SetClock) -> None:
    for attempt in range(101):
        with pytest.raises(errors.SignInFailed):
            sign_in(uow, clock, "wrong", login=f"account-{attempt}")
    with pytest.raises(errors.TooManyAttempts):
        sign_in(uow, clock, login="yet-another")


def test_a_pause_cannot_be_made_longer_by_trying_during_it(
    uow: FakeUnitOfWork, clock: SetClock
) -> None:
    fail(uow, clock, 6)
    waits = []
    for _ in range(10):
        with pytest.raises(errors.TooManyAttempts) as caught:
            sign_in(uow, clock, "wrong")
        waits.append(caught.value.numbers["seconds"])
    assert len(set(waits)) == 1


def test_a_hash_of_other_parameters_is_renewed_when_its_password_is_known(clock: SetClock) -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415 only this test makes a hash of yesterday

    uow = FakeUnitOfWork()
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with uow:
        account = an_account(password_hash=old)
        uow.accounts.add([account], now=NOON)
        uow.commit()
    sign_in(uow, clock)
    renewed = uow.kept.accounts[account.patron_id].password_hash
    assert renewed is not None
    assert not needs_new_hash(renewed)
    assert sign_in(uow, clock).login == "xiaoming"


def test_passwords_are_hashed_as_owasp_advises() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")
