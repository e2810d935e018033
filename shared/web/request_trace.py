"""Every request has a number and a trace (W3C trace context) that its messages will carry."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from shared.messaging.trace import new_traceparent, tracing

_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
REQUEST_ID = "atrium.request_id"

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]


class RequestTrace:
    """WSGI middleware: continues the caller's trace or starts one, and names the request."""

    def __init__(self, app: WsgiApp) -> None:
        """Wrap an application."""
        self._app = app

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Handle one request; X-Request-Id and traceresponse go out with the answer."""
        request_id = request_id_of(environ.get("HTTP_X_REQUEST_ID"))
        traceparent = continued(environ.get("HTTP_TRACEPARENT"))
        environ[REQUEST_ID] = request_id
        named = [("X-Request-Id", request_id), ("traceresponse", traceparent)]

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, *named], *rest)

        with tracing(traceparent):
            return self._app(environ, start)


def request_id_of(offered: str | None) -> str:
    """Return the caller's request id when it is sane, else one of ours."""
    if offered is not None and _REQUEST_ID.fullmatch(offered):
        return offered
    return uuid4().hex


def continued(offered: str | None) -> str:
    """Return a traceparent with the caller's trace and a step of ours, or of a new trace."""
    fresh = new_traceparent()
    if offered is None or not _TRACEPARENT.fullmatch(offered):
        return fresh
    return f"{offered[:36]}{fresh[36:52]}{offered[52:]}"
