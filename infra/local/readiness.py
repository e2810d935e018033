"""Wait until every part answers."""

import http.client
import threading
import time

from infra.local.failure import CannotStart
from infra.local.platform_parts import PARTS
from infra.local.run_settings import RunSettings
from infra.local.supervisor import Interrupted, Supervisor

READY_SECONDS = 90.0
LOOK_SECONDS = 0.05
MOST_RESTARTS = 3
LOOPBACK = "127.0.0.1"


def wait_until_ready(settings: RunSettings, supervisor: Supervisor, stop: threading.Event) -> None:
    """Return when every part says it is ready.

    Raises CannotStart when one keeps dying or none answers in time, Interrupted on `stop`.
    """
    waiting = [f"/api/{part.name}/v1/health/ready" for part in PARTS]
    deadline = time.monotonic() + READY_SECONDS
    while waiting:
        if stop.wait(LOOK_SECONDS):
            raise Interrupted
        supervisor.look_after()
        supervisor.refuse_if_dying(MOST_RESTARTS)
        if time.monotonic() > deadline:
            raise CannotStart(
                f"{waiting[0]} did not become ready within {READY_SECONDS:g} s; "
                f"the logs are in {settings.data / 'logs'}."
            )
        waiting = [path for path in waiting if not _is_ready(settings, path)]


def _is_ready(settings: RunSettings, path: str) -> bool:
    host = LOOPBACK if settings.host == "0.0.0.0" else settings.host  # noqa: S104 - compared, not bound
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
