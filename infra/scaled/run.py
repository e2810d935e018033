"""`make run-scaled`: a process per service (web and worker) behind nginx, watched over."""

import sys

from infra.local.platform_run import start_platform
from infra.local.run_settings import SCALED, RunSettings
from infra.scaled.nginx import nginx_program
from infra.scaled.shape import separate_processes


def require_nginx(_: RunSettings) -> None:
    """Raise CannotStart where the door of this shape is not installed."""
    nginx_program()


def main() -> int:
    """Run until told to stop; return the exit code."""
    return start_platform(separate_processes, SCALED, require=require_nginx)


if __name__ == "__main__":
    sys.exit(main())
