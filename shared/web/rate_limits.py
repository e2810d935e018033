"""How often one may ask: per account when signed in, else per client address (429 beyond that)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

import structlog
from flask import Flask, Response, current_app, g, request
from limits import RateLimitItemPerSecond
from limits.strategies import SlidingWindowCounterRateLimiter

from shared.web.identity import identity_or_none
from shared.web.operation import document
from shared.web.problems import HttpProblem
from shared.web.rate_storage import ProcessStorage, open_storage
from shared.web.settings import WebSettings
from shared.web.visitor import client_address

_log = structlog.get_logger()
AWAY_SECONDS = 5.0
"""How long a server that failed is not asked again: a hanging one would slow every request."""
View = TypeVar("View", bound=Callable[..., Any])
_UNLIMITED = ("/health/live", "/health/ready", "/health/metrics")


@dataclass(frozen=True, slots=True)
class Quota:
    """So many requests in so many seconds, under a name callers see."""

    name: str
    requests: int
    seconds: int

    def policy(self) -> str:
        """Return the RateLimit-Policy member (a structured field, RFC 9651)."""
        return f'"{self.name}";q={self.requests};w={self.seconds}'


class RateLimits:
    """Counts requests in a sliding window and refuses those beyond a quota."""

    def __init__(self, storage: str) -> None:
        """Count in `memory://` (each process for itself) or `redis://...`; else SettingError."""
        together = open_storage(storage)
        self._failures = together.base_exceptions
        self._together = SlidingWindowCounterRateLimiter(together)
        self._away_until = 0.0
        self._alone = SlidingWindowCounterRateLimiter(ProcessStorage())

    def take(self, quota: Quota, caller: str) -> str:
        """Count one request and return the RateLimit header; past the quota HttpProblem 429.

        While the server that counts for all does not answer, this process counts for itself.
        """
        if time.monotonic() >= self._away_until:
            try:
                return self._take(self._together, quota, caller)
            except self._failures as failure:
                _log.warning("rate_storage_down", reason=type(failure).__name__)
                self._away_until = time.monotonic() + AWAY_SECONDS
        return self._take(self._alone, quota, caller)

    def _take(self, limiter: SlidingWindowCounterRateLimiter, quota: Quota, caller: str) -> str:
        item = RateLimitItemPerSecond(quota.requests, quota.seconds, namespace=quota.name)
        allowed = limiter.hit(item, caller)
        reset, remaining = limiter.get_window_stats(item, caller)
        wait = max(1, min(quota.seconds, round(reset - time.time())))
        told = f'"{quota.name}";r={max(0, remaining)};t={wait}'
        if not allowed:
            raise _too_many(quota, wait)
        return told


def limit_requests(app: Flask, settings: WebSettings) -> None:
    """Limit every API operation of an app by the quota in settings; 0 requests means no limit."""
    app.extensions["atrium_rate_limits"] = RateLimits(settings.rate_storage)
    if not settings.rate_limit:
        return
    quota = Quota("default", settings.rate_limit, settings.rate_window)

    def count() -> None:
        if request.path.startswith("/api/") and not request.path.endswith(_UNLIMITED):
            _count(quota)

    app.before_request(count)
    app.after_request(_tell)


def limited(name: str, requests: int, seconds: int) -> Callable[[View], View]:
    """Limit one view more closely, per client address: for sign-in and the like.

    Goes directly below `route`. Holds even when the general limit is off.
    """
    quota = Quota(name, requests, seconds)

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            limits: RateLimits = current_app.extensions["atrium_rate_limits"]
            limits.take(quota, f"{request.endpoint} {client_address()}")
            return view(*args, **kwargs)

        document(counted, responses=(429,))
        return cast("View", counted)

    return decorate


def _count(quota: Quota) -> None:
    limits: RateLimits = current_app.extensions["atrium_rate_limits"]
    g.rate_limit = (quota.policy(), limits.take(quota, _caller()))


def _caller() -> str:
    try:
        identity = identity_or_none()
    except HttpProblem:  # a bad token gives no account; the view will say 401 where it matters
        identity = None
    return str(identity.patron_id) if identity else f"address {client_address()}"


def _tell(response: Response) -> Response:
    if told := g.get("rate_limit"):
        response.headers["RateLimit-Policy"], response.headers["RateLimit"] = told
    return response


def _too_many(quota: Quota, wait: int) -> HttpProblem:
    numbers = {"limit": quota.requests, "seconds": quota.seconds, "retry_seconds": wait}
    headers = {
        "Retry-After": str(wait),
        "RateLimit-Policy": quota.policy(),
        "RateLimit": f'"{quota.name}";r=0;t={wait}',
    }
    return HttpProblem("rate_limited", 429, numbers=numbers, headers=headers)
