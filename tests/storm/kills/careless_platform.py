"""The control's platform: `make run` with one promise taken out of its worker."""

import sys
from dataclasses import replace

from infra.local.foundation import python
from infra.local.one_machine import one_machine
from infra.local.platform_run import start_platform
from infra.local.run_settings import RunSettings
from infra.local.supervisor import ProcessPlan


def with_a_careless_worker(settings: RunSettings, environment: dict[str, str]) -> list[ProcessPlan]:
    """Return the usual processes, the worker replaced by the one the control names."""
    arguments = python("-m", "tests.storm.kills.careless_worker", sys.argv[1])
    return [
        replace(plan, arguments=arguments) if plan.name == "worker" else plan
        for plan in one_machine(settings, environment)
    ]


if __name__ == "__main__":
    sys.exit(start_platform(with_a_careless_worker))
