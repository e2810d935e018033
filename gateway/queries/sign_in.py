"""How people may sign in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine

from gateway.domain.sign_in_provider import SignInProvider
from gateway.persistence.campus_identities import SqlCampusIdentities
from gateway.persistence.sign_in_providers import SqlSignInProviders


@dataclass(frozen=True, slots=True)
class WaysIn:
    """Whether passwords of ours are asked for, that setting's version, and every provider."""

    local_allowed: bool
    version: int
    providers: Sequence[SignInProvider]

    @property
    def offered(self) -> Sequence[SignInProvider]:
        """The providers that are switched on."""
        return [provider for provider in self.providers if provider.active]


def ways_in(engine: Engine) -> WaysIn:
    """Return how people may sign in."""
    with engine.connect() as connection:
        kept = SqlSignInProviders(connection)
        return WaysIn(*kept.local_allowed(), kept.all())


def administrators_coming_in(engine: Engine) -> int:
    """Return how many active administrators have come through a provider that is switched on."""
    with engine.connect() as connection:
        offered = [one.issuer for one in SqlSignInProviders(connection).all() if one.active]
        return SqlCampusIdentities(connection).administrators_at(offered)


def provider_by_id(engine: Engine, provider_id: UUID) -> SignInProvider:
    """Return a provider; raises NotFound."""
    with engine.connect() as connection:
        return SqlSignInProviders(connection).get(provider_id)
