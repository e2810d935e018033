"""What signing in with the campus needs kept, whoever keeps it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from gateway.domain.sign_in_flow import SignInFlow
from gateway.domain.sign_in_provider import SignInProvider


class SignInProviders(Protocol):
    """The campus's identity providers, and whether passwords of ours are asked for."""

    def alone(self) -> None:
        """Let nobody else change any of this until this transaction ends."""
        ...

    def all(self) -> Sequence[SignInProvider]:
        """Return every provider."""
        ...

    def get(self, provider_id: UUID) -> SignInProvider:
        """Return one; raises NotFound."""
        ...

    def add(self, provider: SignInProvider, now: datetime) -> None:
        """Keep a new one; raises ProviderTaken."""
        ...

    def save(self, provider: SignInProvider, now: datetime) -> None:
        """Keep a changed one; raises ProviderTaken."""
        ...

    def remove(self, provider_id: UUID) -> None:
        """Forget one."""
        ...

    def local_allowed(self) -> tuple[bool, int]:
        """Return whether passwords of ours are asked for, and that setting's version."""
        ...

    def allow_local(self, allowed: bool, version: int) -> None:
        """Ask for passwords of ours, or not."""
        ...


class SignInFlows(Protocol):
    """The ways to the campus that were begun and not finished."""

    def add(self, flow: SignInFlow) -> None:
        """Keep one."""
        ...

    def take(self, state_hash: bytes) -> SignInFlow | None:
        """Return one and forget it, so that nobody takes it twice."""
        ...

    def forget_before(self, begun_before: datetime) -> int:
        """Drop those nobody can finish; returns how many."""
        ...


class CampusIdentities(Protocol):
    """Whose account a provider's subject is."""

    def alone(self, issuer: str, subject: str) -> None:
        """Let nobody else admit this subject until this transaction ends."""
        ...

    def patron_of(self, issuer: str, subject: str) -> UUID | None:
        """Return whose it is, if anybody's."""
        ...

    def is_known_at(self, issuer: str, patron_id: UUID) -> bool:
        """Tell whether a person is some subject of an issuer."""
        ...

    def administrators_at(self, issuers: Collection[str]) -> int:
        """Return how many active administrators are a subject of one of these issuers."""
        ...

    def note(self, issuer: str, subject: str, patron_id: UUID, now: datetime) -> None:
        """Keep whose it is, and that they came."""
        ...
