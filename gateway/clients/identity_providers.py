"""Identity providers over HTTP: what they offer, their keys, a code exchanged for a proof."""

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_plus

import httpx
import structlog

from gateway.clients.outside_world import OutsideDown, ask_for_json
from gateway.domain.sign_in_provider import SignInProvider, is_web_address
from gateway.security.id_tokens import PublicKey, allowed_algorithms, public_keys

KEPT_SECONDS = 600.0
KEYS_RETRY_SECONDS = 5.0
ERROR_CODE = re.compile(r"[a-z_]{1,40}")
WELL_KNOWN = "/.well-known/openid-configuration"
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a provider says of itself (OpenID Connect Discovery 1.0, RFC 9207), checked."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    algorithms: Sequence[str]
    says_iss: bool
    basic_auth: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What a code is exchanged with."""

    code: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str
    client_secret: str | None = field(repr=False)


class IdentityProviders:
    """Asks providers and remembers what they said: ten minutes, their keys until one is unknown."""

    def __init__(
        self,
        http: httpx.Client,
        *,
        loopback: bool,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Ask over this client (see outside_world); `loopback` also believes plain http there."""
        self._http = http
        self.loopback = loopback
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._offers: dict[str, tuple[float, Offer]] = {}
        self._keys: dict[str, tuple[float, Sequence[PublicKey]]] = {}

    def offer(self, issuer: str, *, fresh: bool = False) -> Offer:
        """Return what the issuer offers; raises OutsideDown. A known offer outlives an outage."""
        known = self._offers.get(issuer)
        now = self._monotonic()
        if known and not fresh and now - known[0] < KEPT_SECONDS:
            return known[1]
        try:
            found = self._discover(issuer)
        except OutsideDown as down:
            _log.warning("sign_in_provider_down", reason=str(down))
            if known and not fresh:
                return known[1]
            raise
        with self._lock:
            self._offers[issuer] = (now, found)
        return found

    def keys(self, issuer: str, *, newer: bool = False) -> Sequence[PublicKey]:
        """Return the issuer's keys; `newer`: a token names one we do not know. OutsideDown."""
        known = self._keys.get(issuer)
        now = self._monotonic()
        age = now - known[0] if known else KEPT_SECONDS
        if known and age < (KEYS_RETRY_SECONDS if newer else KEPT_SECONDS):
            return known[1]
        status, document = ask_for_json(self._http, "GET", self.offer(issuer).jwks_uri)
        found = public_keys(document)
        if status != 200 or not found:
            raise OutsideDown("no keys")
        with self._lock:
            self._keys[issuer] = (now, found)
        return found

    def exchange(self, provider: SignInProvider, wanted: Exchange) -> tuple[str, str]:
        """Return ID token and access token for a code; raises OutsideDown, ExchangeRefused."""
        offer = self.offer(provider.issuer)
        form = {
            "grant_type": "authorization_code",
            "code": wanted.code,
            "redirect_uri": wanted.redirect_uri,
            "code_verifier": wanted.verifier,
            "client_id": provider.client_id,
        }
        auth = None
        if wanted.client_secret is not None and offer.basic_auth:
            auth = httpx.BasicAuth(_quoted(provider.client_id), _quoted(wanted.client_secret))
        elif wanted.client_secret is not None:
            form["client_secret"] = wanted.client_secret
        asked = {"data": form, "headers": {"Accept": "application/json"}}
        if auth is not None:
            asked["auth"] = auth  # type: ignore[assignment]  # httpx takes it beside the others
        status, answer = ask_for_json(self._http, "POST", offer.token_endpoint, **asked)
        if status >= 500:
            raise OutsideDown("the token endpoint failed")
        tokens = answer.get("id_token"), answer.get("access_token")
        if status != 200 or not all(isinstance(token, str) for token in tokens):
            raise ExchangeRefused(_code_of(answer.get("error")))
        return str(tokens[0]), str(tokens[1])

    def more_claims(self, provider: SignInProvider, access_token: str) -> Mapping[str, Any]:
        """Return what the userinfo endpoint adds; nothing when there is none. OutsideDown."""
        endpoint = self.offer(provider.issuer).userinfo_endpoint
        if endpoint is None:
            return {}
        headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}
        status, claims = ask_for_json(self._http, "GET", endpoint, headers=headers)
        if status != 200:
            raise OutsideDown("the userinfo endpoint failed")
        return claims

    def examine(self, issuer: str) -> dict[str, Any]:
        """Return what the issuer answers just now, as an administrator wants to know it."""
        try:
            offer = self.offer(issuer, fresh=True)
            keys = self.keys(issuer, newer=True)
        except OutsideDown as down:
            found = {"reachable": False, "trouble": str(down), "keys": 0, "algorithms": []}
            return {**found, "offers_sign_out": False}
        return {
            "reachable": True,
            "trouble": None,
            "keys": len(keys),
            "algorithms": list(offer.algorithms),
            "offers_sign_out": offer.end_session_endpoint is not None,
        }

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def _discover(self, issuer: str) -> Offer:
        status, document = ask_for_json(self._http, "GET", issuer.rstrip("/") + WELL_KNOWN)
        if status != 200:
            raise OutsideDown("no discovery document")
        if document.get("issuer") != issuer:
            raise OutsideDown("the discovery document names another issuer")
        return self._checked(document)

    def _checked(self, document: Mapping[str, Any]) -> Offer:
        def address(name: str) -> str | None:
            found = document.get(name)
            good = isinstance(found, str) and is_web_address(found, loopback=self.loopback)
            return found if good else None

        needed = {
            name: address(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        }
        if missing := [name for name, found in needed.items() if found is None]:
            raise OutsideDown(f"the discovery document lacks {', '.join(missing)}")
        methods = document.get("token_endpoint_auth_methods_supported")
        return Offer(
            **{name: str(found) for name, found in needed.items()},
            userinfo_endpoint=address("userinfo_endpoint"),
            end_session_endpoint=address("end_session_endpoint"),
            algorithms=allowed_algorithms(document.get("id_token_signing_alg_values_supported")),
            says_iss=document.get("authorization_response_iss_parameter_supported") is True,
            basic_auth=not isinstance(methods, list) or "client_secret_basic" in methods,
        )


class ExchangeRefused(Exception):
    """The provider takes no code of ours, or answers without tokens; the text is its error code."""


def _code_of(error: Any) -> str:
    """Return the code an error answer names (RFC 6749, 5.2), and nothing that could be a secret."""
    return error if isinstance(error, str) and ERROR_CODE.fullmatch(error) else "no tokens"


def _quoted(text: str) -> str:
    """Return a word of HTTP Basic authentication as OAuth wants it (RFC 6749, 2.3.1)."""
    return quote_plus(text)
