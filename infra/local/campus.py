"""Load the sample campus on the first start, and all of it or nothing."""

import threading

from infra.local.database_notes import read_note, write_note
from infra.local.foundation import Wiring, python
from infra.local.run_settings import RunSettings
from infra.local.supervisor import ProcessPlan, Supervisor

LOADER = "infra.sample_campus.load"
LOADED = "sample campus: loaded"
LOADING = "sample campus: loading"


def load_campus_once(
    wiring: Wiring,
    environment: dict[str, str],
    settings: RunSettings,
    supervisor: Supervisor,
    stop: threading.Event,
) -> None:
    """Load the sample campus unless this database has it; show the loader's progress."""
    gateway = f"{settings.database_prefix}gateway"
    if read_note(wiring.admin_url, gateway) == LOADED:
        return
    write_note(wiring.admin_url, gateway, LOADING)
    plan = ProcessPlan("sample campus", python("-m", LOADER), environment)
    supervisor.run_step(plan, stop, show=True)
    write_note(wiring.admin_url, gateway, LOADED)


def was_interrupted(admin_url: str, settings: RunSettings) -> bool:
    """Tell whether an earlier start was killed while it loaded the sample campus."""
    return read_note(admin_url, f"{settings.database_prefix}gateway") == LOADING
