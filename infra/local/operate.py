"""`make operate`: an operator's command of one part, on the platform that runs.

python -m infra.local.operate gateway create-account --help
python -m infra.local.operate engagement rebuild
"""

import subprocess
import sys

from infra.local.failure import CannotStart
from infra.local.foundation import Foundation, python
from infra.local.platform_parts import PARTS
from infra.local.run_settings import EMBEDDED, Defaults, RunSettings
from shared.kernel.settings import SettingError

REFUSED = 2


def main(defaults: Defaults = EMBEDDED) -> int:
    """Run the command; return its exit code, or 2 with a sentence when that is not possible."""
    packages = {part.name: part.package for part in PARTS}
    part, *command = sys.argv[1:] or [""]
    if part not in packages:
        names = ", ".join(packages)
        print(f"Say of which part: one of {names}, then its command (or --help).", file=sys.stderr)
        return REFUSED
    try:
        foundation = Foundation(RunSettings.from_environment(defaults), print)
        environment = foundation.environment(foundation.wiring_of_a_run())
    except (CannotStart, SettingError) as error:
        print(f"Not possible: {error}", file=sys.stderr)
        return REFUSED
    arguments = python("-m", f"{packages[part]}.cli", *command)
    return subprocess.run(arguments, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
