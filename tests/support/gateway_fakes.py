"""The gateway's repositories in memory; one transaction at a time, undone without commit."""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from gateway.domain import errors
from gateway.domain.account import Account
from gateway.domain.api_token import ApiToken
from gateway.domain.faculty import Faculty
from gateway.domain.people_import import PeopleImport
from gateway.domain.session import Session
from gateway.domain.sign_in_pause import AttemptCounter
from gateway.domain.signing_key import SigningKey
from shared.contracts.domain_event import DomainEvent
from shared.contracts.gateway import PopulationSegment
from shared.kernel.refusal import NotFound
from tests.support.gateway_campus_fakes import (
    CampusMemory,
    FakeCampusIdentities,
    FakeSignInFlows,
    FakeSignInProviders,
)


@dataclass
class Memory:
    """Everything the gateway keeps."""

    accounts: dict[UUID, Account] = field(default_factory=dict)
    sessions: dict[bytes, Session] = field(default_factory=dict)
    api_tokens: dict[UUID, ApiToken] = field(default_factory=dict)
    attempts: dict[bytes, AttemptCounter] = field(default_factory=dict)
    signing_keys: dict[str, SigningKey] = field(default_factory=dict)
    imports: list[PeopleImport] = field(default_factory=list)
    days: dict[date, UUID] = field(default_factory=dict)
    faculties: dict[str, Faculty] = field(default_factory=dict)
    campus: CampusMemory = field(default_factory=CampusMemory)
    messages: list[DomainEvent] = field(default_factory=list)


class FakeAccounts:
    def __init__(self, memory: Memory) -> None:
        self._all = memory.accounts

    def get(self, patron_id: UUID) -> Account:
        if patron_id not in self._all:
            raise NotFound
        return deepcopy(self._all[patron_id])

    def by_login(self, login: str) -> Account | None:
        return next((deepcopy(a) for a in self._all.values() if a.login == login), None)

    def by_numbers(self, numbers: Iterable[str]) -> dict[str, Account]:
        wanted = set(numbers)
        return {a.number: deepcopy(a) for a in self._all.values() if a.number in wanted}

    def taken_logins(self, logins: Iterable[str]) -> dict[str, UUID]:
        wanted = set(logins)
        return {a.login: a.patron_id for a in self._all.values() if a.login in wanted}

    def add(self, accounts: Sequence[Account], *, now: datetime) -> None:  # noqa: ARG002 rows keep it
        self._refuse_taken(accounts)
        self._all.update({account.patron_id: deepcopy(account) for account in accounts})

    def save(self, accounts: Sequence[Account], *, now: datetime) -> None:  # noqa: ARG002 rows keep it
        self._refuse_taken(accounts)
        for account in accounts:
            account.version += 1
            self._all[account.patron_id] = deepcopy(account)

    def _refuse_taken(self, accounts: Sequence[Account]) -> None:
        theirs = {account.patron_id for account in accounts}
        others = [a for a in self._all.values() if a.patron_id not in theirs]
        logins = Counter(account.login for account in [*others, *accounts])
        numbers = Counter(a.number for a in [*others, *accounts] if a.number is not None)
        if max([*logins.values(), *numbers.values()], default=0) > 1:
            raise errors.LoginTaken

    def population(self) -> Sequence[PopulationSegment]:
        counted = Counter(
            (a.faculty, a.level, a.study_year) for a in self._all.values() if a.active and a.faculty
        )
        last = 99  # PostgreSQL sorts NULL last
        ordered = sorted(counted.items(), key=lambda item: (*item[0][:2], item[0][2] or last))
        return [
            PopulationSegment(faculty=faculty, level=level, study_year=year, headcount=count)
            for (faculty, level, year), count in ordered
        ]


class FakeSessions:
    def __init__(self, memory: Memory) -> None:
        self._all = memory.sessions

    def add(self, session: Session) -> None:
        self._all[session.token_hash] = deepcopy(session)

    def end(self, token_hash: bytes) -> Session | None:
        return self._all.pop(token_hash, None)

    def end_all_of(self, patron_id: UUID, *, but: bytes | None = None) -> None:
        for key in [k for k, s in self._all.items() if s.patron_id == patron_id and k != but]:
            del self._all[key]

    def end_those_unseen_since(self, unseen_since: datetime, made_before: datetime) -> int:
        past = [
            k
            for k, s in self._all.items()
            if s.last_seen_at < unseen_since or s.created_at < made_before
        ]
        for key in past:
            del self._all[key]
        return len(past)


