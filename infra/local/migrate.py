"""Bring the four databases to the newest shape, one after the other."""

import sys

from infra.local.platform_parts import PARTS
from shared.persistence.migrate import upgrade


def main() -> int:
    """Run every part's migrations."""
    for part in PARTS:
        upgrade(part.migrations, part.settings().database_url)
    return 0


if __name__ == "__main__":
    sys.exit(main())
