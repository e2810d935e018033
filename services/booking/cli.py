"""The operator's door: `python -m services.booking.cli --help`."""

from pathlib import Path

import click
from sqlalchemy import Engine

from services.booking.config import Settings
from services.booking.worker import build_worker
from shared.kernel.settings import SettingError, read_setting
from shared.messaging.cli import messaging_commands
from shared.messaging.worker import run_until_signalled
from shared.persistence.engine import make_engine
from shared.persistence.migrate import upgrade

MIGRATIONS = Path(__file__).parent / "persistence" / "migrations"


@click.group()
def main() -> None:
    """Spaces, hours, rules, reservations."""


@main.command()
def migrate() -> None:
    """Bring the database to the present shape."""
    upgrade(MIGRATIONS, _database_url())


@main.command()
def worker() -> None:
    """Run relay, reception and jobs until Ctrl-C or SIGTERM."""
    try:
        settings = Settings.from_environment()
    except SettingError as error:
        raise click.ClickException(str(error)) from error
    run_until_signalled(build_worker(settings))


def _database_url() -> str:
    try:
        return read_setting("BOOKING_DATABASE_URL")
    except SettingError as error:
        raise click.ClickException(str(error)) from error


def _engine() -> Engine:
    return make_engine(_database_url())


for group in messaging_commands(_engine):
    main.add_command(group)


if __name__ == "__main__":
    main()
