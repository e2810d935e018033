"""The way to an SMTP server (RFC 5321): one connection for a round of letters."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from gateway.domain.mail import MailDelayed, MailRefused, MailServerDown
from gateway.domain.mail_settings import SmtpSettings

CLOSING = 421
"""The server is closing the connection (RFC 5321, 3.8): no mail's fault."""


class SmtpMailer:
    """Hands letters to the server the settings name."""

    def __init__(self, settings: SmtpSettings, *, sender: str) -> None:
        """Send as this address; nothing is connected yet."""
        self._settings = settings
        self._sender = sender

    @contextmanager
    def open(self) -> Iterator["SmtpPost"]:
        """Open a way; the connection is made with the first letter."""
        post = SmtpPost(self._settings, self._sender)
        try:
            yield post
        finally:
            post.close()


class SmtpPost:
    """A connection, made when it is needed; used by one thread."""

    def __init__(self, settings: SmtpSettings, sender: str) -> None:
        """Connect by these settings when the first letter comes."""
        self._settings = settings
        self._sender = sender
        self._connection: smtplib.SMTP | None = None

    def hand_over(self, letter: EmailMessage, address: str) -> None:
        """Give a letter away; raises MailRefused, MailDelayed or MailServerDown.

        What concerns us rather than this one letter (sign-in, sender, a broken connection, a
        server that closes) counts as the server being down: nothing is given up for it.
        """
        connection = self._connected()
        try:
            self._send(connection, letter, address)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _down(error) from error
        except ValueError as error:
            # A letter that cannot be put into bytes must not come back for ever before the others.
            raise MailRefused(str(error)) from error

    def close(self) -> None:
        """Say goodbye if there is still somebody to say it to."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()

    def _send(self, connection: smtplib.SMTP, letter: EmailMessage, address: str) -> None:
        """Send it; a no to this very letter is raised as ours, other trouble as it comes."""
        try:
            connection.send_message(letter, self._sender, [address])
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = error.recipients[address]
            raise self._of_this_letter(code, answer) from error
        except smtplib.SMTPDataError as error:
            raise self._of_this_letter(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise MailRefused(str(error)) from error  # an address the server cannot write

    def _of_this_letter(
        self, code: int, answer: bytes | str
    ) -> MailRefused | MailDelayed | MailServerDown:
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        told = f"{code} {text}"
        if code == CLOSING:
            self.close()
            return MailServerDown(told)
        return MailDelayed(told) if code < 500 else MailRefused(told)

    def _connected(self) -> smtplib.SMTP:
        """Return the connection; whatever goes wrong in making it is no letter's fault."""
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (OSError, smtplib.SMTPException, ValueError) as error:
                raise _down(error) from error
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        where = (settings.host, settings.port)
        if settings.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                *where, timeout=settings.timeout_seconds, context=self._trust()
            )
        else:
            connection = smtplib.SMTP(*where, timeout=settings.timeout_seconds)
        try:
            if settings.security == "starttls":
                connection.starttls(context=self._trust())
            if settings.user:
                connection.login(settings.user, settings.password)
        except (OSError, smtplib.SMTPException, ValueError):
            connection.close()
            raise
        return connection

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.ca_file or None)


def _down(error: Exception) -> MailServerDown:
    return MailServerDown(f"{type(error).__name__}: {error}")
