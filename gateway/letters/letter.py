"""A notice as a mail: text, the same as simple HTML, and the calendar part where there is one."""

from collections.abc import Callable
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from gateway.domain.account import Account
from gateway.domain.mail_settings import MailSettings
from gateway.domain.notice_ports import Told
from gateway.letters.invitation import invitation, method_of
from gateway.letters.plain_text import for_address, for_header, one_line
from gateway.letters.wording import Words, speech_for, words_of

PLAIN = SMTP.clone(cte_type="7bit")
"""Not every server takes more than seven bits (RFC 6152)."""
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"


class LetterWriter:
    """Writes letters in the name of the library."""

    def __init__(
        self,
        settings: MailSettings,
        *,
        public_url: str,
        timezone: str,
        now: Callable[[], datetime],
    ) -> None:
        """Write from this sender; links lead below `public_url`.

        `timezone` serves where the library's own is not known.
        """
        self._settings = settings
        self._public_url = public_url.rstrip("/")
        self._timezone = timezone
        self._now = now
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(("html",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def compose(self, told: Told, account: Account) -> EmailMessage:
        """Write a notice to a person; raises ValueError for an address that is none.

        The same notice always has the same Message-ID: a mail sent twice can be told for one.
        """
        speech = speech_for(told, account.language, self._timezone)
        words = words_of(told, speech)
        name = one_line(account.display_name)
        letter = EmailMessage(policy=PLAIN)
        letter["From"] = self._sender()
        letter["To"] = Address(for_address(name), addr_spec=account.mail or "")
        letter["Subject"] = for_header(words.title)
        letter["Date"] = format_datetime(self._now())
        letter["Message-ID"] = self._message_id(told)
        letter["Auto-Submitted"] = "auto-generated"
        shown = {
            "words": words,
            "language": account.language,
            "url": self._public_url + words.path,
            "site": self._public_url,
            "settings_url": f"{self._public_url}/settings",
            "greeting": speech.gettext("Hello %(name)s,", name=name),
            "why": speech.gettext("You can choose which mail you get under My data and settings:"),
        }
        letter.set_content(self._templates.get_template("mail/notice.txt").render(shown))
        html = self._templates.get_template("mail/notice.html").render(shown)
        letter.add_alternative(html, subtype="html")
        self._add_invitation(letter, told, words, (name, account.mail or ""))
        letter["Content-Language"] = account.language  # set sooner, it would go with the text alone
        return letter

    def _add_invitation(
        self, letter: EmailMessage, told: Told, words: Words, attendee: tuple[str, str]
    ) -> None:
        method = method_of(told.notice)
        if method is None:
            return
        organizer = (one_line(self._settings.sender_name), self._settings.sender)
        body = invitation(told.notice, words, method=method, organizer=organizer, attendee=attendee)
        letter.add_alternative(body.decode(), subtype="calendar", params={"method": method})

    def _sender(self) -> Address:
        return Address(for_address(self._settings.sender_name), addr_spec=self._settings.sender)

    def _message_id(self, told: Told) -> str:
        domain = self._settings.sender.rpartition("@")[2]
        return f"<{told.notice.kind}.{told.notice.id}@{domain}>"
