"""Change an account: its roles, whether it is active, its language."""

from dataclasses import dataclass
from uuid import UUID

from gateway.domain import errors
from gateway.domain.account import Account
from gateway.domain.ports import UnitOfWork
from gateway.domain.vocabulary import LANGUAGES
from shared.kernel.clock import Clock
from shared.kernel.refusal import VersionConflict, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRoles:
    """What a person may do from now on, in which libraries (None: all); `changed_by` decides it."""

    patron_id: UUID
    roles: frozenset[str]
    libraries: frozenset[UUID] | None
    changed_by: UUID
    expected_version: int | None = None


def change_roles(command: ChangeRoles, *, uow: UnitOfWork, clock: Clock) -> Account:
    """Give or take roles; every session of the person ends, so that no page keeps the old ones.

    Raises NotFound, VersionConflict, AccountRejected, OwnAdminRoleKept.
    """
    with uow:
        account = uow.accounts.get(command.patron_id)
        if command.expected_version not in (None, account.version):
            raise VersionConflict
        account.change_roles(command.roles, command.libraries, by=command.changed_by)
        uow.accounts.save([account], now=clock.now())
        if command.changed_by != command.patron_id:
            uow.sessions.end_all_of(command.patron_id)
        uow.commit()
    return account


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeActive:
    """Whether the account is open from now on; `changed_by` decides it."""

    patron_id: UUID
    active: bool
    changed_by: UUID
    expected_version: int | None = None


def change_active(command: ChangeActive, *, uow: UnitOfWork, clock: Clock) -> Account:
    """Open or close an account; closing ends its sessions and API tokens stop at once.

    Raises NotFound, VersionConflict, OwnAccountKept.
    """
    with uow:
        account = uow.accounts.get(command.patron_id)
        if command.expected_version not in (None, account.version):
            raise VersionConflict
        if not command.active and command.changed_by == command.patron_id:
            raise errors.OwnAccountKept
        if account.active != command.active:
            account.active = command.active
            uow.accounts.save([account], now=clock.now())
            uow.publish(account.describe())
        if not command.active:
            uow.sessions.end_all_of(command.patron_id)
        uow.commit()
    return account


def change_language(patron_id: UUID, language: str, *, uow: UnitOfWork, clock: Clock) -> Account:
    """Speak this language to the person from now on; raises NotFound, AccountRejected."""
    if language not in LANGUAGES:
        choices = {"field": "language", "choices": ", ".join(LANGUAGES)}
        raise errors.AccountRejected().because([Violation("not_one_of", choices)])
    with uow:
        account = uow.accounts.get(patron_id)
        account.language = language
        uow.accounts.save([account], now=clock.now())
        uow.commit()
    return account
