"""What every form of the platform stands on: data folder, PostgreSQL, databases, bus, secrets."""

import os
import secrets
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from infra.local.data_folder import DataFolder, write_a_probe
from infra.local.databases import database_url, drop_databases, make_databases
from infra.local.failure import CannotStart, cannot_write
from infra.local.given_servers import (
    IN_PROCESS,
    check_broker,
    check_databases,
    check_rate_storage,
)
from infra.local.platform_parts import PARTS
from infra.local.postgres import EmbeddedPostgres, PostgresAddress
from infra.local.postgres_running import nothing_runs, running_address
from infra.local.run_settings import REPOSITORY, RunSettings
from infra.local.secret_files import SecretFiles
from shared.kernel.settings import read_setting
from shared.messaging.bus_database import prepare_bus

BUS = "bus"
SIGNING_SECRET_BYTES = 32
RESTART_PAUSE_SECONDS = 1.0


@dataclass(frozen=True)
class Wiring:
    """Where the databases and the broker are."""

    admin_url: str
    database_urls: dict[str, str]
    broker_url: str


class Foundation:
    """Brings up what processes need before they start, and takes it down after they stopped."""

    def __init__(self, settings: RunSettings, say: Callable[[str], None]) -> None:
        """Prepare to work by these settings and to tell the operator through `say`."""
        self.settings = settings
        self.data = DataFolder(settings.data)
        self.secrets = SecretFiles(settings.data / "secrets")
        self._say = say
        self._postgres: EmbeddedPostgres | None = None
        self._next_restart = 0.0

    @property
    def database_origin(self) -> str:
        """Say which PostgreSQL holds the data."""
        return self._postgres.origin if self._postgres else "the given PostgreSQL server"

    def raise_up(self) -> Wiring:
        """Start PostgreSQL if it is ours, make databases and bus; raises CannotStart.

        The servers and the folder for mail that the operator named are tried first.
        """
        check_databases(self.settings.database_urls)
        check_broker(self.settings.broker_url)
        check_rate_storage(read_setting("RATE_STORAGE", IN_PROCESS))
        self._check_mail_folder()
        admin_url = self.settings.postgres_url
        if self._ours and not admin_url:
            admin_url = self._start_postgres().url()
        return self._make_databases(admin_url)

    def _check_mail_folder(self) -> None:
        if read_setting("SMTP_HOST", ""):
            return
        folder = self.settings.mail_folder
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # letters name people
            write_a_probe(folder)
        except OSError as error:
            raise cannot_write(
                folder, error, what="folder for mail", setting="MAIL_FOLDER"
            ) from error

    def wiring_of_a_run(self) -> Wiring:
        """Return where the platform that runs on these settings has everything.

        Raises CannotStart when none does.
        """
        if not self.secrets.folder.exists():
            raise nothing_runs(self.settings.data)
        admin_url = self.settings.postgres_url
        if self._ours and not admin_url:
            admin_url = running_address(self.settings.data).url()
        prefix = self.settings.database_prefix
        made = {
            name: database_url(admin_url, f"{prefix}{name}", self.secrets.get(f"database-{name}"))
            for name in self._ours
        }
        return self._wired(admin_url, made)

    def start_over(self, wiring: Wiring) -> Wiring:
        """Drop the databases and make them anew; raises CannotStart if some are not ours."""
        if self.settings.database_urls:
            raise CannotStart(
                "The sample campus was loaded by halves into databases that are not ours to drop: "
                "empty them, then start again."
            )
        self.drop_databases(wiring.admin_url)
        return self._make_databases(wiring.admin_url)

    def drop_databases(self, admin_url: str) -> None:
        """Drop the databases that are ours, and the messages on a given broker with them."""
        drop_databases(admin_url, self._ours, prefix=self.settings.database_prefix)
        if self.settings.broker_url.startswith("amqp"):
            from infra.local.broker import remove_queues  # noqa: PLC0415 - kombu slows every start

            check_broker(self.settings.broker_url)
            remove_queues(self.settings.broker_url, read_setting("EXCHANGE", "atrium"))

    @property
    def _ours(self) -> list[str]:
        """The databases the operator gave no URL for."""
        given = self.settings.database_urls
        return [name for name in database_names(self.settings) if name not in given]

    def _make_databases(self, admin_url: str) -> Wiring:
        made = {}
        if self._ours:
            prefix = self.settings.database_prefix
            made = make_databases(admin_url, self._ours, prefix=prefix, passwords=self.secrets)
        wiring = self._wired(admin_url, made)
        if BUS in made:
            prepare_bus(wiring.broker_url)
        return wiring

    def _wired(self, admin_url: str, made: dict[str, str]) -> Wiring:
        urls = self.settings.database_urls | made
        broker_url = self.settings.broker_url
        if BUS in urls:
            broker_url = urls.pop(BUS).replace("postgresql://", "pgmq://", 1)
        return Wiring(admin_url, urls, broker_url)

    def look_after(self) -> None:
        """Start the embedded PostgreSQL again when it died."""
        postgres = self._postgres
        if postgres is None or postgres.process is None or postgres.process.poll() is None:
            return
        if time.monotonic() < self._next_restart:
            return
        self._next_restart = time.monotonic() + RESTART_PAUSE_SECONDS
        self._say("PostgreSQL ended; starting it again.")
        try:
            postgres.start()
        except CannotStart as error:
            self._say(f"{error} Trying again.")

    def take_down(self) -> None:
        """Stop PostgreSQL if it is ours and give the data folder back."""
        if self._postgres is not None:
            self._postgres.stop()
        self.data.close()

    def check_settings(self) -> None:
        """Read every part's settings once, here, where a mistake can be said in one sentence.

        Raises SettingError. The databases' addresses are not known yet and not looked at.
        """
        nowhere = {part.name: "postgresql://" for part in PARTS}
        before = dict(os.environ)
        os.environ.update(self.environment(Wiring("", nowhere, "pgmq://")))
        try:
            for part in PARTS:
                part.settings()
        finally:
            os.environ.clear()
            os.environ.update(before)

    def environment(self, wiring: Wiring) -> dict[str, str]:
        """Return the environment of every process of ours; the operator's own settings win."""
        address = self.settings.address
        ours = {
            "ATRIUM_BROKER_URL": wiring.broker_url,
            "ATRIUM_ISSUER": address,
            "ATRIUM_PUBLIC_URL": address,
            # The gateway writes its public keys there, so that nobody must ask for them over HTTP.
            "ATRIUM_JWKS": str(self.settings.keys_file),
            "ATRIUM_JWKS_OUT": str(self.settings.keys_file),
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(REPOSITORY),
        }
        if not read_setting("SMTP_HOST", ""):
            ours["ATRIUM_MAIL_FOLDER"] = str(self.settings.mail_folder)
        for name, url in wiring.database_urls.items():
            ours[f"ATRIUM_{name.upper()}_DATABASE_URL"] = url
        for name in ("gateway-secret", "pseudonym-key"):
            variable = f"ATRIUM_{name.upper().replace('-', '_')}"
            if variable not in os.environ:  # a file would win over the operator's own value
                ours[f"{variable}_FILE"] = str(self.secrets.path(name, _key))
        return os.environ | ours | {name: os.environ[name] for name in ours if name in os.environ}

    def _start_postgres(self) -> PostgresAddress:
        self._postgres = EmbeddedPostgres(
            self.settings.data, programs=self.settings.postgres_programs
        )
        return self._postgres.start()


def database_names(settings: RunSettings) -> list[str]:
    """Return the plain names of the databases these settings need."""
    return [*(part.name for part in PARTS), *([] if settings.broker_url else [BUS])]


def python(*arguments: str) -> list[str]:
    """Return the command line of a Python process of ours."""
    return [sys.executable, *arguments]


def _key() -> str:
    return secrets.token_urlsafe(SIGNING_SECRET_BYTES)
