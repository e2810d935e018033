"""What the edge of every service is told by its operator."""

from dataclasses import dataclass
from typing import Self

from shared.kernel.settings import SettingError, read_number, read_setting

BODY_LIMIT_BYTES = 1024 * 1024
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """Settings of the edge; `jwks` is a file path or an http(s) address.

    `rate_limit` requests are allowed per `rate_window` seconds and account (or client address);
    0 turns the limit off. `rate_storage` is `memory://` (each process counts for itself, so that
    the limit told is one process's) or `redis://...` (all count together).
    `trusted_proxies` is how many proxies in front may name the client's address; headers of more
    are ignored.
    """

    jwks: str
    issuer: str = "http://localhost:8000"
    rate_limit: int = 600
    rate_window: int = 60
    rate_storage: str = "memory://"
    trusted_proxies: int = 0
    body_limit: int = BODY_LIMIT_BYTES
    log_level: str = "info"

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SettingError when one is missing or makes no sense."""
        return cls(
            jwks=read_setting("JWKS"),
            issuer=read_setting("ISSUER", "http://localhost:8000"),
            rate_limit=read_number("RATE_LIMIT", 600, most=1_000_000),
            rate_window=read_number("RATE_WINDOW", 60, least=1, most=86_400),
            rate_storage=read_setting("RATE_STORAGE", "memory://"),
            trusted_proxies=read_number("TRUSTED_PROXIES", 0, most=8),
            body_limit=read_number("BODY_LIMIT", BODY_LIMIT_BYTES, least=1024),
            log_level=_log_level(),
        )


def _log_level() -> str:
    level = read_setting("LOG_LEVEL", "info")
    if level.lower() not in LOG_LEVELS:
        msg = f"The setting ATRIUM_LOG_LEVEL must be debug, info, warning or error, not {level!r}."
        raise SettingError(msg)
    return level
