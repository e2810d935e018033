"""Messaging in figures for Prometheus, read from the database when asked."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

log = logging.getLogger("atrium.messaging")

BACKLOG = """
SELECT count(*) AS waiting,
    coalesce(extract(epoch FROM clock_timestamp() - min(recordedat)), 0) AS oldest
FROM outbox WHERE published_at IS NULL
"""
PARKED = "SELECT status, count(*) FROM parked_message GROUP BY status"
# The server's own count of inserted rows: free, where counting the table would read all of it.
INSERTED = """
SELECT relname, n_tup_ins FROM pg_stat_user_tables WHERE relname IN ('outbox', 'inbox')
"""
GAPS = "SELECT source, missing FROM heard_through"


class MessagingMetrics(Collector):
    """The outbox's backlog, the desk, and what was written and heard, of one service."""

    def __init__(self, engine: Engine) -> None:
        """Read from this database at each scrape."""
        self._engine = engine

    def describe(self) -> Iterable[Metric]:
        """Name no metrics in advance: registering must not need the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Read the figures; while the database is away there are none, and one figure says so."""
        try:
            figures = read_figures(self._engine)
        except SQLAlchemyError as error:
            log.warning("the figures of messaging cannot be read: %s", error)
            figures = None
        yield GaugeMetricFamily(
            "atrium_messaging_readable",
            "1 when the figures of messaging could be read.",
            float(figures is not None),
        )
        if figures is not None:
            yield from _families(figures)


@dataclass(frozen=True, slots=True)
class Figures:
    """How messaging stands in one service.

    `waiting` messages are said and not yet with the broker, the oldest for `oldest_seconds`;
    `parked` by status, `inserted` rows by table, `missing` numbers by the source not heard from.
    """

    waiting: int
    oldest_seconds: float
    parked: Mapping[str, int]
    inserted: Mapping[str, int]
    missing: Mapping[str, int]


def read_figures(engine: Engine) -> Figures:
    """Read how messaging stands; raises SQLAlchemy's errors while the database is away."""
    with engine.connect() as connection:
        backlog = connection.exec_driver_sql(BACKLOG).one()
        return Figures(
            waiting=backlog.waiting,
            oldest_seconds=float(backlog.oldest),
            parked=_pairs(connection, PARKED),
            inserted=_pairs(connection, INSERTED),
            missing=_pairs(connection, GAPS),
        )


def _pairs(connection: Connection, statement: str) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.exec_driver_sql(statement)}


def _families(figures: Figures) -> Iterable[Metric]:
    yield GaugeMetricFamily(
        "atrium_outbox_backlog", "Messages not confirmed by the broker.", figures.waiting
    )
    yield GaugeMetricFamily(
        "atrium_outbox_oldest_seconds", "Age of the oldest of them.", figures.oldest_seconds
    )
    desk = GaugeMetricFamily(
        "atrium_parked_messages", "Messages on the dead-letter desk.", labels=["status"]
    )
    for status in ("retrying", "dead", "discarded"):
        desk.add_metric([status], figures.parked.get(status, 0))
    yield desk
    yield CounterMetricFamily(
        "atrium_outbox_written",
        "Rows written since the server's statistics began.",
        figures.inserted.get("outbox", 0),
    )
    yield CounterMetricFamily(
        "atrium_inbox_heard",
        "Messages taken in since the server's statistics began, repeats left out.",
        figures.inserted.get("inbox", 0),
    )
    missing = GaugeMetricFamily(
        "atrium_missing_messages", "Numbers never heard, per source.", labels=["source"]
    )
    for source, number in figures.missing.items():
        missing.add_metric([source], number)
    yield missing


def messaging_metrics(engine: Engine) -> MessagingMetrics:
    """Return a collector to register in the service's registry."""
    return MessagingMetrics(engine)
