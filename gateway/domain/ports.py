"""What the gateway's commands need of the world around them."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol, Self
from uuid import UUID

from gateway.domain.account import Account
from gateway.domain.api_token import ApiToken
from gateway.domain.campus_ports import CampusIdentities, SignInFlows, SignInProviders
from gateway.domain.faculty import Faculty
from gateway.domain.people_import import PeopleImport
from gateway.domain.session import Session
from gateway.domain.sign_in_pause import AttemptCounter
from gateway.domain.signing_key import SigningKey
from shared.contracts.domain_event import DomainEvent
from shared.contracts.gateway import PopulationSegment


class Accounts(Protocol):
    """The people."""

    def get(self, patron_id: UUID) -> Account:
        """Return an account, locked for change; raises NotFound."""
        ...

    def by_login(self, login: str) -> Account | None:
        """Return the account with this folded login, if any."""
        ...

    def by_numbers(self, numbers: Iterable[str]) -> dict[str, Account]:
        """Return the accounts with these student or staff numbers, locked for change."""
        ...

    def taken_logins(self, logins: Iterable[str]) -> dict[str, UUID]:
        """Return whose these logins are, as far as they are anybody's."""
        ...

    def add(self, accounts: Sequence[Account], *, now: datetime) -> None:
        """Keep new accounts; raises LoginTaken."""
        ...

    def save(self, accounts: Sequence[Account], *, now: datetime) -> None:
        """Keep changed accounts, one version further."""
        ...

    def population(self) -> Sequence[PopulationSegment]:
        """Return how many active persons share a faculty, level and year."""
        ...


class Sessions(Protocol):
    """The signed-in browsers."""

    def add(self, session: Session) -> None:
        """Keep a new session."""
        ...

    def end(self, token_hash: bytes) -> Session | None:
        """Forget one session and return it; None when it is gone already."""
        ...

    def end_all_of(self, patron_id: UUID, *, but: bytes | None = None) -> None:
        """Forget every session of a person, but the one with this digest."""
        ...

    def end_those_unseen_since(self, unseen_since: datetime, made_before: datetime) -> int:
        """Forget sessions past either lifetime; returns how many."""
        ...


class ApiTokens(Protocol):
    """The personal API tokens."""

    def add(self, token: ApiToken) -> None:
        """Keep a new token."""
        ...

    def by_secret_hash(self, secret_hash: bytes) -> ApiToken | None:
        """Return the token with this digest, if any."""
        ...

    def of(self, patron_id: UUID) -> Sequence[ApiToken]:
        """Return a person's tokens that are not revoked, newest first."""
        ...

    def save(self, token: ApiToken) -> None:
        """Keep when it was used or revoked."""
        ...


class AttemptCounters(Protocol):
    """Failed sign-ins of late."""

    def locked(self, keys: Sequence[tuple[str, bytes]]) -> list[AttemptCounter]:
        """Return the counters of these (kind, key), new ones included, locked in one order."""
        ...

    def save(self, counters: Sequence[AttemptCounter]) -> None:
        """Keep what was counted."""
        ...

    def forget_before(self, failed_before: datetime, succeeded_before: datetime) -> int:
        """Drop counters that say nothing any more; returns how many."""
        ...


class SigningKeys(Protocol):
    """The keys that sign access tokens."""

    def all_locked(self) -> list[SigningKey]:
        """Return every key; nobody else adds one until this transaction ends."""
        ...

    def add(self, key: SigningKey) -> None:
        """Keep a new key."""
        ...

    def save(self, key: SigningKey) -> None:
        """Keep a changed end of publication."""
        ...

    def remove(self, kid: str) -> None:
        """Destroy a key."""
        ...


class PeopleImports(Protocol):
    """The reports of imports."""

    def alone(self) -> None:
        """Let no other import run until this transaction ends."""
        ...

    def add(self, report: PeopleImport) -> None:
        """Keep a report."""
        ...


class PopulationDays(Protocol):
    """The days of which the population has been told."""

    def claim(self, day: date, snapshot_id: UUID, now: datetime) -> bool:
        """Note a day; False when it was noted before."""
        ...


class Faculties(Protocol):
    """The names of faculties."""

    def all(self) -> Sequence[Faculty]:
        """Return every faculty that has names, by code."""
        ...

    def put(self, faculty: Faculty) -> None:
        """Keep the names in the place of those the code had."""
        ...


class UnitOfWork(AbstractContextManager["UnitOfWork"], Protocol):
    """One transaction over all of the above, with the messages it causes."""

    @property
    def accounts(self) -> Accounts:
        """The people."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The signed-in browsers."""
        ...

    @property
    def api_tokens(self) -> ApiTokens:
        """The personal API tokens."""
        ...

    @property
    def attempts(self) -> AttemptCounters:
        """Failed sign-ins of late."""
        ...

    @property
    def signing_keys(self) -> SigningKeys:
        """The keys that sign access tokens."""
        ...

    @property
    def imports(self) -> PeopleImports:
        """The reports of imports."""
        ...

    @property
    def sign_in_providers(self) -> SignInProviders:
        """The campus's identity providers."""
        ...

    @property
    def sign_in_flows(self) -> SignInFlows:
        """The ways to the campus that were begun."""
        ...

    @property
    def campus_identities(self) -> CampusIdentities:
        """Whose account a provider's subject is."""
        ...

    @property
    def population_days(self) -> PopulationDays:
        """The days of which the population has been told."""
        ...

    @property
    def faculties(self) -> Faculties:
        """The names of faculties."""
        ...

    def __enter__(self) -> Self:
        """Open the transaction."""
        ...

    def publish(self, *messages: DomainEvent) -> None:
        """Say something, in this same transaction."""
        ...

    def commit(self) -> None:
        """Keep everything."""
        ...
