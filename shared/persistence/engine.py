"""The way to a service's own database: PostgreSQL 15 or newer through psycopg 3."""

from typing import cast

from sqlalchemy import Engine, QueuePool, create_engine

STATEMENT_TIMEOUT_MS = 30_000
LOCK_TIMEOUT_MS = 10_000
MAX_OVERFLOW = 4
MOST_KEPT = 8
KEPT_OF_MANY = 4


def make_engine(
    url: str, *, pool_size: int = 8, application_name: str = "atrium", patient: bool = False
) -> Engine:
    """Return an engine whose sessions speak UTC and give up rather than hang.

    `url` is a PostgreSQL URL (postgresql://...). A statement may take 30 s and wait 10 s for a
    lock; past that PostgreSQL refuses it and the edge answers 503. A `patient` one waits as long as
    it takes: for an operator's commands, such as a rebuild over years of acts.

    At most `pool_size` + 4 connections are open at once. Up to 8 stay open when not needed; of a
    larger pool 4 do, for who may need many (a worker whose jobs all fall due) seldom does, and
    eight processes must fit into the 100 connections a server allows when nobody sets it up.
    """
    kept = pool_size if pool_size <= MOST_KEPT else KEPT_OF_MANY
    statement_ms, lock_ms = (0, 0) if patient else (STATEMENT_TIMEOUT_MS, LOCK_TIMEOUT_MS)
    limits = f"-c statement_timeout={statement_ms} -c lock_timeout={lock_ms}"
    return create_engine(
        driver_url(url),
        pool_size=kept,
        max_overflow=pool_size - kept + MAX_OVERFLOW,
        pool_pre_ping=False,
        pool_use_lifo=True,
        hide_parameters=True,  # what people typed, and secrets, stay out of logged errors
        connect_args={
            "options": f"-c timezone=UTC {limits}",
            "application_name": application_name,
            "connect_timeout": 5,
            "prepare_threshold": 2,
        },
    )


def most_connections(engine: Engine) -> int:
    """Return how many connections an engine of `make_engine` lends at once."""
    pool = cast("QueuePool", engine.pool)
    return pool.size() + pool._max_overflow  # noqa: SLF001 - it has no public name


def driver_url(url: str) -> str:
    """Return the URL with the driver SQLAlchemy shall use named in it."""
    scheme, _, rest = url.partition("://")
    if scheme not in {"postgresql", "postgres", "postgresql+psycopg"}:
        msg = f"A database URL starts with postgresql://, not {scheme}://."
        raise ValueError(msg)
    return f"postgresql+psycopg://{rest}"
