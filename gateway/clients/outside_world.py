"""Ask servers an administrator named: bounded in time and size, and never led into our own house.

An address from a form (or from a document that form led to) may point at what only this machine can
reach: a database's port, a cloud's metadata service. So every name is looked up once, every address
it has must be one of the outside world's, and the connection goes to that address: a name that
changes between looking and connecting gains nothing.
"""

import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import certifi
import httpx

from gateway.clients.addresses import destination, is_outside

MOST_BYTES = 256 * 1024
TIMEOUT = httpx.Timeout(5.0, connect=3.0)
LONGEST_SECONDS = 10.0
MOST_ADDRESSES = 3
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class OutsideDown(Exception):
    """No sensible answer came; the text is for the log and names no secret."""


class GuardedTransport(httpx.BaseTransport):
    """Connects to addresses of the outside world alone, and to networks the operator named.

    With `loopback` this very machine will do as well: for trying things out.
    """

    def __init__(
        self, *, loopback: bool, networks: Sequence[Network] = (), most_connections: int = 20
    ) -> None:
        """Allow this machine, or these networks, besides the outside world."""
        self._loopback = loopback
        self._networks = tuple(networks)
        limits = httpx.Limits(max_connections=most_connections, max_keepalive_connections=5)
        self._inner = httpx.HTTPTransport(verify=_trust(), limits=limits, trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Look the name up, check what it means, and connect to exactly that."""
        host = request.url.host
        addresses = self._addresses_of(host, request.url.port or 443)
        request.headers["Host"] = request.url.netloc.decode("ascii")
        request.extensions = {**request.extensions, "sni_hostname": host}
        for address in addresses[:-1]:
            request.url = request.url.copy_with(host=address)
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return self._inner.handle_request(request)
        request.url = request.url.copy_with(host=addresses[-1])
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Give the connections back."""
        self._inner.close()

    def _addresses_of(self, host: str, port: int) -> Sequence[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpx.ConnectError(f"{host} is not known") from error
        addresses = [str(sockaddr[0]).partition("%")[0] for *_, sockaddr in found]
        if not addresses or not all(self._may_reach(address) for address in addresses):
            raise httpx.ConnectError(f"{host} does not lie in the outside world")
        return list(dict.fromkeys(addresses))[:MOST_ADDRESSES]

    def _may_reach(self, address: str) -> bool:
        ip = destination(address)
        if ip.is_loopback:
            return self._loopback
        return any(ip in network for network in self._networks) or is_outside(ip)


def _trust() -> ssl.SSLContext:
    """Trust the machine's authorities, so that a campus can add its own, and the usual ones."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def make_outside_client(*, loopback: bool, networks: Sequence[Network] = ()) -> httpx.Client:
    """Return a client for `ask_for_json`; it follows no redirects and takes no proxy."""
    transport = GuardedTransport(loopback=loopback, networks=networks)
    return httpx.Client(
        transport=transport, timeout=TIMEOUT, follow_redirects=False, trust_env=False
    )


def ask_for_json(
    client: httpx.Client, method: str, address: str, **asked: Any
) -> tuple[int, Mapping[str, Any]]:
    """Return status and JSON object; raises OutsideDown for anything else, too large or too slow.

    `asked` is what httpx takes: data, headers, auth.
    """
    until = time.monotonic() + LONGEST_SECONDS
    body = b""
    try:
        with client.stream(method, address, **asked) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > MOST_BYTES or time.monotonic() > until:
                    raise OutsideDown("too large or too slow an answer")
        found = json.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise OutsideDown(type(error).__name__) from error
    except (ValueError, RecursionError) as error:
        raise OutsideDown("the answer is not JSON") from error
    if not isinstance(found, dict):
        raise OutsideDown("the answer is not a JSON object")
    return response.status_code, found
