"""pgbench on the same server in the same minutes: the machine's own measure (TPC-B, scale 10)."""

import re
import shutil
import subprocess

CLIENTS = 8
SCALE = 10


class BenchError(Exception):
    """A tool the benchmark needs is missing or failed; one sentence for the operator."""


def tool(name: str, package: str) -> str:
    """Return the path of a program; raises BenchError naming the Debian package that has it."""
    path = shutil.which(name)
    if path is None:
        raise BenchError(f"{name} is missing; Debian's package {package} has it.")
    return path


def prepare(url: str) -> None:
    """Fill pgbench's tables at scale 10 in the database of the URL."""
    _run([tool("pgbench", "postgresql-contrib"), "-i", "-q", "-s", str(SCALE), url])


def transactions_per_second(url: str, seconds: int = 10) -> float:
    """Run TPC-B with 8 clients for so many seconds and return transactions per second."""
    printed = _run(
        [
            tool("pgbench", "postgresql-contrib"),
            "-n",
            f"-c{CLIENTS}",
            "-j2",
            f"-T{seconds}",
            url,
        ]
    )
    found = re.search(r"tps = ([0-9.]+)", printed)
    if found is None:
        raise BenchError("pgbench printed no tps.")
    return float(found.group(1))


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise BenchError(f"{command[0]} failed: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout
