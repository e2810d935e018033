"""One running platform as tests see it: addresses, databases, commands, restart, stop."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import psutil
import psycopg
from psycopg import sql

from infra.local.platform_parts import PARTS
from tests.support import brokers
from tests.support.local_platform import REPOSITORY
from tests.support.polling import eventually

STOP_SECONDS = 40.0
RESTART_SECONDS = 60.0


@dataclass(frozen=True)
class PlatformProcess:
    """Where a running platform is; plain values, so that every process of the run can have it."""

    shape: str
    data: str
    port: int
    pid: int
    prefix: str = ""
    """Of its databases; empty on the embedded server, which is all its own."""
    server_url: str = ""
    """The installed server's superuser; empty for the embedded one."""
    broker_url: str = ""
    exchange: str = "atrium"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def public_url(self) -> str:
        """As the platform calls itself: the issuer of its tokens."""
        return f"http://localhost:{self.port}"

    def database_url(self, service: str) -> str:
        """The superuser's way to a service's database."""
        admin = self.server_url or self._embedded_url()
        return urlunsplit(urlsplit(admin)._replace(path=f"/{self.prefix}{service}"))

    def secret(self, name: str) -> str:
        return Path(self.data, "secrets", name).read_text(encoding="utf-8")

    def command_line(
        self, module: str, *arguments: str, **settings: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run an operator's command against this platform; `settings` are ATRIUM_<NAME>."""
        named = {f"ATRIUM_{name.upper()}": value for name, value in settings.items()}
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=REPOSITORY,
            env=bare_environment() | self._command_settings() | named,
            capture_output=True,
            check=True,
            timeout=60,
        )

    def restart_web(self) -> None:
        """Kill the web servers as an accident would; the supervisor starts them again."""
        before = self._web_servers()
        assert before
        for server in before:
            server.kill()
        eventually(lambda: not any(is_running(server) for server in before), within=60)
        eventually(
            lambda: len(self._web_servers()) == len(before), within=RESTART_SECONDS, step=0.05
        )
        eventually(self.answers, within=RESTART_SECONDS, step=0.05)

    def answers(self) -> bool:
        try:
            paths = [f"/api/{part.name}/v1/health/ready" for part in PARTS]
            return all(httpx.get(f"{self.base_url}{path}").status_code == 200 for path in paths)
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        """Ctrl-C; fails when a process outlives it."""
        left: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):
            supervisor = psutil.Process(self.pid)
            everyone = [supervisor, *supervisor.children(recursive=True)]
            supervisor.send_signal(signal.SIGINT)
            _, left = psutil.wait_procs(everyone, timeout=STOP_SECONDS)
        # Where the machine's first process collects no orphans (containers), the dead stay listed.
        left = [process for process in left if is_running(process)]
        for process in left:
            process.kill()
        self._clear_away()
        assert not left, f"the platform stopped and left {left}"

    def _embedded_url(self) -> str:
        folder = Path(self.data, "postgres")
        port = (folder / "cluster" / "postmaster.pid").read_text().splitlines()[3]
        password = (folder / "superuser-password").read_text()
        return f"postgresql://atrium:{password}@127.0.0.1:{port}/postgres"

    def _command_settings(self) -> dict[str, str]:
        urls = {f"ATRIUM_{p.name.upper()}_DATABASE_URL": self.database_url(p.name) for p in PARTS}
        return urls | {
            "ATRIUM_BROKER_URL": self.broker_url or "pgmq://not-used-by-commands/bus",
            "ATRIUM_EXCHANGE": self.exchange,
            "ATRIUM_PUBLIC_URL": self.public_url,
            "ATRIUM_ISSUER": self.public_url,
            "ATRIUM_JWKS": f"{self.public_url}/.well-known/jwks.json",
            "ATRIUM_GATEWAY_SECRET": self.secret("gateway-secret"),
            "ATRIUM_PSEUDONYM_KEY": self.secret("pseudonym-key"),
        }

    def _web_servers(self) -> list[psutil.Process]:
        """The masters of the web servers: the supervisor's own children."""
        children = psutil.Process(self.pid).children()
        return [
            one for one in children if is_running(one) and "gunicorn" in " ".join(one.cmdline())
        ]

    def _clear_away(self) -> None:
        if self.broker_url:
            brokers.remove_from_rabbitmq(self.broker_url, self.exchange)
        if self.server_url:
            with psycopg.connect(self.server_url, autocommit=True) as connection:
                for part in PARTS:
                    name = sql.Identifier(f"{self.prefix}{part.name}")
                    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
                    connection.execute(drop)
                    connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(name))
        shutil.rmtree(self.data, ignore_errors=True)


def is_running(process: psutil.Process) -> bool:
    """Tell a process that works from one that is gone, or only not yet buried."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def bare_environment() -> dict[str, str]:
    """Return our environment without any setting of a platform."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("ATRIUM_", "MAKE"))}
