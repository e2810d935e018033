"""The laptop's shape: one web server for all four parts, one worker process for all four."""

from pathlib import Path

from infra.local.foundation import python
from infra.local.metrics_folder import counting_together
from infra.local.run_settings import RunSettings
from infra.local.supervisor import ProcessPlan


def one_machine(settings: RunSettings, environment: dict[str, str]) -> list[ProcessPlan]:
    """Return the processes to run."""
    web = gunicorn(settings, "infra.local.web:build()", f"{settings.host}:{settings.port}")
    return [
        ProcessPlan("web", web, counting_together(settings.data, environment)),
        ProcessPlan("worker", python("-m", "infra.local.worker"), environment),
    ]


WORKER = "infra.local.web_worker.BoundedWorker"


def gunicorn(settings: RunSettings, application: str, bind: str) -> list[str]:
    """Return the command line of a web server; threads hold their p99 when connections grow."""
    memory = Path("/dev/shm")  # noqa: S108 - only empty heartbeat files, made with random names
    heartbeats = ["--worker-tmp-dir", str(memory)] if memory.is_dir() else []
    return [
        *python("-m", "gunicorn", "--worker-class", WORKER),
        *("--workers", str(settings.web_workers), "--threads", str(settings.web_threads)),
        *("--bind", bind, "--preload", "--no-control-socket", *heartbeats),
        *("--timeout", "60", "--graceful-timeout", "8", "--keep-alive", "15"),
        *("--log-level", "warning", application),
    ]
