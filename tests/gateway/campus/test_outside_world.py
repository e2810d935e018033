"""An address an administrator typed never leads into our own house."""

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gateway.clients.outside_world import (
    GuardedTransport,
    OutsideDown,
    ask_for_json,
    make_outside_client,
)

INSIDE = [
    "127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "fe80::1", "fc00::1",
    "0.0.0.0",  # noqa: S104 an address to refuse, not to bind to
    # An IPv4 address of the house inside an IPv6 one: NAT64, 6to4, Teredo, IPv4-compatible.
    "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::a00:1",
    "2002:7f00:1::1", "2002:a00:1::1", "2001:0:5db8:d70e::80ff:fffe", "::127.0.0.1", "::10.0.0.1",
]  # fmt: skip


def means(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def look_up(_host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, 0, 0, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_means_an_address_of_the_house_is_not_called(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    means(monkeypatch, address)
    with make_outside_client(loopback=False) as client, pytest.raises(OutsideDown):
        ask_for_json(client, "GET", "https://idp.example.edu/")


def test_one_bad_address_among_good_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    means(monkeypatch, "93.184.215.14", "10.0.0.1")
    with pytest.raises(httpx.ConnectError, match="outside world"):
        GuardedTransport(loopback=False)._addresses_of("idp.example.edu", 443)


def test_addresses_of_the_world_and_of_networks_the_operator_named_are_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guard = GuardedTransport(loopback=False, networks=[ip_network("10.1.0.0/16")])
    means(monkeypatch, "93.184.215.14", "10.1.2.3")
    assert guard._addresses_of("idp.example.edu", 443) == ["93.184.215.14", "10.1.2.3"]


@pytest.mark.parametrize(
    "address",
    ["64:ff9b::93.184.215.14", "64:ff9b::10.1.2.3", "::ffff:93.184.215.14", "fd00:64::10.9.9.9"],
)
def test_what_is_inside_an_address_decides_unless_the_operator_named_the_whole(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network with IPv6 alone reaches the world through NAT64."""
    named = [ip_network("10.1.0.0/16"), ip_network("fd00:64::/96")]
    means(monkeypatch, address)
    assert GuardedTransport(loopback=False, networks=named)._addresses_of("x.edu", 443) == [address]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Serve JSON over TLS on this machine with a certificate for a name; returns the address."""
    running: list[HTTPServer] = []

    def serve(name: str) -> str:
        server = HTTPServer(("127.0.0.1", 0), _Answer)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate(tmp_path, name))
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"https://localhost:{server.server_port}/"

    yield serve
    for server in running:
        server.shutdown()
        server.server_close()


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"host": self.headers["Host"]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def certificate(folder: Path, name: str) -> Path:
    """Write a key and a certificate for a name, signed with itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / f"{name}.pem"
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_the_certificate_must_be_for_the_name_though_an_address_is_called(
    served: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = served("localhost"), served("another.example")
    for name in ("localhost", "another.example"):
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / f"{name}.pem"))
        address = good if name == "localhost" else bad
        with make_outside_client(loopback=True) as client:
            if address == good:
                _, told = ask_for_json(client, "GET", address)
                assert told["host"] == address.removeprefix("https://").rstrip("/")
            else:
                with pytest.raises(OutsideDown):
                    ask_for_json(client, "GET", address)


def test_a_redirect_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://169.254.169.254/"}, json={})

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", lambda _, request: answer(request))
    means(monkeypatch, "93.184.215.14")
    with make_outside_client(loopback=False) as client:
        status, _ = ask_for_json(client, "GET", "https://idp.example.edu/")
    assert status == 302
