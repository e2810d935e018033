"""Load the sample campus on the first start, and all of it or nothing."""

import threading

from infra.local.database_notes import read_note, write_note
from infra.local.foundation import Wiring, python
from infra.local.supervisor import ProcessPlan, Supervisor

LOADER = "infra.sample_campus.load"
LOADED = "sample campus: loaded"
LOADING = "sample campus: loading"


def load_campus_once(
    wiring: Wiring, environment: dict[str, str], supervisor: Supervisor, stop: threading.Event
) -> None:
    """Load the sample campus unless these databases have it; show the loader's progress."""
    gateway = wiring.database_urls["gateway"]
    if read_note(gateway) == LOADED:
        return
    write_note(gateway, LOADING)
    plan = ProcessPlan("sample campus", python("-m", LOADER), environment)
    supervisor.run_step(plan, stop, show=True)
    write_note(gateway, LOADED)


def was_interrupted(wiring: Wiring) -> bool:
    """Tell whether an earlier start was killed while it loaded the sample campus."""
    return read_note(wiring.database_urls["gateway"]) == LOADING
