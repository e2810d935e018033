"""See that the port people will open is free, and name who has it."""

import contextlib
import errno
import socket

import psutil

from infra.local.failure import CannotStart


def check_port_is_free(host: str, port: int) -> None:
    """Raise CannotStart when we could not listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _refusal(host, port, error) from error


def _refusal(host: str, port: int, error: OSError) -> CannotStart:
    if error.errno == errno.EADDRINUSE:
        return CannotStart(
            f"Port {port} is taken{_holder(port)}: stop that program or choose another port, "
            f"as in ATRIUM_PORT={port + 1 if port < 65_535 else 8000} make run."
        )
    return CannotStart(f"Cannot listen on {host} port {port}: {error.strerror or error}.")


def _holder(port: int) -> str:
    """Name the process that listens, as far as the system lets us see it."""
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN
            if listens and connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    return ""
