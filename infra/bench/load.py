"""Prepared requests sent by wrk over a few connections, and what came of them."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from infra.bench.yardstick import BenchError, tool

SCRIPT = Path(__file__).with_name("requests.lua")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """One request as it will be sent."""

    method: str
    path: str
    token: str
    key: str = ""
    body: str = ""

    def line(self) -> str:
        """Return the request as the script reads it."""
        return f"{self.method}\t{self.path}\t{self.token}\t{self.key}\t{self.body}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run of requests came to; latencies in milliseconds."""

    seconds: float
    requests: int
    p50_ms: float
    p99_ms: float
    max_ms: float
    s200: int
    s201: int
    s409: int
    other: int
    last_other: int
    socket_errors: int


def send(
    base_url: str, prepared: list[Prepared], folder: Path, *, seconds: int, connections: int = 8
) -> Outcome:
    """Send the prepared requests for so many seconds; raises BenchError if wrk fails."""
    file = folder / "requests.tsv"
    file.write_text("\n".join(p.line() for p in prepared) + "\n", encoding="utf-8")
    command = [tool("wrk", "wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s"]
    command += ["-s", str(SCRIPT), base_url, "--", str(file), "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    for line in done.stdout.splitlines():
        if line.startswith("RESULT "):
            return Outcome(**json.loads(line.removeprefix("RESULT ")))
    raise BenchError(f"wrk printed no result: {done.stderr.strip()[-300:]}")
