"""Ask the servers the operator named whether they answer, before anything is built upon them."""

import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Thread
from urllib.parse import urlsplit

import psycopg

from infra.local.databases import refuse_old_server
from infra.local.failure import CannotStart

IN_PROCESS = "memory://"
LOOPBACK = "127.0.0.1"
AMQP_PORT = 5672
PATIENCE_SECONDS = 5


def check_databases(urls: Mapping[str, str]) -> None:
    """Raise CannotStart when a given database (by its part's name) cannot be entered or is old."""
    for name, url in urls.items():
        try:
            with psycopg.connect(url, connect_timeout=PATIENCE_SECONDS) as connection:
                refuse_old_server(connection)
        except psycopg.Error as error:
            first_line = str(error).strip().splitlines()[0]
            raise CannotStart(
                f"The database that ATRIUM_{name.upper()}_DATABASE_URL names cannot be used: "
                f"{first_line}"
            ) from error


def check_broker(url: str) -> None:
    """Raise CannotStart when a given RabbitMQ does not answer; other brokers are not asked."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("amqp"):
        return
    try:
        host, port = parts.hostname or LOOPBACK, parts.port or AMQP_PORT
    except ValueError as error:
        raise CannotStart("The port in ATRIUM_BROKER_URL is no port.") from error
    try:
        socket.create_connection((host, port), timeout=PATIENCE_SECONDS).close()
    except OSError as error:
        raise CannotStart(
            f"The broker at {host}:{port} does not answer ({error.strerror or error}): start it "
            "(`sh infra/install/servers.sh rabbitmq`) or name another with ATRIUM_BROKER_URL."
        ) from error


def check_rate_storage(address: str) -> None:
    """Raise SettingError for an address that is none, CannotStart when its server is silent."""
    if address == IN_PROCESS:
        return
    from shared.web.rate_storage import open_storage  # noqa: PLC0415 - the library slows every start

    storage = open_storage(address)
    healthy: list[bool] = []

    def ask() -> None:
        with suppress(Exception):  # whatever a server's library says: it is not healthy
            healthy.append(storage.check())

    asking = Thread(target=ask, daemon=True)  # no library promises how long it waits
    asking.start()
    asking.join(PATIENCE_SECONDS)
    if not any(healthy):
        raise CannotStart(
            "The server that ATRIUM_RATE_STORAGE names does not answer: start it, or leave the "
            "setting out, and each process counts requests for itself."
        )
