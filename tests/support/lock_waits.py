"""Who waits for a lock in a database just now."""

from sqlalchemy import Engine

WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def waiting_for_locks(engine: Engine) -> int:
    """Count the sessions that wait; in a transaction of its own: within one it never changes."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(WAITING).scalar_one())
