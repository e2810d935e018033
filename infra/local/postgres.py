"""The embedded PostgreSQL: started from the wheel's programs, data in one folder, stopped clean.

Nothing but this module and its `postgres_*` siblings knows that PostgreSQL is embedded; everybody
else gets a URL.
"""

import secrets
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from infra.local.failure import CannotStart, cannot_write
from infra.local.postgres_cluster import SUPERUSER, make_cluster, quiet_environment
from infra.local.postgres_leftovers import stop_leftovers
from infra.local.postgres_programs import Programs, find_programs
from infra.local.postgres_user import postgres_user

START_SECONDS = 60.0
STOP_SECONDS = 20.0
ATTEMPTS = 5
PORTS = range(20_000, 30_000)  # below the range systems take for outgoing connections
LONGEST_SOCKET_FOLDER = 80  # a socket's path may have about 100 bytes
LARGEST_LOG = 10_000_000
STATUS_LINE = 7  # of postmaster.pid, counted from 0


@dataclass(frozen=True)
class PostgresAddress:
    """Where the server listens and who may do everything there."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def url(self, database: str = "postgres") -> str:
        """Return a URL of one database, as the superuser."""
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return f"postgresql://{login}@{self.host}:{self.port}/{database}"


class EmbeddedPostgres:
    """A PostgreSQL server of our own on a free loopback port.

    `folder` keeps everything (data, password, log, socket) in its sub-folder `postgres`. `options`
    are server settings (`{"fsync": "off"}` for tests). `programs` names a folder with PostgreSQL's
    programs and forbids any other.
    """

    def __init__(
        self, folder: Path, *, options: dict[str, str] | None = None, programs: Path | None = None
    ) -> None:
        """Remember what to start; nothing is done yet."""
        self.folder = folder.resolve() / "postgres"
        self._cluster = self.folder / "cluster"
        self._options = options or {}
        self._chosen = programs
        self._programs: Programs | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def origin(self) -> str:
        """Say which PostgreSQL runs, for people; known after start()."""
        return self._programs.origin if self._programs else "PostgreSQL, not started"

    def program(self, name: str) -> str:
        """Return the path of one of PostgreSQL's programs; known after start()."""
        if self._programs is None:
            msg = "the programs are looked for by start()"
            raise RuntimeError(msg)
        return self._programs.path(name)

    @property
    def process(self) -> subprocess.Popen[bytes] | None:
        """The server's process while it is meant to run."""
        return self._process

    def start(self) -> PostgresAddress:
        """Start the server (making its data first when there is none) and wait until it answers.

        Called again after the server died, it starts on the same port. Raises CannotStart with one
        sentence when it is not possible.
        """
        try:
            password = self._prepare()
        except OSError as error:
            raise cannot_write(self.folder.parent, error) from error
        for _ in range(ATTEMPTS):
            self._port = self._port if _is_free(self._port) else _free_port()
            self._launch()
            if self._became_ready():
                return PostgresAddress("127.0.0.1", self._port, SUPERUSER, password)
        raise CannotStart(
            f"PostgreSQL did not start; its log {self._log} ends: {self._last_words()}"
        )

    def stop(self) -> None:
        """Stop the server: at once for its clients, with everything committed kept."""
        process, self._process = self._process, None
        if process is None:
            return
        for ending in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if process.poll() is None:
                process.send_signal(ending)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            return

    def __enter__(self) -> PostgresAddress:
        """Start, for use in `with`."""
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self.stop()

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    @property
    def _socket_folder(self) -> Path:
        return self.folder / "socket"

    def _prepare(self) -> str:
        """Bring the folder into the state a server can be started on; return the password."""
        self.folder.mkdir(parents=True, exist_ok=True)
        user = postgres_user(self._cluster)
        self._programs = self._programs or find_programs(user, self.folder, self._chosen)
        password = self._password()
        stop_leftovers(self._cluster)
        make_cluster(self._cluster, self._programs, user, password)
        self._socket_folder.mkdir(mode=0o700, exist_ok=True)
        user.give(self._socket_folder)
        if self._log.exists() and self._log.stat().st_size > LARGEST_LOG:
            self._log.unlink()
        return password

    def _password(self) -> str:
        kept = self.folder / "superuser-password"
        if kept.exists() and (password := kept.read_text(encoding="utf-8")):
            return password
        if (self._cluster / "PG_VERSION").exists():
            raise CannotStart(f"The database's password file {kept} is gone: put it back.")
        password = secrets.token_urlsafe(24)
        kept.touch(mode=0o600)
        kept.write_text(password, encoding="utf-8")
        return password

    def _launch(self) -> None:
        short = len(str(self._socket_folder).encode()) <= LONGEST_SOCKET_FOLDER
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self._port),
            "unix_socket_directories": str(self._socket_folder) if short else "",
            "max_connections": "200",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",  # compiling costs more than our short statements
            **self._options,
        }
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.program("postgres"), "-D", str(self._cluster), *flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=quiet_environment(),
                start_new_session=True,  # Ctrl-C in the terminal is for the one who started us
                **postgres_user(self._cluster).identity(),
            )

    def _became_ready(self) -> bool:
        """Wait for the server's own word in its lock file; False when it ended instead."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process and self._process.poll() is None:
            if self._status() == "ready":
                return True
            time.sleep(0.01)
        self.stop()
        return False

    def _status(self) -> str:
        try:
            lines = (self._cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n")
        except OSError:
            return "starting"  # the file is written a moment after the process began
        return lines[STATUS_LINE].strip() if len(lines) > STATUS_LINE else "starting"

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        telling = [line for line in lines if "FATAL" in line or "PANIC" in line] or lines
        return telling[-1] if telling else "nothing"


def _free_port() -> int:
    while not _is_free(port := secrets.choice(PORTS)):
        pass
    return port


def _is_free(port: int) -> bool:
    if port == 0:
        return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
