"""`make run-scaled`: a process per service (web and worker) behind nginx, watched over."""

import sys

from infra.local.platform_run import start_platform
from infra.local.run_settings import SCALED
from infra.scaled.shape import separate_processes

if __name__ == "__main__":
    sys.exit(start_platform(separate_processes, SCALED))
