"""`make run`: the whole platform in a handful of processes, watched over until Ctrl-C."""

import sys

from infra.local.key_files import check_key_files
from infra.local.one_machine import one_machine
from infra.local.platform_run import start_platform

if __name__ == "__main__":
    sys.exit(start_platform(one_machine, require=check_key_files))
