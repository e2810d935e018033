"""Outgoing mail in figures for Prometheus, read from the database when asked."""

import logging
from collections.abc import Iterable

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from gateway.domain.mail import Status

log = logging.getLogger("atrium.mail")

COUNTS = "SELECT status, count(*) FROM mail GROUP BY status"
OLDEST = """
SELECT coalesce(extract(epoch FROM clock_timestamp() - min(due_since)), 0)
FROM mail WHERE status = 'due'
"""


class MailMetrics(Collector):
    """How many mails stand how, and how long the oldest has been waiting."""

    def __init__(self, engine: Engine) -> None:
        """Read from this database at each scrape."""
        self._engine = engine

    def describe(self) -> Iterable[Metric]:
        """Name no metrics in advance: registering must not need the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Read the figures; none while the database is away."""
        try:
            with self._engine.connect() as connection:
                rows = connection.exec_driver_sql(COUNTS).all()
                oldest = float(connection.exec_driver_sql(OLDEST).scalar_one())
        except SQLAlchemyError as error:
            log.warning("the figures of mail cannot be read: %s", error)
            return
        counts = {row[0]: row[1] for row in rows}
        family = GaugeMetricFamily("atrium_mails", "Mails kept, by status.", labels=["status"])
        for status in Status:
            family.add_metric([status.value], counts.get(status.value, 0))
        yield family
        yield GaugeMetricFamily(
            "atrium_mail_oldest_due_seconds", "Age of the oldest mail not sent yet.", oldest
        )
