"""Keep the list of providers people sign in with, and whether passwords of ours are asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from gateway.domain import errors
from gateway.domain.ports import UnitOfWork
from gateway.domain.sign_in_provider import MOST_PROVIDERS, SignInProvider, violations_of
from gateway.security.sealing import Sealer
from shared.kernel.clock import Clock
from shared.kernel.refusal import VersionConflict, Violation

Examine = Callable[[str], Mapping[str, Any]]
"""Asks an issuer what it offers just now: `reachable`, and the `trouble` if it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepProvider:
    """A provider as it shall be; `secret` None leaves the sealed one, "" takes it away.

    `loopback` allows plain http to this machine.
    """

    provider: SignInProvider
    secret: str | None = None
    expected_version: int | None = None
    loopback: bool = False


def add_provider(
    command: KeepProvider, *, uow: UnitOfWork, clock: Clock, sealer: Sealer, examine: Examine
) -> SignInProvider:
    """Keep a new provider; raises ProviderRejected, ProviderTaken, ProviderSilent."""
    violations = violations_of(command.provider, loopback=command.loopback)
    if not violations:
        _insist_it_answers(command.provider, None, examine)
    provider = _with_secret(command.provider, command.secret, None, sealer)
    with uow:
        uow.sign_in_providers.alone()
        if len(uow.sign_in_providers.all()) >= MOST_PROVIDERS:
            violations.append(Violation("too_many_providers", {"most": MOST_PROVIDERS}))
        if violations:
            raise errors.ProviderRejected().because(violations)
        uow.sign_in_providers.add(provider, clock.now())
        uow.commit()
    return provider


def change_provider(
    command: KeepProvider, *, uow: UnitOfWork, clock: Clock, sealer: Sealer, examine: Examine
) -> SignInProvider:
    """Keep a changed provider; raises NotFound, VersionConflict and what `add_provider` does."""
    if violations := violations_of(command.provider, loopback=command.loopback):
        raise errors.ProviderRejected().because(violations)
    with uow:
        known = uow.sign_in_providers.get(command.provider.provider_id)
    _insist_it_answers(command.provider, known, examine)  # between transactions: it may take long
    with uow:
        uow.sign_in_providers.alone()
        present = uow.sign_in_providers.get(command.provider.provider_id)
        if command.expected_version not in (None, present.version):
            raise VersionConflict
        changed = _with_secret(command.provider, command.secret, present.sealed_secret, sealer)
        changed = replace(changed, version=present.version + 1)
        _keep_a_way_in(uow, present, changed)
        uow.sign_in_providers.save(changed, clock.now())
        uow.commit()
    return changed


def remove_provider(provider_id: UUID, version: int, *, uow: UnitOfWork) -> None:
    """Forget a provider; accounts stay. Raises NotFound and what `allow_local_sign_in` does."""
    with uow:
        uow.sign_in_providers.alone()
        present = uow.sign_in_providers.get(provider_id)
        if present.version != version:
            raise VersionConflict
        _keep_a_way_in(uow, present, None)
        uow.sign_in_providers.remove(provider_id)
        uow.commit()


def allow_local_sign_in(
    allowed: bool, expected_version: int | None, *, uow: UnitOfWork
) -> tuple[bool, int]:
    """Ask for passwords of ours, or not; returns that and the version.

    Raises VersionConflict; LastWayIn when no provider is switched on, NoAdministratorConnected when
    no active administrator has come through one that is.
    """
    with uow:
        uow.sign_in_providers.alone()
        _, version = uow.sign_in_providers.local_allowed()
        if expected_version not in (None, version):
            raise VersionConflict
        if not allowed:
            _insist_administrators_come_in(uow, _all(uow))
        uow.sign_in_providers.allow_local(allowed, version + 1)
        uow.commit()
    return allowed, version + 1


def _with_secret(
    provider: SignInProvider, secret: str | None, present: str | None, sealer: Sealer
) -> SignInProvider:
    if secret is None:
        return replace(provider, sealed_secret=present)
    if not secret:
        return replace(provider, sealed_secret=None)
    sealed = sealer.seal(secret.encode(), provider.secret_label)
    return replace(provider, sealed_secret=sealed)


def _insist_it_answers(
    wanted: SignInProvider, present: SignInProvider | None, examine: Examine
) -> None:
    """Raise ProviderSilent when people would newly be sent to an issuer that does not answer."""
    newly = present is None or not present.active or present.issuer != wanted.issuer
    if wanted.active and newly and not (found := examine(wanted.issuer))["reachable"]:
        raise errors.ProviderSilent(trouble=found["trouble"])


def _keep_a_way_in(
    uow: UnitOfWork, present: SignInProvider, becoming: SignInProvider | None
) -> None:
    """Let no change of a provider take administrators' way in while passwords are off."""
    allowed, _ = uow.sign_in_providers.local_allowed()
    if not allowed and _issuers([present]) != _issuers([becoming] if becoming else []):
        others = [one for one in _all(uow) if one.provider_id != present.provider_id]
        _insist_administrators_come_in(uow, [*others, becoming] if becoming else others)


def _insist_administrators_come_in(uow: UnitOfWork, left: Sequence[SignInProvider]) -> None:
    issuers = _issuers(left)
    if not issuers:
        raise errors.LastWayIn
    if not uow.campus_identities.administrators_at(issuers):
        raise errors.NoAdministratorConnected


def _issuers(providers: Sequence[SignInProvider]) -> set[str]:
    return {one.issuer for one in providers if one.active}


def _all(uow: UnitOfWork) -> Sequence[SignInProvider]:
    return uow.sign_in_providers.all()
