"""The operator's door: `python -m services.events.cli --help`."""

from pathlib import Path

from services.events.config import Settings
from services.events.worker import build_worker
from shared.kernel.settings import read_setting
from shared.messaging.service_cli import service_commands

main = service_commands(
    "Activities, sign-ups, attendance.",
    migrations=Path(__file__).parent / "persistence" / "migrations",
    database_url=lambda: read_setting("EVENTS_DATABASE_URL"),
    build_worker=lambda: build_worker(Settings.from_environment()),
)

if __name__ == "__main__":
    main()
