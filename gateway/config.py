"""What the operator tells the gateway."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gateway.domain.session import Lifetimes
from shared.kernel.settings import SettingError, read_number, read_setting
from shared.web.settings import WebSettings

SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the gateway, each with the environment variable `from_environment` names.

    `secret` seals the signing keys at rest and signs form tokens; it must stay the same over
    restarts. `jwks_out` is a file the public keys are written to for services on the same machine.
    `api_url` is where the services' HTTP interfaces are. `timezone` decides which day a population
    snapshot is for, and in which time zone pages show times that belong to no library.
    """

    database_url: str
    broker_url: str
    secret: str = field(repr=False)
    exchange: str = "atrium"
    public_url: str = "http://localhost:8000"
    api_url: str = "http://localhost:8000"
    timezone: str = "Asia/Shanghai"
    jwks_out: Path | None = None
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    web: WebSettings

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach us over https, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    def __post_init__(self) -> None:
        """Refuse settings nothing could work with, with SettingError."""
        if len(self.secret) < SHORTEST_SECRET:
            msg = f"ATRIUM_GATEWAY_SECRET must be at least {SHORTEST_SECRET} characters long."
            raise SettingError(msg)
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            msg = f"ATRIUM_TIMEZONE must be an IANA time zone, not {self.timezone!r}."
            raise SettingError(msg) from error

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SettingError with a sentence for the operator."""
        public_url = read_setting("PUBLIC_URL", "http://localhost:8000")
        jwks_out = read_setting("JWKS_OUT", "")
        idle = read_number("SESSION_IDLE_MINUTES", 12 * 60, least=1)
        absolute = read_number("SESSION_HOURS", 7 * 24, least=1)
        return cls(
            database_url=read_setting("GATEWAY_DATABASE_URL"),
            broker_url=read_setting("BROKER_URL"),
            secret=read_setting("GATEWAY_SECRET"),
            exchange=read_setting("EXCHANGE", "atrium"),
            public_url=public_url,
            api_url=read_setting("API_URL", public_url),
            timezone=read_setting("TIMEZONE", "Asia/Shanghai"),
            jwks_out=Path(jwks_out) if jwks_out else None,
            lifetimes=Lifetimes(timedelta(minutes=idle), timedelta(hours=absolute)),
            web=WebSettings.from_environment(),
        )
