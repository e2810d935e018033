"""Create an account."""

from dataclasses import dataclass, field
from uuid import UUID

from gateway.domain import errors
from gateway.domain.account import (
    Account,
    fold_login,
    password_violations,
    usual_order,
    violations_of,
)
from gateway.domain.ports import UnitOfWork
from gateway.domain.vocabulary import CLASS_OF_LEVEL, PATRON_CLASSES
from gateway.security.passwords import hash_password
from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAccount:
    """Who the person is. Without a password they cannot sign in here (campus sign-in may come).

    Left out: `number` (no student or staff number), `name_order` (by script), `patron_class` (by
    level), `libraries` (all).
    """

    login: str
    family_name: str
    given_name: str = ""
    password: str | None = None
    number: str | None = None
    name_order: str | None = None
    mail: str | None = None
    roles: frozenset[str] = frozenset({"patron"})
    libraries: frozenset[UUID] | None = None
    faculty: str = ""
    level: str = "staff"
    patron_class: str | None = None
    study_year: int | None = None
    language: str = "zh-CN"
    patron_id: UUID = field(default_factory=new_id)


def create_account(command: CreateAccount, *, uow: UnitOfWork, clock: Clock) -> Account:
    """Create the account and describe the person to the services.

    Raises AccountRejected naming everything wrong, LoginTaken when login or number is another's.
    """
    account = _account(command)
    violations = violations_of(account)
    if command.password is not None:
        violations += password_violations(command.password, account.login)
    if violations:
        raise errors.AccountRejected().because(violations)
    if command.password is not None:
        account.password_hash = hash_password(command.password)
    with uow:
        uow.accounts.add([account], now=clock.now())
        uow.publish(account.describe())
        uow.commit()
    return account


def _account(command: CreateAccount) -> Account:
    level_class = CLASS_OF_LEVEL.get(command.level, PATRON_CLASSES[0])
    return Account(
        patron_id=command.patron_id,
        login=fold_login(command.login),
        number=command.number,
        family_name=command.family_name,
        given_name=command.given_name,
        name_order=command.name_order or usual_order(command.family_name, command.given_name),
        mail=command.mail,
        roles=command.roles | {"patron"},
        libraries=command.libraries,
        patron_class=command.patron_class or level_class,
        faculty=command.faculty,
        level=command.level,
        study_year=command.study_year,
        language=command.language,
    )
