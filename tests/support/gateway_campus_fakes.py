"""Providers, ways begun and subjects in memory."""

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gateway.domain import errors
from gateway.domain.account import Account
from gateway.domain.sign_in_flow import SignInFlow
from gateway.domain.sign_in_provider import SignInProvider
from shared.kernel.refusal import NotFound


@dataclass
class CampusMemory:
    """What the gateway keeps about the campus's sign-in."""

    providers: dict[UUID, SignInProvider] = field(default_factory=dict)
    local: tuple[bool, int] = (True, 0)
    flows: dict[bytes, SignInFlow] = field(default_factory=dict)
    identities: dict[tuple[str, str], UUID] = field(default_factory=dict)


class FakeSignInProviders:
    def __init__(self, memory: CampusMemory) -> None:
        self._memory = memory

    def alone(self) -> None:
        """Memory has one user anyway."""

    def all(self) -> Sequence[SignInProvider]:
        return deepcopy(list(self._memory.providers.values()))

    def get(self, provider_id: UUID) -> SignInProvider:
        if provider_id not in self._memory.providers:
            raise NotFound
        return deepcopy(self._memory.providers[provider_id])

    def add(self, provider: SignInProvider, now: datetime) -> None:  # noqa: ARG002 rows keep it
        others = [one for one in self.all() if one.provider_id != provider.provider_id]
        if any((o.issuer, o.client_id) == (provider.issuer, provider.client_id) for o in others):
            raise errors.ProviderTaken
        self._memory.providers[provider.provider_id] = deepcopy(provider)

    def save(self, provider: SignInProvider, now: datetime) -> None:
        self.add(provider, now)

    def remove(self, provider_id: UUID) -> None:
        self._memory.providers.pop(provider_id, None)

    def local_allowed(self) -> tuple[bool, int]:
        return self._memory.local

    def allow_local(self, allowed: bool, version: int) -> None:
        self._memory.local = (allowed, version)


class FakeSignInFlows:
    def __init__(self, memory: CampusMemory) -> None:
        self._all = memory.flows

    def add(self, flow: SignInFlow) -> None:
        self._all[flow.state_hash] = flow

    def take(self, state_hash: bytes) -> SignInFlow | None:
        return self._all.pop(state_hash, None)

    def forget_before(self, begun_before: datetime) -> int:
        old = [key for key, flow in self._all.items() if flow.begun_at < begun_before]
        for key in old:
            del self._all[key]
        return len(old)


class FakeCampusIdentities:
    def __init__(self, memory: CampusMemory, accounts: Mapping[UUID, Account]) -> None:
        self._all = memory.identities
        self._accounts = accounts

    def alone(self, issuer: str, subject: str) -> None:
        """Memory has one user anyway."""

    def patron_of(self, issuer: str, subject: str) -> UUID | None:
        return self._all.get((issuer, subject))

    def is_known_at(self, issuer: str, patron_id: UUID) -> bool:
        return any(key[0] == issuer and whose == patron_id for key, whose in self._all.items())

    def administrators_at(self, issuers: Collection[str]) -> int:
        there = {whose for (issuer, _), whose in self._all.items() if issuer in issuers}
        people = [self._accounts[whose] for whose in there]
        return sum(one.active and "admin" in one.roles for one in people)

    def note(self, issuer: str, subject: str, patron_id: UUID, now: datetime) -> None:  # noqa: ARG002 rows keep it
        self._all.setdefault((issuer, subject), patron_id)
