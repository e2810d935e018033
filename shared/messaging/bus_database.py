"""The embedded broker's database: pgmq's tables and functions, installed once."""

import psycopg
from pgmq.install import install_pgmq_from_sql

from shared.kernel.identifiers import lock_key
from shared.messaging.broker_url import conninfo_of, is_embedded

LOCK = lock_key("pgmq", "install")


def prepare_bus(broker_url: str) -> None:
    """Make the broker ready for a topology; again is harmless, and so is several at once.

    RabbitMQ needs nothing. For the embedded broker the database must exist; pgmq is installed in it
    when it is not there. Raises psycopg.OperationalError when the database cannot be reached.
    """
    if not is_embedded(broker_url):
        return
    with psycopg.connect(conninfo_of(broker_url)) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        found = connection.execute("SELECT to_regnamespace('pgmq') IS NOT NULL").fetchone()
        if found == (False,):
            install_pgmq_from_sql(conn=connection)
