"""One JSON line per happening on standard error, with request and trace; secrets stay out."""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request

from shared.kernel.settings import SettingError
from shared.messaging.trace import current_traceparent
from shared.web.metrics import route_template, seconds_so_far

_SECRET_WORDS = ("authorization", "cookie", "password", "secret", "token", "api_key", "feed_key")
_IDEMPOTENCY = "idempotency_key"
_LEVELS: Mapping[str, int] = logging.getLevelNamesMapping()
_log = structlog.get_logger()


class _StandardError:
    """Writes where sys.stderr points now; under tests and daemons it is replaced."""

    def msg(self, line: str) -> None:
        sys.stderr.write(line + "\n")

    debug = info = warning = error = critical = exception = msg


class _FromLibraries(logging.Handler):
    """Gives libraries' own log records the same shape."""

    def emit(self, record: logging.LogRecord) -> None:
        log = structlog.get_logger().bind(logger=record.name)
        log.log(record.levelno, record.getMessage(), exc_info=record.exc_info)


def configure_logging(level: str = "info") -> None:
    """Set the process's logging up; calling it again only changes the level.

    Raises SettingError for a level Python does not know.
    """
    number = _LEVELS.get(level.upper())
    if number is None:
        msg = f"The setting ATRIUM_LOG_LEVEL must be debug, info, warning or error, not {level!r}."
        raise SettingError(msg)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _where,
            without_secrets,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: _StandardError(),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.setLevel(max(number, logging.WARNING))  # libraries' chatter below warning is not ours
    if not any(isinstance(known, _FromLibraries) for known in root.handlers):
        root.addHandler(_FromLibraries())


def log_requests(app: Flask) -> None:
    """Write one line per answered request: route template, never the address or its query."""
    service = app.extensions["atrium_service"]

    def write(response: Response) -> Response:
        _log.info(
            "request",
            service=service,
            method=request.method,
            route=route_template(),
            status=response.status_code,
            ms=round(seconds_so_far() * 1000, 1),
            patron=_patron(),
        )
        return response

    app.after_request(write)


def without_secrets(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank every member whose name says that it is a secret, at any depth; a log processor."""
    return {name: _shown(name, value) for name, value in line.items()}


def _shown(name: str, value: Any) -> Any:
    plain = name.lower().replace("-", "_")
    if plain == _IDEMPOTENCY or any(word in plain for word in _SECRET_WORDS):
        return "***"
    if isinstance(value, Mapping):
        return {str(inner): _shown(str(inner), item) for inner, item in value.items()}
    return value


def _where(_: Any, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if traceparent := current_traceparent():
        line["trace_id"] = traceparent[3:35]
    if has_request_context() and "request_id" in g:
        line["request_id"] = g.request_id
    return line


def _patron() -> str | None:
    identity = g.get("identity")
    return str(identity.patron_id) if identity else None
