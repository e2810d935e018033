"""`make reset-scaled`: drop what `make run-scaled` made on the given servers."""

import sys

from infra.local.reset import main
from infra.local.run_settings import SCALED

if __name__ == "__main__":
    sys.exit(main(SCALED))
