"""What the operator may choose for `make run` and `make run-scaled`; every default works."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from shared.kernel.settings import SettingError, read_number, read_setting

REPOSITORY = Path(__file__).resolve().parents[2]
DATABASES = ("gateway", "booking", "events", "engagement")
MACHINE_DATA = Path("/var/lib/atrium")


@dataclass(frozen=True)
class Defaults:
    """What holds when the operator says nothing; empty URLs stand for the embedded servers."""

    folder: str = ".data"
    postgres_url: str = ""
    broker_url: str = ""
    wiped_by: str = "make reset"


EMBEDDED = Defaults()
SCALED = Defaults(
    folder=".data-scaled",
    postgres_url="postgresql://postgres@127.0.0.1:5432/postgres",
    broker_url="amqp://guest:guest@127.0.0.1:5672//",
    wiped_by="make reset-scaled",
)


@dataclass(frozen=True)
class RunSettings:
    """The operator's choices; empty strings stand for "the embedded one"."""

    data: Path
    host: str
    port: int
    postgres_url: str
    broker_url: str
    database_urls: dict[str, str]
    database_prefix: str
    postgres_programs: Path | None
    web_workers: int
    web_threads: int
    sample_campus: bool
    wiped_by: str

    @property
    def address(self) -> str:
        """The address people open."""
        host = "localhost" if self.host in {"127.0.0.1", "0.0.0.0"} else self.host  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"

    @property
    def mail_folder(self) -> Path:
        """Where mails are written when no mail server is named."""
        return Path(read_setting("MAIL_FOLDER", str(self.data / "mail")))

    @property
    def keys_file(self) -> Path:
        """Where the gateway writes its public keys, for whoever verifies tokens on this machine."""
        return Path(read_setting("JWKS_OUT", str(self.data / "jwks.json")))

    @staticmethod
    def from_environment(defaults: Defaults = EMBEDDED) -> "RunSettings":
        """Read ATRIUM_* from the environment; raises SettingError with a sentence."""
        postgres_url = read_setting("POSTGRES_URL", defaults.postgres_url)
        if postgres_url and not postgres_url.startswith(("postgresql://", "postgres://")):
            raise SettingError("The setting ATRIUM_POSTGRES_URL must start with postgresql://.")
        programs = read_setting("POSTGRES_PROGRAMS", "")
        return RunSettings(
            data=Path(read_setting("DATA", str(default_data_folder(defaults.folder)))).absolute(),
            host=read_setting("HOST", "127.0.0.1"),
            port=read_number("PORT", 8000, least=1, most=65_535),
            postgres_url=postgres_url,
            broker_url=_broker_url(defaults.broker_url),
            database_urls=_database_urls(),
            # On a server we share with others, our databases say whose they are.
            database_prefix=read_setting("DATABASE_PREFIX", "atrium_" if postgres_url else ""),
            postgres_programs=Path(programs) if programs else None,
            web_workers=read_number("WEB_WORKERS", 2, least=1, most=64),
            web_threads=read_number("WEB_THREADS", 8, least=1, most=256),
            sample_campus=_yes_or_no("SAMPLE_CAMPUS"),
            wiped_by=defaults.wiped_by,
        )


def default_data_folder(name: str) -> Path:
    """Return the folder in the repository, or a folder of the machine when root could not use that.

    Root's PostgreSQL runs as an unprivileged user, who must be able to reach the data; below a
    closed home folder it cannot, and loosening a home folder is not ours to do.
    """
    beside = REPOSITORY / name
    if os.geteuid() != 0 or is_reachable_by_all(REPOSITORY):
        return beside
    mark = hashlib.sha256(str(beside).encode()).hexdigest()[:8]
    return MACHINE_DATA / f"{REPOSITORY.name}-{mark}"


def is_reachable_by_all(folder: Path) -> bool:
    """Tell whether every existing folder on the way lets anybody pass."""
    way = [folder.absolute(), *folder.absolute().parents]
    return all(part.stat().st_mode & 0o001 for part in way if part.exists())


def _database_urls() -> dict[str, str]:
    """Return the databases the operator named; the others are made."""
    named = {name: read_setting(f"{name.upper()}_DATABASE_URL", "") for name in DATABASES}
    return {name: url for name, url in named.items() if url}


def _broker_url(default: str) -> str:
    url = read_setting("BROKER_URL", default)
    if url and not url.startswith(("amqp://", "amqps://", "pgmq://")):
        raise SettingError("The setting ATRIUM_BROKER_URL must start with amqp:// or pgmq://.")
    return url


def _yes_or_no(name: str) -> bool:
    text = read_setting(name, "yes")
    if text not in {"yes", "no"}:
        raise SettingError(f"The setting ATRIUM_{name} must be yes or no, not {text!r}.")
    return text == "yes"
