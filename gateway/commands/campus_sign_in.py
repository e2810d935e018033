"""Sign in with the campus: begin a way there, take it up again, admit who comes back."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gateway.domain.account import Account, fold_login, usual_order, violations_of
from gateway.domain.campus_person import CampusPerson
from gateway.domain.errors import CampusSignInFailed, LoginTaken
from gateway.domain.ports import UnitOfWork
from gateway.domain.session import new_secret, secret_hash
from gateway.domain.sign_in_flow import FLOW_LIFE, SignInFlow, new_verifier
from gateway.domain.sign_in_provider import ClaimMapping, SignInProvider
from gateway.domain.vocabulary import CLASS_OF_LEVEL
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginFlow:
    """Which provider, the browser's secret, and where the person wants to go."""

    provider_id: UUID
    browser: str
    target: str


def begin_flow(command: BeginFlow, *, uow: UnitOfWork, clock: Clock) -> tuple[str, SignInFlow]:
    """Return the state to send along, and what must fit when it comes back."""
    state = new_secret()
    flow = SignInFlow(
        state_hash=secret_hash(state),
        provider_id=command.provider_id,
        browser_hash=secret_hash(command.browser),
        nonce=new_secret(),
        verifier=new_verifier(),
        target=command.target,
        begun_at=clock.now(),
    )
    with uow:
        uow.sign_in_flows.add(flow)
        uow.commit()
    return state, flow


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeFlow:
    """What the browser came back with."""

    provider_id: UUID
    state: str
    browser: str


def take_flow(command: TakeFlow, *, uow: UnitOfWork, clock: Clock) -> SignInFlow:
    """Return the flow, good this once; raises CampusSignInFailed (unknown_flow)."""
    with uow:
        flow = uow.sign_in_flows.take(secret_hash(command.state))
        uow.commit()
    browser = secret_hash(command.browser)
    if flow is None or not flow.is_good(command.provider_id, browser, clock.now()):
        raise CampusSignInFailed("unknown_flow")
    return flow


def admit(
    person: CampusPerson,
    provider: SignInProvider,
    *,
    uow: UnitOfWork,
    clock: Clock,
    language: str = "zh-CN",
) -> Account:
    """Return the account of whom the provider vouches for, brought up to date.

    By issuer and subject first; by person number where the provider is trusted with numbers and the
    account is not yet somebody else's there; else a new account, where the provider may make them.
    Never by mail address. `language` is what a new account is spoken to in. Raises
    CampusSignInFailed.
    """
    now = clock.now()
    with uow:
        uow.campus_identities.alone(person.issuer, person.subject)
        known = uow.campus_identities.patron_of(person.issuer, person.subject)
        account = uow.accounts.get(known) if known else _by_number(person, provider, uow)
        if account is None:
            account = _new_account(person, provider.mapping)
            account.language = language
            _add(account, uow, now)
        elif not account.active:
            raise CampusSignInFailed("closed")
        elif person.update(account, provider.mapping):
            uow.accounts.save([account], now=now)
            uow.publish(account.describe())
        uow.campus_identities.note(person.issuer, person.subject, account.patron_id, now)
        uow.commit()
    return account


def sweep_flows(*, uow: UnitOfWork, clock: Clock) -> int:
    """Forget ways that nobody can finish any more; returns how many."""
    with uow:
        swept = uow.sign_in_flows.forget_before(clock.now() - FLOW_LIFE)
        uow.commit()
    return swept


def _by_number(person: CampusPerson, provider: SignInProvider, uow: UnitOfWork) -> Account | None:
    account = uow.accounts.by_numbers([person.number]).get(person.number) if person.number else None
    if account is None:
        return None
    if not provider.mapping.trusts_numbers:
        raise CampusSignInFailed("number_taken")
    if uow.campus_identities.is_known_at(person.issuer, account.patron_id):
        raise CampusSignInFailed("number_taken")  # one number, two subjects: a person must look
    return account


def _add(account: Account, uow: UnitOfWork, now: datetime) -> None:
    try:
        uow.accounts.add([account], now=now)
    except LoginTaken as taken:  # somebody signs in here with that number as a name
        raise CampusSignInFailed("number_taken") from taken
    uow.publish(account.describe())


def _new_account(person: CampusPerson, mapping: ClaimMapping) -> Account:
    if not mapping.may_create:
        raise CampusSignInFailed("not_known")
    level = person.level or "staff"
    account = Account(
        patron_id=new_id(),
        login=fold_login(person.number or "") or _login_of(person),
        number=person.number,
        family_name=person.family_name,
        given_name=person.given_name,
        name_order=usual_order(person.family_name, person.given_name),
        mail=person.mail,
        roles=person.roles | {"patron"},
        patron_class=CLASS_OF_LEVEL[level],
        faculty=person.faculty,
        level=level,
        study_year=person.study_year,
    )
    if violations_of(account):
        raise CampusSignInFailed("too_little_said")
    return account


def _login_of(person: CampusPerson) -> str:
    """Return a login nobody types, for who has no number."""
    name = f"{person.issuer}\x1f{person.subject}".encode()
    return f"campus-{hashlib.sha256(name).hexdigest()[:20]}"
