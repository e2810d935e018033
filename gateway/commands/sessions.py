"""Begin and end the sessions of signed-in browsers."""

from dataclasses import dataclass
from uuid import UUID

from gateway.domain.account import Account
from gateway.domain.ports import UnitOfWork
from gateway.domain.session import Lifetimes, Session, new_secret, secret_hash
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True)
class Voucher:
    """Which provider vouched for the person, and its ID token, sealed."""

    provider_id: UUID
    sealed_id_token: str | None


def begin_session(
    account: Account,
    replaced: str | None,
    *,
    uow: UnitOfWork,
    clock: Clock,
    voucher: Voucher | None = None,
) -> str:
    """Return the secret of a new session; the one it replaces in this browser, if any, is dead."""
    now = clock.now()
    secret = new_secret()
    with uow:
        if replaced:
            uow.sessions.end(secret_hash(replaced))
        uow.sessions.add(
            Session(
                token_hash=secret_hash(secret),
                patron_id=account.patron_id,
                created_at=now,
                last_seen_at=now,
                provider_id=voucher.provider_id if voucher else None,
                sealed_id_token=voucher.sealed_id_token if voucher else None,
            )
        )
        uow.commit()
    return secret


def end_session(secret: str, *, uow: UnitOfWork) -> Session | None:
    """Sign a browser out: its cookie is worth nothing from now on; returns what has ended."""
    with uow:
        ended = uow.sessions.end(secret_hash(secret))
        uow.commit()
    return ended


def sweep_sessions(lifetimes: Lifetimes, *, uow: UnitOfWork, clock: Clock) -> int:
    """Forget sessions past their lifetimes; returns how many."""
    now = clock.now()
    with uow:
        swept = uow.sessions.end_those_unseen_since(now - lifetimes.idle, now - lifetimes.absolute)
        uow.commit()
    return swept
