"""The data folder of the embedded PostgreSQL: made once, then checked at every start."""

import locale
import os
import shutil
import subprocess
from pathlib import Path

from infra.local.failure import CannotStart
from infra.local.postgres_programs import Programs
from infra.local.postgres_user import PostgresUser

SUPERUSER = "atrium"
BUILTIN_PROVIDER_SINCE = 17


def make_cluster(cluster: Path, programs: Programs, user: PostgresUser, password: str) -> None:
    """Make the data folder unless it is there; raises CannotStart when it cannot be used.

    It is made under another name and renamed when complete, so a kill half-way leaves nothing
    that could be taken for data.
    """
    if (cluster / "PG_VERSION").exists():
        _refuse_other_major(cluster, programs)
        return
    unfinished = cluster.with_name(f"{cluster.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    user.give(unfinished)
    secret = cluster.with_name("first-password")
    _write_secret(secret, password, user)
    try:
        _initdb(unfinished, secret, programs, user)
    finally:
        secret.unlink()
    unfinished.rename(cluster)


def quiet_environment() -> dict[str, str]:
    """Return an environment for PostgreSQL's programs without this shell's PG* settings."""
    kept = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C"}


def _write_secret(path: Path, password: str, user: PostgresUser) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(password, encoding="utf-8")
    user.give(path)


def _initdb(folder: Path, secret: Path, programs: Programs, user: PostgresUser) -> None:
    arguments = [
        *(programs.path("initdb"), "-D", str(folder), "-U", SUPERUSER),
        *("--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8"),
        *_locale_arguments(programs),
    ]
    done = subprocess.run(
        arguments,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=quiet_environment(),
        **user.identity(),
    )
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.strip()] or ["no reason given"]
        raise CannotStart(f"PostgreSQL could not make its data folder {folder}: {said[0]}")


def _locale_arguments(programs: Programs) -> list[str]:
    """Sort by code point everywhere alike, yet know Chinese characters as letters (pg_trgm)."""
    arguments = [f"--locale={_utf8_locale()}", "--lc-collate=C", "--lc-messages=C"]
    if programs.major >= BUILTIN_PROVIDER_SINCE:
        arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return arguments


def _utf8_locale() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_US.UTF-8"):
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"


def _refuse_other_major(cluster: Path, programs: Programs) -> None:
    written_by = int((cluster / "PG_VERSION").read_text(encoding="utf-8"))
    if written_by != programs.major:
        raise CannotStart(
            f"The data in {cluster} was written by PostgreSQL {written_by} and cannot be opened by "
            f"{programs.origin}: dump and restore it with `make upgrade-data` (it needs the "
            f"programs of PostgreSQL {written_by}), or start afresh with `make reset`."
        )
