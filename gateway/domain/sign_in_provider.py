"""An identity provider of the campus: where people prove who they are, and what its words mean."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID

from gateway.domain import vocabulary
from shared.kernel.refusal import Violation

LONGEST_NAME = 60
LONGEST_VALUE = 300
MOST_ENTRIES = 200
MOST_SCOPES = 20
MOST_PROVIDERS = 10
CLAIMS = ("number", "family_name", "given_name", "mail", "faculty", "level", "study_year", "role")
# The names OpenID Connect gives these (Core 1.0, 5.1); a campus names the others itself.
USUAL_CLAIMS: Mapping[str, str] = {
    "family_name": "family_name",
    "given_name": "given_name",
    "mail": "email",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMapping:
    """What a provider's claims mean here.

    `claims` names the claim each detail is read from; one left out is not read. `roles`,
    `faculties` and `levels` translate claim values; a faculty that is not listed is taken as it
    is, a role that is not listed is no role. `trusts_numbers`: a person number from this provider
    proves whose account it is. `may_create`: who has no account gets one at the first sign-in.
    """

    claims: Mapping[str, str] = field(default_factory=lambda: dict(USUAL_CLAIMS))
    roles: Mapping[str, str] = field(default_factory=dict)
    faculties: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    trusts_numbers: bool = False
    may_create: bool = False


@dataclass(slots=True, kw_only=True)
class SignInProvider:
    """One provider as administrators keep it; `sealed_secret` is None for a public client."""

    provider_id: UUID
    name_en: str
    name_zh: str
    issuer: str
    client_id: str
    sealed_secret: str | None = field(default=None, repr=False)
    scopes: tuple[str, ...] = ("openid", "profile", "email")
    mapping: ClaimMapping = field(default_factory=ClaimMapping)
    active: bool = True
    version: int = 1

    @property
    def secret_label(self) -> str:
        """What the client secret is sealed under."""
        return f"sign-in provider {self.provider_id}"

    def name(self, language: str) -> str:
        """Return the provider's name for readers of a language."""
        return self.name_zh if language == "zh-CN" else self.name_en


def is_web_address(address: str, *, loopback: bool) -> bool:
    """Tell whether an address may be a provider's: https without credentials, query or fragment.

    With `loopback`, plain http to this very machine will do: for trying things out.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    plain = not any(letter.isspace() or not letter.isprintable() for letter in address)
    here = loopback and parts.scheme == "http" and host in {"localhost", "127.0.0.1", "::1"}
    bare = not (parts.username or parts.password or parts.fragment)
    return plain and bare and bool(host) and port != 0 and (parts.scheme == "https" or here)


def violations_of(provider: SignInProvider, *, loopback: bool) -> list[Violation]:
    """Return everything that keeps this from being a provider."""
    found = _name_violations({"name_en": provider.name_en, "name_zh": provider.name_zh})
    issuer = provider.issuer
    if not is_web_address(issuer, loopback=loopback) or urlsplit(issuer).query:
        found.append(Violation("issuer_address", {"field": "issuer"}))
    if not provider.client_id.isprintable() or not provider.client_id.strip():
        found.append(Violation("missing", {"field": "client_id"}))
    return found + _scope_violations(provider.scopes) + _mapping_violations(provider.mapping)


def _name_violations(names: Mapping[str, str]) -> list[Violation]:
    return [
        Violation("provider_name", {"field": field_name, "most": LONGEST_NAME})
        for field_name, text in names.items()
        if not text.strip() or len(text) > LONGEST_NAME or _has_control(text)
    ]


def _scope_violations(scopes: Sequence[str]) -> list[Violation]:
    found = []
    if "openid" not in scopes:
        found.append(Violation("scope_openid_missing", {"field": "scopes"}))
    if any(not scope or not scope.isascii() or " " in scope for scope in scopes):
        found.append(Violation("scope_malformed", {"field": "scopes"}))
    return found


def _mapping_violations(mapping: ClaimMapping) -> list[Violation]:
    found = []
    choices = (
        ("claims", mapping.claims.keys(), CLAIMS),
        ("roles", mapping.roles.values(), vocabulary.IMPORTABLE_ROLES),
        ("levels", mapping.levels.values(), vocabulary.LEVELS),
    )
    for name, words, allowed in choices:
        if not set(words) <= set(allowed):
            numbers = {"field": name, "choices": ", ".join(allowed)}
            found.append(Violation("not_one_of", numbers))
    if mapping.trusts_numbers and "number" not in mapping.claims:
        found.append(Violation("trusted_number_unread", {"field": "trusts_numbers"}))
    return found


def _has_control(text: str) -> bool:
    return any(unicodedata.category(letter) == "Cc" for letter in text)
