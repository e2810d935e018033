"""`make reset`: wipe everything `make run` keeps, and nothing else that lies in the folder."""

import shutil
import sys

from infra.local.data_folder import DataFolder
from infra.local.failure import CannotStart
from infra.local.foundation import Foundation
from infra.local.metrics_folder import forget_figures
from infra.local.postgres_leftovers import stop_leftovers
from infra.local.run_settings import EMBEDDED, Defaults, RunSettings
from infra.local.supervisor import Supervisor
from shared.kernel.settings import SettingError

OURS = ("postgres", "secrets", "logs", "mail", "nginx", "jwks.json", "processes.json", "lock")
REFUSED = 2


def main(defaults: Defaults = EMBEDDED) -> int:
    """Wipe; return the exit code (2 when it is not possible, with a sentence)."""
    try:
        settings = RunSettings.from_environment(defaults)
        wipe(settings)
    except (CannotStart, SettingError) as error:
        print(f"Atrium cannot be reset: {error}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"Atrium cannot be reset: {error.strerror or error}{where}.", file=sys.stderr)
        return REFUSED
    print(f"The data in {settings.data} is gone; the next start begins afresh.")
    return 0


def wipe(settings: RunSettings) -> None:
    """Stop leftovers, drop what we made on a given server, remove our files."""
    if not settings.data.exists() and not settings.postgres_url:
        return
    data = DataFolder(settings.data)
    data.open()
    try:
        _wipe(settings)
    finally:
        data.close()
    if not any(settings.data.iterdir()):
        settings.data.rmdir()


def _wipe(settings: RunSettings) -> None:
    Supervisor(settings.data, print).end_leftovers()
    stop_leftovers(settings.data.resolve() / "postgres" / "cluster")
    if settings.postgres_url:
        Foundation(settings, print).drop_databases(settings.postgres_url)
    forget_figures(settings.data)
    for name in OURS:
        path = settings.data / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
