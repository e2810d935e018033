"""Have another password: one's own by the present one, anybody's by an administrator."""

from dataclasses import dataclass
from uuid import UUID

from gateway.commands.check_password import CheckPassword, check_password
from gateway.domain import errors
from gateway.domain.account import Account, password_violations
from gateway.domain.ports import UnitOfWork
from gateway.security.passwords import hash_password
from shared.kernel.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """The present password, typed at this network address, and the one to have instead.

    `kept_session` is the digest of the session that stays, if any.
    """

    patron_id: UUID
    present: str
    wanted: str
    address: str
    kept_session: bytes | None = None


def change_password(command: ChangePassword, *, uow: UnitOfWork, clock: Clock) -> None:
    """Take the new password; every session of the person ends but the one kept.

    The present one is checked as at the sign-in, with the same pauses: a session left open at some
    desk must not become a place to guess. Raises LocalSignInOff, TooManyAttempts,
    PresentPasswordWrong, AccountRejected.
    """
    with uow:
        login = uow.accounts.get(command.patron_id).login
    typed = CheckPassword(login=login, password=command.present, address=command.address)
    try:
        checked = check_password(typed, uow=uow, clock=clock)
    except errors.SignInFailed:
        raise errors.PresentPasswordWrong from None
    with uow:
        account = uow.accounts.get(command.patron_id)
        if account.password_hash != checked.password_hash:  # an administrator was quicker
            raise errors.PresentPasswordWrong
        _take(account, command.wanted)
        uow.accounts.save([account], now=clock.now())
        uow.sessions.end_all_of(command.patron_id, but=command.kept_session)
        uow.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """The first password of somebody who has none or forgot it; `reset_by` tells it to them."""

    patron_id: UUID
    wanted: str
    reset_by: UUID


def reset_password(command: ResetPassword, *, uow: UnitOfWork, clock: Clock) -> None:
    """Take the password in the place of whatever there was, and end every session of the person.

    Raises NotFound, LocalSignInOff, OwnPasswordNotReset, AccountRejected.
    """
    if command.reset_by == command.patron_id:
        raise errors.OwnPasswordNotReset
    with uow:
        allowed, _ = uow.sign_in_providers.local_allowed()
        if not allowed:
            raise errors.LocalSignInOff
        account = uow.accounts.get(command.patron_id)
        _take(account, command.wanted)
        uow.accounts.save([account], now=clock.now())
        uow.sessions.end_all_of(command.patron_id)
        uow.commit()


def _take(account: Account, wanted: str) -> None:
    if violations := password_violations(wanted, account.login):
        raise errors.AccountRejected().because(violations)
    account.password_hash = hash_password(wanted)
