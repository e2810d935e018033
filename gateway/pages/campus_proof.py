"""From a code to a person: exchange it, verify the ID token, read the claims."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog

from gateway.clients.identity_providers import Exchange
from gateway.domain.campus_person import CampusPerson, missing_claims, person_from
from gateway.domain.errors import CampusSignInFailed
from gateway.domain.sign_in_provider import SignInProvider
from gateway.parts import current_parts
from gateway.security.id_tokens import Expected, IdTokenRefused, UnknownKey, read_id_token

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Proof:
    """Whom the provider vouches for, and the token that says so."""

    person: CampusPerson
    id_token: str = field(repr=False)


def proof_from(provider: SignInProvider, wanted: Exchange, nonce: str) -> Proof:
    """Return the proof; raises CampusSignInFailed, OutsideDown, ExchangeRefused."""
    asked = current_parts().identity_providers
    id_token, access_token = asked.exchange(provider, wanted)
    claims = _verified(provider, id_token, nonce)
    if missing_claims(claims, provider.mapping):
        more = asked.more_claims(provider, access_token)
        if more and more.get("sub") != claims["sub"]:  # OpenID Connect Core 1.0, 5.3.2
            raise CampusSignInFailed("proof_refused")
        claims = {**more, **claims}
    return Proof(person_from(provider.issuer, claims, provider.mapping), id_token)


def _verified(provider: SignInProvider, id_token: str, nonce: str) -> Mapping[str, Any]:
    parts = current_parts()
    asked = parts.identity_providers
    algorithms = asked.offer(provider.issuer).algorithms
    expected = Expected(
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=nonce,
        now=parts.clock.now().timestamp(),
    )
    try:
        try:
            keys = asked.keys(provider.issuer)
            return read_id_token(id_token, keys, algorithms, expected)
        except UnknownKey:  # the provider may have taken a new key into use
            keys = asked.keys(provider.issuer, newer=True)
            return read_id_token(id_token, keys, algorithms, expected)
    except IdTokenRefused as refused:
        _log.warning("id_token_refused", reason=str(refused))
        raise CampusSignInFailed("proof_refused") from refused
