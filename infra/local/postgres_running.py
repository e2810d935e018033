"""Where the embedded PostgreSQL of a running platform listens, read from its folder."""

import socket
from pathlib import Path

from infra.local.failure import CannotStart
from infra.local.postgres import PostgresAddress
from infra.local.postgres_cluster import SUPERUSER

LOOPBACK = "127.0.0.1"
PORT_LINE = 3  # of postmaster.pid, counted from 0


def running_address(data: Path) -> PostgresAddress:
    """Return the address of the server on a data folder; raises CannotStart when none answers."""
    folder = data.resolve() / "postgres"
    try:
        lines = (folder / "cluster" / "postmaster.pid").read_text(encoding="utf-8").split("\n")
        port = int(lines[PORT_LINE])
        password = (folder / "superuser-password").read_text(encoding="utf-8")
        socket.create_connection((LOOPBACK, port), timeout=5).close()
    except (OSError, ValueError, IndexError) as error:
        raise nothing_runs(data) from error
    return PostgresAddress(LOOPBACK, port, SUPERUSER, password)


def nothing_runs(data: Path) -> CannotStart:
    """Return the sentence for a data folder on which no platform runs."""
    return CannotStart(f"No Atrium runs on the data folder {data}: start it first.")
