"""`make upgrade-data`: bring data of an older major version of PostgreSQL into the present one."""

import subprocess
import sys
from pathlib import Path

from infra.local.data_folder import DataFolder
from infra.local.failure import CannotStart
from infra.local.postgres import EmbeddedPostgres, PostgresAddress
from infra.local.postgres_cluster import quiet_environment
from infra.local.postgres_programs import machine_folders
from infra.local.run_settings import RunSettings
from shared.kernel.clock import SystemClock
from shared.kernel.settings import SettingError

REFUSED = 2


def main() -> int:
    """Dump with the old programs, restore with the new ones; return the exit code."""
    try:
        settings = RunSettings.from_environment()
        data = DataFolder(settings.data)
        data.open()
        try:
            return _upgrade(settings)
        finally:
            data.close()
    except (CannotStart, SettingError) as error:
        print(f"The data cannot be upgraded: {error}", file=sys.stderr)
        return REFUSED


def _upgrade(settings: RunSettings) -> int:
    folder = settings.data.resolve() / "postgres"
    cluster = folder / "cluster"
    if not (cluster / "PG_VERSION").exists():
        raise CannotStart(f"there is no data in {cluster}.")
    written_by = int((cluster / "PG_VERSION").read_text(encoding="utf-8"))
    old = EmbeddedPostgres(settings.data, programs=_programs_of(written_by, settings))
    dump = folder / f"dump-{SystemClock().now():%Y%m%d-%H%M%S}.sql"
    with old as address:
        _run([old.program("pg_dumpall"), "-f", str(dump)], address)
    kept = cluster.with_name(f"cluster-{written_by}-{SystemClock().now():%Y%m%d-%H%M%S}")
    cluster.rename(kept)
    print(f"Dumped to {dump}; the old data is kept in {kept}.")
    new = EmbeddedPostgres(settings.data)
    with new as address:
        _run([new.program("psql"), "-q", "-o", "/dev/null", "-f", str(dump)], address)
        print(f"Restored into {new.origin}. When all is well, remove {kept.name} and {dump.name}.")
    return 0


def _programs_of(major: int, settings: RunSettings) -> Path:
    """Return the folder of the old version's programs: named by the operator, or on the machine."""
    if settings.postgres_programs is not None:
        return settings.postgres_programs
    for folder in machine_folders():
        asked = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
        )
        if f") {major}." in asked.stdout:
            return folder
    raise CannotStart(
        f"the programs of PostgreSQL {major} are needed to read it: install that version, or name "
        "their folder with ATRIUM_POSTGRES_PROGRAMS."
    )


def _run(arguments: list[str], address: PostgresAddress) -> None:
    done = subprocess.run(
        [*arguments, "-d", address.url()],
        capture_output=True,
        text=True,
        check=False,
        env=quiet_environment() | {"PGPASSWORD": address.password},  # pg_dumpall connects again
    )
    errors = [line for line in done.stderr.splitlines() if "ERROR:" in line or "error:" in line]
    # The one role that is there already is the one we work as.
    serious = [line for line in errors if f'role "{address.user}" already exists' not in line]
    if done.returncode != 0 or serious:
        raise CannotStart(f"{Path(arguments[0]).name} failed: {'; '.join(serious)}")


if __name__ == "__main__":
    sys.exit(main())
