"""One WSGI application made of four: each request goes to the part whose path it asks for."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from infra.local.platform_parts import PARTS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class MountedByPath:
    """Hands a request on unchanged: the path plan is the same as behind nginx."""

    def __init__(self, mounts: "list[tuple[str, WSGIApplication]]") -> None:
        """Mount applications by prefix; the longest prefix that fits wins."""
        self._mounts = sorted(mounts, key=lambda mount: len(mount[0]), reverse=True)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer one request."""
        path = environ.get("PATH_INFO", "")
        for prefix, application in self._mounts:
            if path.startswith(prefix):
                return application(environ, start_response)
        # Only a path without a leading slash comes here ("OPTIONS *"): the last mount knows it not.
        return self._mounts[-1][1](environ, start_response)


def build() -> "WSGIApplication":
    """Return the application gunicorn serves, from the environment's settings."""
    return MountedByPath(
        [(part.prefix, part.module("app").create_app(part.settings())) for part in PARTS]
    )
