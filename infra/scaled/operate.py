"""`make operate-scaled`: an operator's command of one part, on the scaled platform that runs."""

import sys

from infra.local.operate import main
from infra.local.run_settings import SCALED

if __name__ == "__main__":
    sys.exit(main(SCALED))
