"""The scaled shape on one machine: a web server and a worker for each part, behind nginx."""

import socket
from contextlib import ExitStack

from infra.local.foundation import python
from infra.local.metrics_folder import counting_together
from infra.local.one_machine import gunicorn
from infra.local.platform_parts import GATEWAY, PARTS
from infra.local.run_settings import RunSettings
from infra.local.supervisor import ProcessPlan
from infra.scaled.nginx import write_configuration

LOOPBACK = "127.0.0.1"


def separate_processes(settings: RunSettings, environment: dict[str, str]) -> list[ProcessPlan]:
    """Return the processes to run; raises CannotStart when nginx is missing."""
    ports = dict(zip((part.name for part in PARTS), _free_ports(len(PARTS)), strict=True))
    upstreams = {name: f"{LOOPBACK}:{port}" for name, port in ports.items()}
    keys = f"http://{upstreams[GATEWAY.name]}/.well-known/jwks.json"
    wired = environment | {"ATRIUM_JWKS": keys, "ATRIUM_TRUSTED_PROXIES": "1"}
    del wired["ATRIUM_JWKS_OUT"]  # the parts may be on different machines: keys go over HTTP
    plans = [
        ProcessPlan(
            "nginx",
            write_configuration(
                settings.data / "nginx", f"{settings.host}:{settings.port}", upstreams
            ),
            wired,
        )
    ]
    for part in PARTS:
        web = gunicorn(settings, f"{part.package}.wsgi:build()", upstreams[part.name])
        together = counting_together(settings.data, wired, part.name)
        plans.append(ProcessPlan(f"web-{part.name}", web, together))
    for part in PARTS:
        worker = python("-m", f"{part.package}.cli", "worker")
        plans.append(ProcessPlan(f"worker-{part.name}", worker, wired))
    return plans


def _free_ports(count: int) -> list[int]:
    """Return ports nobody listens on; held all at once, so that they differ."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]
