"""W3C trace context: the thread that ties a request to the messages it caused."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)


def current_traceparent() -> str | None:
    """Return the traceparent of the request or message being handled, if any."""
    return _traceparent.get()


@contextmanager
def tracing(traceparent: str | None) -> Iterator[None]:
    """Handle something under a traceparent."""
    token = _traceparent.set(traceparent)
    try:
        yield
    finally:
        _traceparent.reset(token)


def new_traceparent() -> str:
    """Return a fresh W3C traceparent, version 00, sampled."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
