"""RabbitMQ for tests: where it is, and what a test leaves there."""

import os
from urllib.parse import urlsplit

import kombu

from shared.contracts.catalogue import LISTENERS

DEFAULT = "amqp://guest:guest@127.0.0.1:5672//"


def rabbitmq_url() -> str | None:
    """Return the address of the RabbitMQ server for tests, or None when none answers."""
    url = os.environ.get("ATRIUM_TEST_RABBITMQ_URL", DEFAULT)
    try:
        with kombu.Connection(url, connect_timeout=3) as connection:
            connection.connect()
    except OSError:
        return None
    return url


def remove_from_rabbitmq(url: str, exchange: str) -> None:
    """Delete the queues and exchanges of one test."""
    with kombu.Connection(url) as connection:
        channel = connection.channel()
        for service in LISTENERS:
            channel.queue_delete(f"{exchange}.{service}")
            channel.queue_delete(f"{exchange}.{service}.overflow")
        channel.exchange_delete(exchange)
        channel.exchange_delete(f"{exchange}.overflow")
        channel.close()


def embedded_broker(database_url: str) -> str:
    """Return the broker URL of a `bus` database."""
    return urlsplit(database_url)._replace(scheme="pgmq").geturl()
