"""What every command line has: migrate, worker, dead-letters, outbox; a service adds its own."""

from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from shared.kernel.settings import SettingError
from shared.messaging.cli import messaging_commands
from shared.messaging.worker import Worker, run_until_signalled
from shared.persistence.engine import make_engine
from shared.persistence.migrate import upgrade


class PlainGroup(click.Group):
    """Commands that tell a bad setting or a silent database in a sentence, with exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for; raises ClickException for what an operator mends."""
        try:
            return super().invoke(ctx)
        except SettingError as error:
            raise click.ClickException(str(error)) from error
        except OperationalError as error:
            if error.statement is not None:  # connected: what failed then is not the operator's
                raise
            reason = str(error.orig).partition("\n")[0]
            raise click.ClickException(f"The database does not answer: {reason}") from error


def service_commands(
    summary: str,
    *,
    migrations: Path,
    database_url: Callable[[], str],
    build_worker: Callable[[], Worker],
) -> click.Group:
    """Return a service's command line; `database_url` and `build_worker` may raise SettingError."""

    @click.group(cls=PlainGroup, help=summary)
    def main() -> None:
        """See `summary`."""

    @main.command()
    def migrate() -> None:
        """Bring the database to the present shape."""
        upgrade(migrations, database_url())

    @main.command()
    def worker() -> None:
        """Run relay, reception and jobs until Ctrl-C or SIGTERM."""
        run_until_signalled(build_worker())

    def engine() -> Engine:
        return make_engine(database_url(), patient=True)

    for group in messaging_commands(engine):
        main.add_command(group)
    return main
