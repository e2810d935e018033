"""gunicorn's threads, each of which waits for a client only so long.

gunicorn's own read a request however slowly it comes: as many clients as there are threads, each
stopping in the middle of a line, would stop the platform for everybody. Behind nginx, which hands
on whole requests alone, none of this is seen.
"""

import errno
import gc
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from gunicorn.http.errors import ParseException  # type: ignore[import-untyped]  # it has no types
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]  # as above

Read = TypeVar("Read")


class HurriedSocket(socket.socket):
    """A client's connection that is given up when the client takes too long over a request."""

    stalled_seconds = 10.0
    """Without a byte of it."""
    request_seconds = 60.0
    """For the whole of it: the largest file anybody may send, over a slow line."""
    answer_seconds = 60.0
    """For a client to take a piece of the answer."""
    _until = 0.0

    def setblocking(self, flag: bool) -> None:
        """Begin to wait for a request: gunicorn says this before it reads one."""
        if flag:
            self._until = time.monotonic() + self.request_seconds
        super().setblocking(flag)

    def recv(self, *args: Any) -> bytes:
        """Read on; raises ConnectionResetError, which gunicorn takes for a client that left."""
        if time.monotonic() > self._until:
            raise _left("the request took too long")
        self.settimeout(self.stalled_seconds)
        try:
            return super().recv(*args)
        except TimeoutError as error:
            raise _left("the request stalled") from error

    def sendall(self, *args: Any) -> None:
        """Write on; raises ConnectionResetError as well."""
        self.settimeout(self.answer_seconds)
        try:
            super().sendall(*args)
        except TimeoutError as error:
            raise _left("the answer was not taken") from error


def _left(why: str) -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, why)


class _HurryingListener:
    """A listening socket whose connections are hurried."""

    def __init__(self, listener: Any, kind: type[HurriedSocket]) -> None:
        self._listener = listener
        self._kind = kind

    def accept(self) -> tuple[HurriedSocket, Any]:
        accepted, address = self._listener.accept()
        return self._kind(fileno=accepted.detach()), address

    def getsockname(self) -> Any:
        return self._listener.getsockname()


class _Body:
    """A request's body, of which nonsense between its chunks is what hanging up in it is.

    Python's frameworks know what to answer then (400); of gunicorn's own errors they know nothing.
    """

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, *args: Any) -> bytes:
        read: bytes = self._reading(self._body.read, *args)
        return read

    def readline(self, *args: Any) -> bytes:
        read: bytes = self._reading(self._body.readline, *args)
        return read

    def readlines(self, *args: Any) -> list[bytes]:
        return self._reading(self._body.readlines, *args)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.readline, b"")

    @staticmethod
    def _reading(method: Callable[..., Read], *args: Any) -> Read:
        try:
            return method(*args)
        except ParseException as error:
            raise _left("the body is not what HTTP wants") from error


def keep_what_is_loaded() -> None:
    """Take what a process has loaded out of the garbage collector's sight: it is never garbage.

    Else every full collection looks at some hundred thousand objects again, in the middle of a
    request, and writes to pages of memory that the processes of a server would share.
    """
    gc.collect()
    gc.freeze()


class BoundedWorker(ThreadWorker):  # type: ignore[misc]  # as above
    """The worker for `--worker-class`."""

    hurried = HurriedSocket

    def load_wsgi(self) -> None:
        """Load the application; it reads bodies as they should be, or hears of a lost client."""
        super().load_wsgi()
        application: Callable[[dict[str, Any], Any], Any] = self.wsgi  # type: ignore[has-type]  # gunicorn has none

        def with_body(environ: dict[str, Any], start_response: Any) -> Any:
            environ["wsgi.input"] = _Body(environ["wsgi.input"])
            return application(environ, start_response)

        self.wsgi = with_body
        keep_what_is_loaded()

    def accept(self, listener: Any) -> None:
        """Take a connection, and hurry it."""
        super().accept(_HurryingListener(listener, self.hurried))
