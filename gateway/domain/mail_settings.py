"""How mail leaves the house: through an SMTP server, into a folder, or not at all."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Self

from gateway.domain.account import is_mail_address
from shared.kernel.settings import SettingError, read_number, read_setting

SECURITIES = ("starttls", "tls", "none")
USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """The server that takes our mail. `ca_file` trusts a campus' own authority."""

    host: str
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: int = 20
    ca_file: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot work, with SettingError."""
        if self.security not in SECURITIES:
            msg = f"ATRIUM_SMTP_SECURITY must be one of {', '.join(SECURITIES)}."
            raise SettingError(msg)
        if self.user and self.security == "none":
            msg = "ATRIUM_SMTP_USER needs ATRIUM_SMTP_SECURITY starttls or tls: a password must not travel in the clear."  # noqa: E501  # one sentence for the operator
            raise SettingError(msg)

    @classmethod
    def from_environment(cls) -> Self | None:
        """Read the settings; None when no server is named. Raises SettingError."""
        host = read_setting("SMTP_HOST", "")
        if not host:
            return None
        security = read_setting("SMTP_SECURITY", "starttls")
        return cls(
            host=host,
            port=read_number("SMTP_PORT", USUAL_PORTS.get(security, 25), least=1, most=65_535),
            security=security,
            user=read_setting("SMTP_USER", ""),
            password=read_setting("SMTP_PASSWORD", ""),
            timeout_seconds=read_number("SMTP_TIMEOUT_SECONDS", 20, least=1, most=300),
            ca_file=read_setting("SMTP_CA_FILE", ""),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Where mail goes, whom it is from, and when people are told.

    `sender` is the organizer of the invitations as well. `fresh_for`: a fact that happened longer
    ago than this, when it is heard, is history and makes no notice.
    """

    smtp: SmtpSettings | None = None
    folder: Path | None = None
    """Where mails are written when there is no server."""
    sender: str = "library@atrium.invalid"
    sender_name: str = "Atrium"
    fresh_for: timedelta = timedelta(hours=48)
    booking_lead: timedelta = timedelta(minutes=60)
    activity_lead: timedelta = timedelta(hours=24)

    def __post_init__(self) -> None:
        """Refuse what cannot work, with SettingError."""
        if not is_mail_address(self.sender):
            msg = f"ATRIUM_MAIL_FROM must be a mail address, not {self.sender!r}."
            raise SettingError(msg)
        if self.smtp is not None and self.sender.endswith(".invalid"):
            msg = "ATRIUM_MAIL_FROM is missing: the address the library's mail comes from."
            raise SettingError(msg)

    @property
    def goes_out(self) -> bool:
        """Whether mails are written at all."""
        return self.smtp is not None or self.folder is not None

    @classmethod
    def from_environment(cls) -> Self:
        """Read the settings; raises SettingError with a sentence for the operator."""
        folder = read_setting("MAIL_FOLDER", "")
        week = 7 * 24 * 60
        return cls(
            smtp=SmtpSettings.from_environment(),
            folder=Path(folder) if folder else None,
            sender=read_setting("MAIL_FROM", "library@atrium.invalid"),
            sender_name=read_setting("MAIL_FROM_NAME", "Atrium"),
            fresh_for=timedelta(hours=read_number("MAIL_FRESH_HOURS", 48, most=24 * 31)),
            booking_lead=timedelta(minutes=read_number("REMIND_BOOKING_MINUTES", 60, most=week)),
            activity_lead=timedelta(
                minutes=read_number("REMIND_ACTIVITY_MINUTES", 24 * 60, most=week)
            ),
        )
