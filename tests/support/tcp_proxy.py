"""A TCP proxy that can be cut, so that a test can take a broker away without stopping it."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

CHUNK = 65_536


class TcpProxy:
    """Listens on a free loopback port and passes bytes to and fro while it is not cut."""

    def __init__(self, url: str, default_port: int) -> None:
        """Lead to the server of a URL."""
        parts = urlsplit(url)
        self._url = url
        self._target = (parts.hostname or "127.0.0.1", parts.port or default_port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._open = True

    @property
    def url(self) -> str:
        """The server's URL, by way of this proxy."""
        parts = urlsplit(self._url)
        login, _, _ = parts.netloc.rpartition("@")
        port = self._listener.getsockname()[1]
        return parts._replace(netloc=f"{login}@127.0.0.1:{port}").geturl()

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cut()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def cut(self) -> None:
        """Break every connection and refuse new ones."""
        with self._lock:
            self._open = False
            for one in self._sockets:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let connections through again."""
        with self._lock:
            self._open = True

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._connect(client)

    def _connect(self, client: socket.socket) -> None:
        with self._lock:
            if not self._open:
                client.close()
                return
            server = socket.create_connection(self._target, timeout=5)
            server.settimeout(None)
            self._sockets |= {client, server}
        left = [2]
        self._start(lambda: self._pass(client, server, left))
        self._start(lambda: self._pass(server, client, left))

    def _pass(self, source: socket.socket, target: socket.socket, left: list[int]) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(CHUNK):
                target.sendall(chunk)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
        with self._lock:
            left[0] -= 1
            if left[0] == 0:
                self._sockets -= {source, target}
                source.close()
                target.close()

    def _start(self, target: object) -> None:
        thread = threading.Thread(target=target, daemon=True)  # type: ignore[arg-type]  # a callable
        self._threads.append(thread)
        thread.start()
