"""Every setting of the engagement service, typed, with its default."""

from dataclasses import dataclass, field
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.engagement.domain.disclosure import USUAL_SMALLEST_CELL
from services.engagement.domain.pseudonyms import Pseudonyms, WeakKey
from shared.kernel.settings import SettingError, read_number, read_setting
from shared.messaging.retention import Retention
from shared.web.settings import WebSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerSettings:
    """What makes a ledger this institution's own.

    `pseudonym_key`: with another one the same people become other people, so it is kept for good.
    `timezone`: the IANA zone of points' days, and of libraries that have told of no space yet.
    """

    pseudonym_key: str
    timezone: str = "Asia/Shanghai"

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SettingError when one is missing or makes no sense."""
        settings = cls(
            pseudonym_key=read_setting("PSEUDONYM_KEY"),
            timezone=read_setting("TIMEZONE", "Asia/Shanghai"),
        )
        try:
            settings.pseudonyms()
            settings.zone()
        except WeakKey as error:
            raise SettingError(f"ATRIUM_PSEUDONYM_KEY is too short: {error}.") from error
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise SettingError(f"ATRIUM_TIMEZONE names no zone: {settings.timezone!r}.") from error
        return settings

    def pseudonyms(self) -> Pseudonyms:
        """Return the way to people's pseudonyms; raises WeakKey."""
        return Pseudonyms(self.pseudonym_key.encode())

    def zone(self) -> ZoneInfo:
        """Return the institution's time zone; raises ZoneInfoNotFoundError."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Settings of the engagement service.

    `smallest_cell`: behind fewer people than these no number is shown; 0 shows all of them.
    """

    database_url: str
    broker_url: str
    exchange: str = "atrium"
    retention: Retention = field(default_factory=Retention)
    ledger: LedgerSettings
    web: WebSettings
    smallest_cell: int = USUAL_SMALLEST_CELL

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SettingError when one is missing or makes no sense."""
        return cls(
            database_url=read_setting("ENGAGEMENT_DATABASE_URL"),
            broker_url=read_setting("BROKER_URL"),
            exchange=read_setting("EXCHANGE", "atrium"),
            retention=Retention.from_environment(),
            ledger=LedgerSettings.from_environment(),
            web=WebSettings.from_environment(),
            smallest_cell=read_number("SMALLEST_CELL", USUAL_SMALLEST_CELL, most=1000),
        )
