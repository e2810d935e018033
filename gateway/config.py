"""What the operator tells the gateway."""

from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from gateway.domain.mail_settings import MailSettings
from gateway.domain.session import Lifetimes
from shared.kernel.settings import SettingError, read_address, read_number, read_setting
from shared.messaging.retention import Retention
from shared.web.settings import WebSettings

SHORTEST_SECRET = 32
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the gateway, each with the environment variable `from_environment` names.

    `secret` seals the signing keys at rest and signs form tokens; it must stay the same over
    restarts. `jwks_out` is a file the public keys are written to for services on the same machine.
    `api_url` is where the services' HTTP interfaces are. `timezone` decides which day a population
    snapshot is for, and in which time zone pages show times that belong to no library.
    `provider_networks` are private networks in which a sign-in provider may stand.
    """

    database_url: str
    broker_url: str
    secret: str = field(repr=False)
    exchange: str = "atrium"
    retention: Retention = field(default_factory=Retention)
    public_url: str = "http://localhost:8000"
    api_url: str = "http://localhost:8000"
    timezone: str = "Asia/Shanghai"
    jwks_out: Path | None = None
    lifetimes: Lifetimes = field(default_factory=Lifetimes)
    provider_networks: tuple[Network, ...] = ()
    mail: MailSettings = field(default_factory=MailSettings)
    web: WebSettings

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach us over https, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    def sign_in_callback(self, provider_id: UUID) -> str:
        """Return the redirect URI of a provider, exactly as it is registered there."""
        return f"{self.public_url.rstrip('/')}/sign-in/back/{provider_id}"

    @property
    def is_on_loopback(self) -> bool:
        """Whether we ourselves are only tried out on this machine."""
        parts = urlsplit(self.public_url)
        return parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}

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
        public_url = read_address("PUBLIC_URL", "http://localhost:8000")
        jwks_out = read_setting("JWKS_OUT", "")
        idle = read_number("SESSION_IDLE_MINUTES", 12 * 60, least=1)
        absolute = read_number("SESSION_HOURS", 7 * 24, least=1)
        return cls(
            database_url=read_setting("GATEWAY_DATABASE_URL"),
            broker_url=read_setting("BROKER_URL"),
            secret=read_setting("GATEWAY_SECRET"),
            exchange=read_setting("EXCHANGE", "atrium"),
            retention=Retention.from_environment(),
            public_url=public_url,
            api_url=read_address("API_URL", public_url),
            timezone=read_setting("TIMEZONE", "Asia/Shanghai"),
            jwks_out=Path(jwks_out) if jwks_out else None,
            lifetimes=Lifetimes(timedelta(minutes=idle), timedelta(hours=absolute)),
            provider_networks=_networks(read_setting("PROVIDER_NETWORKS", "")),
            mail=MailSettings.from_environment(),
            web=WebSettings.from_environment(),
        )


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(word.strip()) for word in text.split(",") if word.strip())
    except ValueError as error:
        msg = f"ATRIUM_PROVIDER_NETWORKS must be networks such as 10.0.0.0/8, not {text!r}."
        raise SettingError(msg) from error
