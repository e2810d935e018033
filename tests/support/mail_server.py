"""A real SMTP server in this process that can misbehave on request."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
OK = "250 OK"


@dataclass
class MailServer:
    """What came in, and how the server answers."""

    port: int = 0
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """(recipient, letter) in the order they came."""
    answer_to_recipient: dict[str, str] = field(default_factory=dict)
    answer_to_data: str = OK
    hangs: bool = False
    connections: int = 0
    was_encrypted: list[bool] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    on_letter: Callable[[EmailMessage], None] = lambda _letter: None

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        del server, envelope
        session.host_name = hostname
        self.connections += 1
        while self.hangs:  # noqa: ASYNC110 - the test sets it from another thread
            await asyncio.sleep(0.02)
        return responses

    async def handle_RCPT(  # noqa: N802 - as above
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        del server, session, options
        answer = self.answer_to_recipient.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        del session
        if self.answer_to_data != OK:
            return self.answer_to_data
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.extend((address, letter) for address in envelope.rcpt_tos)
        self.was_encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        self.on_letter(letter)
        return OK

    def authenticate(self, server: SMTP, session: Any, envelope: Any, how: str, data: Any) -> Any:
        del server, session, envelope, how
        assert isinstance(data, LoginPassword)
        self.signed_in.append(data.login.decode())
        return AuthResult(success=data.password == b"right", handled=False)


@contextmanager
def a_mail_server(
    *, port: int = 0, implicit_tls: ssl.SSLContext | None = None, **how: Any
) -> Iterator[MailServer]:
    """Run a server; `how` goes to aiosmtpd."""
    server = MailServer(port=port or free_port())
    if how.pop("with_sign_in", False):
        how |= {"authenticator": server.authenticate, "auth_required": True}
    controller = Controller(
        server, hostname=HOST, port=server.port, ssl_context=implicit_tls, **how
    )
    controller.start()
    try:
        yield server
    finally:
        server.hangs = False
        controller.stop()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def a_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for loopback; return the server's side, and what a client must trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail of the tests")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "mail.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    trusted = folder / "trusted.pem"
    trusted.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, trusted
