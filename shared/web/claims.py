"""What an access token says about a person, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

AUDIENCE = "atrium"
SKEW_SECONDS = 30  # our services' clocks may differ by this much


class InvalidClaims(Exception):
    """A claim is missing or not of its kind."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is asking, as the gateway knows them; no name and no address.

    `scopes` is empty for a person at the keyboard (everything their roles allow); a personal API
    token carries scopes such as `booking:read`. `libraries` limits staff and managers to some
    libraries; None means all.
    """

    patron_id: UUID
    roles: frozenset[str]
    patron_class: str = ""
    faculty: str = ""
    level: str = ""
    scopes: frozenset[str] = frozenset()
    libraries: frozenset[UUID] | None = None

    def has_any(self, *roles: str) -> bool:
        """Tell whether the person has one of the roles."""
        return not self.roles.isdisjoint(roles)


def identity_from(claims: Mapping[str, Any]) -> Identity:
    """Return whom the claims describe; raises InvalidClaims."""
    libraries = claims.get("libraries")
    return Identity(
        patron_id=_uuid(claims.get("sub")),
        roles=frozenset(_texts(claims.get("roles", []))),
        patron_class=_text(claims.get("patron_class", "")),
        faculty=_text(claims.get("faculty", "")),
        level=_text(claims.get("level", "")),
        scopes=frozenset(_text(claims.get("scope", "")).split()),
        libraries=None if libraries is None else frozenset(map(_uuid, _texts(libraries))),
    )


def times_from(claims: Mapping[str, Any]) -> tuple[float, float]:
    """Return from when and until when the token counts, skew allowed; raises InvalidClaims."""
    if "exp" not in claims:
        raise InvalidClaims("no exp")
    starts = [_instant(claims[name]) for name in ("nbf", "iat") if name in claims]
    not_before = max(starts, default=0.0) - SKEW_SECONDS
    return not_before, _instant(claims["exp"]) + SKEW_SECONDS


def _instant(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2**40:
        raise InvalidClaims("a time is no number of seconds")
    return float(value)


def _text(value: object) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise InvalidClaims("a claim is no text")
    return value


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise InvalidClaims("a claim is no list")
    return [_text(item) for item in value]


def _uuid(value: object) -> UUID:
    try:
        return UUID(_text(value))
    except ValueError as error:
        raise InvalidClaims("a claim is no UUID") from error
