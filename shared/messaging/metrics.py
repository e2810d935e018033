"""Messaging in figures for Prometheus, read from the database when asked."""

from collections.abc import Iterable

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine

BACKLOG = """
SELECT count(*) AS waiting,
    coalesce(extract(epoch FROM clock_timestamp() - min(recordedat)), 0) AS oldest
FROM outbox WHERE published_at IS NULL
"""
PARKED = "SELECT status, count(*) AS number FROM parked_message GROUP BY status"
# The server's own count of inserted rows: free, where counting the table would read all of it.
INSERTED = """
SELECT relname, n_tup_ins FROM pg_stat_user_tables WHERE relname IN ('outbox', 'inbox')
"""
GAPS = "SELECT source, missing, complete_to FROM heard_through"


class MessagingMetrics(Collector):
    """The outbox's backlog, the desk, and what was written and heard, of one service."""

    def __init__(self, engine: Engine) -> None:
        """Read from this database at each scrape."""
        self._engine = engine

    def describe(self) -> Iterable[Metric]:
        """Name no metrics in advance: registering must not need the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Read the figures; raises SQLAlchemy's errors when the database is away."""
        with self._engine.connect() as connection:
            backlog = connection.exec_driver_sql(BACKLOG).one()
            parked = {row.status: row.number for row in connection.exec_driver_sql(PARKED)}
            inserted = {row.relname: row.n_tup_ins for row in connection.exec_driver_sql(INSERTED)}
            gaps = connection.exec_driver_sql(GAPS).all()
        yield GaugeMetricFamily(
            "atrium_outbox_backlog", "Messages not confirmed by the broker.", backlog.waiting
        )
        yield GaugeMetricFamily(
            "atrium_outbox_oldest_seconds", "Age of the oldest of them.", float(backlog.oldest)
        )
        desk = GaugeMetricFamily(
            "atrium_parked_messages", "Messages on the dead-letter desk.", labels=["status"]
        )
        for status in ("retrying", "dead", "discarded"):
            desk.add_metric([status], parked.get(status, 0))
        yield desk
        yield CounterMetricFamily(
            "atrium_outbox_written", "Rows written since statistics began.", inserted.get("outbox")
        )
        yield CounterMetricFamily(
            "atrium_inbox_heard", "Rows written, repeats left out.", inserted.get("inbox")
        )
        missing = GaugeMetricFamily(
            "atrium_missing_messages", "Numbers never heard, per source.", labels=["source"]
        )
        for row in gaps:
            missing.add_metric([row.source], row.missing)
        yield missing


def messaging_metrics(engine: Engine) -> MessagingMetrics:
    """Return a collector to register in the service's registry."""
    return MessagingMetrics(engine)
