"""Make, use and revoke personal API tokens."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from gateway.domain import api_token, errors
from gateway.domain.account import Account
from gateway.domain.api_token import ApiToken
from gateway.domain.ports import UnitOfWork
from gateway.domain.session import new_secret, secret_hash
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiToken:
    """What the token is called, what it is good for, and for how many days."""

    patron_id: UUID
    name: str
    scopes: frozenset[str]
    days: int


def create_api_token(
    command: CreateApiToken, *, uow: UnitOfWork, clock: Clock
) -> tuple[ApiToken, str]:
    """Return the token's record and, this once, the token itself; raises ApiTokenRejected."""
    violations = list(api_token.violations_of(command.name, command.scopes, command.days))
    now = clock.now()
    secret = new_secret(api_token.PREFIX)
    token = ApiToken(
        token_id=new_id(),
        patron_id=command.patron_id,
        name=command.name.strip(),
        secret_hash=secret_hash(secret),
        scopes=command.scopes,
        created_at=now,
        expires_at=api_token.expiry(now, max(1, min(command.days, api_token.LONGEST_LIFE_DAYS))),
    )
    with uow:
        uow.accounts.get(command.patron_id)  # its lock makes the count below exact
        if len(uow.api_tokens.of(command.patron_id)) >= api_token.MOST_PER_PERSON:
            most = {"field": "name", "most": api_token.MOST_PER_PERSON}
            violations.append(Violation("too_many_tokens", most))
        if violations:
            raise errors.ApiTokenRejected().because(violations)
        uow.api_tokens.add(token)
        uow.commit()
    return token, secret


def use_api_token(secret: str, *, uow: UnitOfWork, clock: Clock) -> tuple[Account, ApiToken]:
    """Return whose token this is and what it is good for; raises ApiTokenRefused."""
    now = clock.now()
    with uow:
        token = uow.api_tokens.by_secret_hash(secret_hash(secret))
        if token is None or not token.is_good(now):
            raise errors.ApiTokenRefused
        account = uow.accounts.get(token.patron_id)
        if not account.active:
            raise errors.ApiTokenRefused
        token.last_used_at = now
        uow.api_tokens.save(token)
        uow.commit()
    return account, token


def revoke_api_token(token_id: UUID, *, of: UUID, uow: UnitOfWork, clock: Clock) -> None:
    """Make a person's token worthless; raises NotFound when they have no such token."""
    with uow:
        token = _find(uow.api_tokens.of(of), token_id)
        token.revoked_at = clock.now()
        uow.api_tokens.save(token)
        uow.commit()


def _find(tokens: Sequence[ApiToken], token_id: UUID) -> ApiToken:
    for token in tokens:
        if token.token_id == token_id:
            return token
    raise NotFound