class FakeApiTokens:
    def __init__(self, memory: Memory) -> None:
        self._all = memory.api_tokens

    def add(self, token: ApiToken) -> None:
        self._all[token.token_id] = deepcopy(token)

    def by_secret_hash(self, secret_hash: bytes) -> ApiToken | None:
        found = (t for t in self._all.values() if t.secret_hash == secret_hash)
        return deepcopy(next(found, None))

    def of(self, patron_id: UUID) -> Sequence[ApiToken]:
        mine = [t for t in self._all.values() if t.patron_id == patron_id and not t.revoked_at]
        return deepcopy(sorted(mine, key=lambda t: t.token_id, reverse=True))

    def save(self, token: ApiToken) -> None:
        self._all[token.token_id] = deepcopy(token)


class FakeAttemptCounters:
    def __init__(self, memory: Memory) -> None:
        self._all = memory.attempts

    def locked(self, keys: Sequence[tuple[str, bytes]]) -> list[AttemptCounter]:
        for kind, key in keys:
            self._all.setdefault(key, AttemptCounter(key=key, kind=kind))
        return [deepcopy(self._all[key]) for _, key in sorted(keys, key=lambda pair: pair[1])]

    def save(self, counters: Sequence[AttemptCounter]) -> None:
        self._all.update({counter.key: deepcopy(counter) for counter in counters})

    def forget_before(self, failed_before: datetime, succeeded_before: datetime) -> int:
        past = [
            k
            for k, c in self._all.items()
            if (c.last_failed_at or failed_before) <= failed_before
            and (c.last_success_at is None or c.last_success_at <= succeeded_before)
        ]
        for key in past:
            del self._all[key]
        return len(past)


class FakeSigningKeys:
    def __init__(self, memory: Memory) -> None:
        self._all = memory.signing_keys

    def all_locked(self) -> list[SigningKey]:
        return deepcopy(sorted(self._all.values(), key=lambda k: (k.signs_from, k.kid)))

    def add(self, key: SigningKey) -> None:
        self._all[key.kid] = deepcopy(key)

    def save(self, key: SigningKey) -> None:
        self._all[key.kid] = deepcopy(key)

    def remove(self, kid: str) -> None:
        del self._all[kid]


class FakePeopleImports:
    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def alone(self) -> None:
        """Memory has one user anyway."""

    def add(self, report: PeopleImport) -> None:
        self._memory.imports.append(report)


class FakePopulationDays:
    def __init__(self, memory: Memory) -> None:
        self._days = memory.days

    def claim(self, day: date, snapshot_id: UUID, now: datetime) -> bool:  # noqa: ARG002 rows keep it
        return self._days.setdefault(day, snapshot_id) == snapshot_id


class FakeFaculties:
    def __init__(self, memory: Memory) -> None:
        self._named = memory.faculties

    def all(self) -> Sequence[Faculty]:
        return [self._named[code] for code in sorted(self._named)]

    def put(self, faculty: Faculty) -> None:
        self._named[faculty.code] = faculty


class FakeUnitOfWork:
    """Keeps what was committed in `kept`."""

    def __init__(self, memory: Memory | None = None) -> None:
        self.kept = memory or Memory()
        self._begin()

    def _begin(self) -> None:
        self._draft = deepcopy(self.kept)
        self.accounts = FakeAccounts(self._draft)
        self.sessions = FakeSessions(self._draft)
        self.api_tokens = FakeApiTokens(self._draft)
        self.attempts = FakeAttemptCounters(self._draft)
        self.signing_keys = FakeSigningKeys(self._draft)
        self.imports = FakePeopleImports(self._draft)
        self.sign_in_providers = FakeSignInProviders(self._draft.campus)
        self.sign_in_flows = FakeSignInFlows(self._draft.campus)
        self.campus_identities = FakeCampusIdentities(self._draft.campus, self._draft.accounts)
        self.population_days = FakePopulationDays(self._draft)
        self.faculties = FakeFaculties(self._draft)

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._begin()

    def publish(self, *messages: DomainEvent) -> None:
        self._draft.messages.extend(messages)

    def commit(self) -> None:
        self.kept = deepcopy(self._draft)
