"""Keep the list of providers people sign in with, and whether passwords of ours are asked for."""

from dataclasses import dataclass, replace
from uuid import UUID

from gateway.domain import errors
from gateway.domain.ports import UnitOfWork
from gateway.domain.sign_in_provider import MOST_PROVIDERS, SignInProvider, violations_of
from gateway.security.sealing import Sealer
from shared.kernel.clock import Clock
from shared.kernel.refusal import VersionConflict, Violation


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
    command: KeepProvider, *, uow: UnitOfWork, clock: Clock, sealer: Sealer
) -> SignInProvider:
    """Keep a new provider; raises ProviderRejected, ProviderTaken."""
    violations = violations_of(command.provider, loopback=command.loopback)
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
    command: KeepProvider, *, uow: UnitOfWork, clock: Clock, sealer: Sealer
) -> SignInProvider:
    """Keep a changed provider; raises NotFound, VersionConflict and what `add_provider` does."""
    if violations := violations_of(command.provider, loopback=command.loopback):
        raise errors.ProviderRejected().because(violations)
    with uow:
        uow.sign_in_providers.alone()
        present = uow.sign_in_providers.get(command.provider.provider_id)
        if command.expected_version not in (None, present.version):
            raise VersionConflict
        changed = _with_secret(command.provider, command.secret, present.sealed_secret, sealer)
        changed = replace(changed, version=present.version + 1)
        _keep_a_way_in(uow, without=None if changed.active else changed.provider_id)
        uow.sign_in_providers.save(changed, clock.now())
        uow.commit()
    return changed


def remove_provider(provider_id: UUID, version: int, *, uow: UnitOfWork) -> None:
    """Forget a provider; accounts stay. Raises NotFound, VersionConflict, LastWayIn."""
    with uow:
        uow.sign_in_providers.alone()
        if uow.sign_in_providers.get(provider_id).version != version:
            raise VersionConflict
        _keep_a_way_in(uow, without=provider_id)
        uow.sign_in_providers.remove(provider_id)
        uow.commit()


def allow_local_sign_in(
    allowed: bool, expected_version: int | None, *, uow: UnitOfWork
) -> tuple[bool, int]:
    """Ask for passwords of ours, or not; returns that and the version.

    Raises VersionConflict, and LastWayIn when no provider is switched on.
    """
    with uow:
        uow.sign_in_providers.alone()
        _, version = uow.sign_in_providers.local_allowed()
        if expected_version not in (None, version):
            raise VersionConflict
        if not allowed and not any(one.active for one in uow.sign_in_providers.all()):
            raise errors.LastWayIn
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


def _keep_a_way_in(uow: UnitOfWork, *, without: UUID | None) -> None:
    """Raise LastWayIn when passwords are off and no other provider would be left."""
    allowed, _ = uow.sign_in_providers.local_allowed()
    others = [one for one in uow.sign_in_providers.all() if one.provider_id != without]
    if without is not None and not allowed and not any(one.active for one in others):
        raise errors.LastWayIn
