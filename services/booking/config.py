"""Every setting of the booking service, typed, with its default."""

from dataclasses import dataclass, field
from typing import Self

from shared.kernel.settings import read_address, read_setting
from shared.messaging.retention import Retention
from shared.web.settings import WebSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the booking service."""

    database_url: str
    broker_url: str
    exchange: str = "atrium"
    retention: Retention = field(default_factory=Retention)
    public_url: str = "http://localhost:8000"
    web: WebSettings

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SettingError when one is missing or makes no sense."""
        return cls(
            database_url=read_setting("BOOKING_DATABASE_URL"),
            broker_url=read_setting("BROKER_URL"),
            exchange=read_setting("EXCHANGE", "atrium"),
            retention=Retention.from_environment(),
            public_url=read_address("PUBLIC_URL", "http://localhost:8000"),
            web=WebSettings.from_environment(),
        )
