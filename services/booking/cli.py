"""The operator's door: `python -m services.booking.cli --help`."""

from pathlib import Path

from services.booking.config import Settings
from services.booking.worker import build_worker
from shared.kernel.settings import read_setting
from shared.messaging.service_cli import service_commands

main = service_commands(
    "Spaces, hours, rules, reservations.",
    migrations=Path(__file__).parent / "persistence" / "migrations",
    database_url=lambda: read_setting("BOOKING_DATABASE_URL"),
    build_worker=lambda: build_worker(Settings.from_environment()),
)

if __name__ == "__main__":
    main()
