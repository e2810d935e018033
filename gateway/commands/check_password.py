"""Find out who signs in with a login and a password, slowing down whoever guesses."""

from dataclasses import dataclass

from gateway.domain import errors
from gateway.domain.account import Account, fold_login
from gateway.domain.ports import UnitOfWork
from gateway.domain.sign_in_pause import AttemptCounter, counter_key
from gateway.security.passwords import hash_password, is_right_password, needs_new_hash
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPassword:
    """What was typed, and the network address it was typed from."""

    login: str
    password: str
    address: str


def check_password(command: CheckPassword, *, uow: UnitOfWork, clock: Clock) -> Account:
    """Return the account.

    Raises LocalSignInOff where people sign in with the campus alone, TooManyAttempts (seconds)
    while a pause lasts, SignInFailed otherwise; none of them tells whether the account exists. The
    attempt counts before the password is looked at, so many attempts at once gain nothing.
    """
    with uow:
        allowed, _ = uow.sign_in_providers.local_allowed()
    if not allowed:
        raise errors.LocalSignInOff
    login = fold_login(command.login)
    keys = [
        ("account", counter_key("account", login)),
        ("address", counter_key("address", command.address)),
        ("pair", counter_key("pair", login, command.address)),
    ]
    _count(keys, uow=uow, clock=clock)
    with uow:
        account = uow.accounts.by_login(login)
    stored = account.password_hash if account and account.active else None
    if not is_right_password(command.password, stored) or account is None:
        raise errors.SignInFailed
    _forgive(keys, account, command.password, uow=uow, clock=clock)
    return account


def _count(keys: list[tuple[str, bytes]], *, uow: UnitOfWork, clock: Clock) -> None:
    now = clock.now()
    with uow:
        counters = {counter.kind: counter for counter in uow.attempts.locked(keys)}
        holding = _those_that_hold(counters, known=counters["pair"].is_known(now))
        if wait := max(counter.seconds_to_wait(now) for counter in holding):
            raise errors.TooManyAttempts(seconds=wait).offering(retry_after_seconds=wait)
        for counter in holding:
            counter.count_attempt(now)
        uow.attempts.save(holding)
        uow.commit()


def _those_that_hold(counters: dict[str, AttemptCounter], *, known: bool) -> list[AttemptCounter]:
    if known:
        return [counters["address"], counters["pair"]]
    return [counters["account"], counters["address"], counters["pair"]]


def _forgive(
    keys: list[tuple[str, bytes]],
    account: Account,
    password: str,
    *,
    uow: UnitOfWork,
    clock: Clock,
) -> None:
    now = clock.now()
    with uow:
        counters = uow.attempts.locked(keys)
        for counter in counters:
            counter.forgive(now)
        uow.attempts.save(counters)
        if account.password_hash and needs_new_hash(account.password_hash):
            account.password_hash = hash_password(password)
            uow.accounts.save([account], now=now)
        uow.commit()
