"""One WSGI application made of four: each request goes to the part whose path it asks for."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import httpx

from infra.local.platform_parts import GATEWAY, SERVICES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class MountedByPath:
    """Hands a request on unchanged: the path plan is the same as behind nginx."""

    def __init__(self, mounts: "dict[str, WSGIApplication]", otherwise: "WSGIApplication") -> None:
        """Mount applications by the prefix of their paths; `otherwise` gets the rest."""
        self._mounts = mounts
        self._otherwise = otherwise

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        for prefix, application in self._mounts.items():
            if path.startswith(prefix):
                return application(environ, start_response)
        return self._otherwise(environ, start_response)


def build() -> "WSGIApplication":
    """Return the application gunicorn serves, from the environment's settings."""
    services = {part.prefix: part.module("app").create_app(part.settings()) for part in SERVICES}
    create_gateway = GATEWAY.module("app").create_app
    # The pages ask the services through their HTTP interface, yet in their own thread: over the
    # network, a server whose threads all show pages would wait for itself.
    inside = httpx.WSGITransport(app=MountedByPath(services, _nobody))
    gateway = create_gateway(GATEWAY.settings(), api_transport=inside)
    return MountedByPath(services, gateway)


def _nobody(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    start_response("404 Not Found", [("Content-Length", "0")])
    return []
