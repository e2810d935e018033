"""Every setting of the events service, typed, with its default."""

from dataclasses import dataclass, field
from typing import Self

from shared.kernel.settings import read_address, read_number, read_setting
from shared.messaging.retention import Retention
from shared.web.settings import WebSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the events service.

    `draft_hold_days`: how long a draft keeps its room. `close_after_hours`: how long after its end
    an activity may still be closed, and attendance entered, by hand.
    """

    database_url: str
    broker_url: str
    exchange: str = "atrium"
    retention: Retention = field(default_factory=Retention)
    public_url: str = "http://localhost:8000"
    draft_hold_days: int = 14
    close_after_hours: int = 24
    web: WebSettings

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SettingError when one is missing or makes no sense."""
        return cls(
            database_url=read_setting("EVENTS_DATABASE_URL"),
            broker_url=read_setting("BROKER_URL"),
            exchange=read_setting("EXCHANGE", "atrium"),
            retention=Retention.from_environment(),
            public_url=read_address("PUBLIC_URL", "http://localhost:8000"),
            draft_hold_days=read_number("EVENTS_DRAFT_HOLD_DAYS", 14, least=1, most=366),
            close_after_hours=read_number("EVENTS_CLOSE_AFTER_HOURS", 24, most=24 * 31),
            web=WebSettings.from_environment(),
        )
