"""An identity provider that is not ours (oidc-provider-mock), as a server that can be led astray.

`python -m tests.support.campus_provider_server` prints its port. `POST /astray` with JSON says how
its next answers differ: `claims` put into ID tokens (null takes one out), `alg` (none, HS256),
`new_key`, `discovery` members, `broken` (the token endpoint fails), `huge`. `{}` mends all.
"""

import hashlib
import hmac
import inspect
import json
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from typing import Any

warnings.simplefilter("ignore")  # its authlib announces what will change; that is not ours to mend

import oidc_provider_mock  # noqa: E402 the warnings come with the import
from authlib.oauth2.rfc6749 import AuthorizationCodeGrant  # noqa: E402 as above
from joserfc import jwk, jws  # noqa: E402 as above
from werkzeug.serving import make_server  # noqa: E402 as above
from werkzeug.test import run_wsgi_app  # noqa: E402 as above

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Astray:
    """Changes what the provider answers, signing with the provider's own key."""

    def __init__(self, provider: Any) -> None:
        self._inner = provider.wsgi_app
        self._storage = _storage_of(provider)
        self.how: dict[str, Any] = {}
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/astray":
            return self._told(environ, start_response)
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        self.asked.append(f"{environ['REQUEST_METHOD']} {path} {body.decode()}")
        environ["wsgi.input"] = _Again(body)
        answer, status, headers = run_wsgi_app(self._inner, environ)
        content = b"".join(answer)
        if path == "/oauth2/token":
            status, content = self._token(status, content)
        if path == "/.well-known/openid-configuration":
            content = json.dumps({**json.loads(content), **self.how.get("discovery", {})}).encode()
        if self.how.get("huge"):
            content = b'{"x": "' + b"x" * 1_000_000 + b'"}'
        headers.set("Content-Length", str(len(content)))
        start_response(status, list(headers))
        return [content]

    def _told(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        size = int(environ.get("CONTENT_LENGTH") or 0)
        if environ["REQUEST_METHOD"] == "POST":
            self.how = json.loads(environ["wsgi.input"].read(size))
            self.asked.clear()
            if self.how.get("new_key"):
                self._storage.jwk = type(self._storage.jwk).generate_key(is_private=True)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(self.asked).encode()]

    def _token(self, status: str, content: bytes) -> tuple[str, bytes]:
        if self.how.get("broken"):
            return "503 Service Unavailable", b"{}"
        answer = json.loads(content)
        if "id_token" in answer and {"claims", "alg"} & set(self.how):
            answer["id_token"] = self._signed_anew(answer["id_token"])
        return status, json.dumps(answer).encode()

    def _signed_anew(self, token: str) -> str:
        read = jws.extract_compact(token.encode())
        claims = {**json.loads(read.payload), **self.how.get("claims", {})}
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {**read.headers(), "alg": self.how.get("alg", "RS256")}
        payload = json.dumps(claims).encode()
        key = jwk.RSAKey.import_key(self._storage.jwk.as_dict(is_private=True))
        if header["alg"] == "RS256":
            return jws.serialize_compact(header, payload, key, algorithms=["RS256"])
        signed = f"{_base64(json.dumps(header).encode())}.{_base64(payload)}"
        if header["alg"] == "none":
            return f"{signed}."
        public = key.as_pem(private=False)  # taken for a shared secret
        return f"{signed}.{_base64(hmac.new(public, signed.encode(), hashlib.sha256).digest())}"


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


class _Again:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def read(self, _size: int = -1) -> bytes:
        body, self._body = self._body, b""
        return body

    def readline(self, _size: int = -1) -> bytes:
        return self.read()


def _storage_of(provider: Any) -> Any:
    """Return where the mock keeps its key; it gives no other way to take a new one into use."""
    for before in provider.before_request_funcs[None]:
        found = inspect.getclosurevars(before).nonlocals
        if "storage" in found:
            return found["storage"]
    raise LookupError("the mock keeps its key elsewhere now")


# The mock registers public clients, but leaves its grant at authlib's two ways with a secret.
AuthorizationCodeGrant.TOKEN_ENDPOINT_AUTH_METHODS = [
    *AuthorizationCodeGrant.TOKEN_ENDPOINT_AUTH_METHODS,
    "none",
]


if __name__ == "__main__":
    app = oidc_provider_mock.app()
    server = make_server("localhost", 0, Astray(app), threaded=True)
    print(server.port, flush=True)  # noqa: T201 how the test learns where it is
    server.serve_forever()
