"""The operator's door: `python -m gateway.cli --help`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from gateway.app import make_parts
from gateway.commands.create_account import CreateAccount, create_account
from gateway.commands.import_people import ImportPeople, import_people
from gateway.commands.rotate_keys import RotateKeys
from gateway.commands.sign_in_providers import allow_local_sign_in
from gateway.commands.snapshot_population import SnapshotPopulation, snapshot_population
from gateway.config import Settings
from gateway.domain import vocabulary
from gateway.domain.people_import import OUTCOMES
from gateway.jobs import renew_keys
from gateway.parts import Parts
from gateway.worker import build_worker
from shared.kernel.clock import SystemClock
from shared.kernel.refusal import Refusal
from shared.messaging.service_cli import service_commands

main = service_commands(
    "Run and look after the gateway.",
    migrations=Path(__file__).parent / "persistence" / "migrations",
    database_url=lambda: Settings.from_environment().database_url,
    build_worker=lambda: build_worker(Settings.from_environment()),
)


def said_plainly(command: Callable[..., None]) -> Callable[..., None]:
    """Tell a refusal in a sentence, with exit status 1."""

    @wraps(command)
    def told(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            reasons = [f"{reason.code} {dict(reason.numbers)}" for reason in refusal.violations]
            raise click.ClickException("; ".join([refusal.code, *reasons])) from refusal

    return told


@contextmanager
def _opened() -> Iterator[Parts]:
    parts = make_parts(Settings.from_environment(), SystemClock())
    try:
        yield parts
    finally:
        parts.services.close()
        parts.identity_providers.close()
        parts.engine.dispose()


@main.command("rotate-keys")
@click.option("--at-once", is_flag=True, help="For a leaked key: destroy the old ones now.")
@click.option("--only-if-due", is_flag=True, help="Leave a key younger than 30 days.")
@said_plainly
def rotate_keys(*, at_once: bool, only_if_due: bool) -> None:
    """Take a new signing key into use."""
    with _opened() as parts:
        renew_keys(parts, rotation=RotateKeys(only_if_due=only_if_due, at_once=at_once))
        click.echo(f"{len(parts.keys.published()['keys'])} keys published.")


@main.command("create-account")
@click.option("--login", required=True)
@click.option("--family-name", required=True)
@click.option("--given-name", default="")
@click.option("--mail")
@click.option("--number", help="Student or staff number.")
@click.option("--role", "roles", multiple=True, type=click.Choice(vocabulary.ROLES))
@click.option("--faculty", default="")
@click.option("--level", default="staff", type=click.Choice(vocabulary.LEVELS))
@click.option("--language", default="zh-CN", type=click.Choice(vocabulary.LANGUAGES))
@click.password_option(help="Asked for when left out; never put it into a script.")
@said_plainly
def create_one(roles: tuple[str, ...], **wanted: Any) -> None:
    """Create an account that can sign in with a password."""
    command = replace(CreateAccount(**wanted), roles=frozenset(roles))
    with _opened() as parts:
        account = create_account(command, uow=parts.uow(), clock=parts.clock)
    click.echo(f"{account.login} {account.patron_id}")


@main.command("import-people")
@click.argument("file", type=click.File("rb"))
@said_plainly
def import_from_file(file: Any) -> None:
    """Import a CSV file; exit status 1 when rows were refused."""
    wanted = ImportPeople(content=file.read(), file_name=Path(file.name).name)
    with _opened() as parts:
        report = import_people(wanted, uow=parts.uow(), clock=parts.clock)
    for row in report.rows:
        for reason in row.violations:
            column = reason.numbers.get("field", "")
            click.echo(f"line {row.line}\t{row.number}\t{column}\t{reason.code}")
    click.echo(", ".join(f"{report.counts[outcome]} {outcome}" for outcome in OUTCOMES))
    if report.counts["refused"]:
        sys.exit(1)


@main.command("snapshot-population")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Today when left out.")
@said_plainly
def snapshot(day: datetime | None) -> None:
    """Tell the services how many people there are, replacing what was told of that day."""
    with _opened() as parts:
        zone = ZoneInfo(parts.settings.timezone)
        wanted = day.date() if day else parts.clock.now().astimezone(zone).date()
        command = SnapshotPopulation(day=wanted, again=True)
        told = snapshot_population(command, uow=parts.uow(), clock=parts.clock)
    people = sum(segment.headcount for segment in told.segments) if told else 0
    click.echo(f"{wanted}: {people} people.")


@main.command("allow-local-sign-in")
@said_plainly
def allow_local() -> None:
    """Ask for passwords kept here again: the way back in when the campus's provider is away."""
    with _opened() as parts:
        allow_local_sign_in(allowed=True, expected_version=None, uow=parts.uow())
    click.echo("People can sign in with login and password.")


if __name__ == "__main__":
    main()
