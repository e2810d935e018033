"""The operator's door: `python -m services.engagement.cli --help`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click
from sqlalchemy import Engine

from services.engagement.api.wording import WORDING
from services.engagement.commands.catch_up import CaughtUp, catch_up
from services.engagement.commands.rebuild import rebuild as rebuild_facts
from services.engagement.commands.record_act import Institution
from services.engagement.config import LedgerSettings, Settings
from services.engagement.persistence.unit_of_work import EngagementUnitOfWork
from services.engagement.queries.export import metrics_export
from services.engagement.queries.points import unbalanced
from services.engagement.queries.service_logs import LogUnreadable, service_log
from services.engagement.worker import build_worker
from shared.contracts.catalogue import SERVICES
from shared.kernel.clock import SystemClock
from shared.kernel.refusal import Refusal
from shared.kernel.settings import read_setting
from shared.messaging.codec import from_envelope
from shared.messaging.service_cli import service_commands
from shared.persistence.engine import make_engine
from shared.persistence.transactions import OwnTransactions

DAY = click.DateTime(formats=["%Y-%m-%d"])

main = service_commands(
    "Participation: the ledger of acts, figures, points, suggestions.",
    migrations=Path(__file__).parent / "persistence" / "migrations",
    database_url=lambda: read_setting("ENGAGEMENT_DATABASE_URL"),
    build_worker=lambda: build_worker(Settings.from_environment()),
)


@main.command()
@click.option("--from-logs", is_flag=True, help="First hear what the ledger lacks from the logs.")
@click.option(
    "--log",
    "logs",
    multiple=True,
    metavar="SERVICE=URL",
    help="A service's base URL; by default ATRIUM_PUBLIC_URL/api/SERVICE/v1 for every service.",
)
def rebuild(from_logs: bool, logs: tuple[str, ...]) -> None:
    """Make all facts anew from the ledger; the figures keep their digits.

    --from-logs needs an administrator's token in ATRIUM_LOG_TOKEN or ATRIUM_LOG_TOKEN_FILE.
    """
    with _refusals_told(), _connected() as engine:
        ledger = LedgerSettings.from_environment()
        institution = Institution(ledger.pseudonyms(), ledger.zone())
        if from_logs:
            token = read_setting("LOG_TOKEN")
            for service, address in _addresses(logs).items():
                caught_up = _hear_log(engine, institution, address, token)
                click.echo(f"{service}: {caught_up.read} messages, {caught_up.new} new")
                if caught_up.gone:
                    click.echo(_no_longer_told(service, caught_up), err=True)
        uow = EngagementUnitOfWork(OwnTransactions(engine), clock=SystemClock())
        folded = rebuild_facts(uow=uow, institution_zone=institution.zone)
    click.echo(f"{folded} threads folded")


def _no_longer_told(service: str, caught_up: CaughtUp) -> str:
    return (
        f"{service}: the log begins with number {caught_up.begins_at}; the {caught_up.gone} before "
        "it are no longer kept (ATRIUM_OUTBOX_KEEP_DAYS). What the ledger lacks of them cannot be "
        "heard again, and the figures go without it."
    )


def _addresses(logs: tuple[str, ...]) -> dict[str, str]:
    if not logs:
        public_url = read_setting("PUBLIC_URL", "http://localhost:8000")
        return {service: f"{public_url}/api/{service}/v1" for service in SERVICES}
    addresses = dict(log.partition("=")[::2] for log in logs)
    if wrong := [log for log in logs if log.partition("=")[0] not in SERVICES or "=" not in log]:
        raise click.UsageError(f"--log wants SERVICE=URL, not {wrong[0]!r}.")
    return addresses


def _hear_log(engine: Engine, institution: Institution, address: str, token: str) -> CaughtUp:
    clock = SystemClock()
    return catch_up(
        ((from_envelope(envelope), envelope) for envelope in service_log(address, token)),
        uow=lambda: EngagementUnitOfWork(OwnTransactions(engine), clock=clock),
        institution=institution,
        clock=clock,
    )


@main.group()
def metrics() -> None:
    """Participation figures."""


@metrics.command()
@click.option("--from", "first_day", type=DAY, required=True, help="First local day.")
@click.option("--to", "last_day", type=DAY, required=True, help="Last local day, included.")
@click.option("--library", type=click.UUID, help="Only this library.")
@click.option("--hide-below", default=0, help="Hold back cells of splits with fewer people.")
def export(first_day: datetime, last_day: datetime, library: UUID | None, hide_below: int) -> None:
    """Write all figures of a period to standard output as canonical JSON."""
    with _refusals_told(), _connected() as engine, engine.connect() as connection:
        exported = metrics_export(
            connection,
            first_day.date(),
            last_day.date(),
            library_id=library,
            hide_below=hide_below,
        )
    sys.stdout.buffer.write(exported)


@main.group()
def points() -> None:
    """Look after the double-entry ledger of points."""


@points.command()
def verify() -> None:
    """Check that every transaction is two entries that sum to zero."""
    with _connected() as engine, engine.connect() as connection:
        found = unbalanced(connection)
    if found:
        raise click.ClickException(f"{len(found)} transactions do not sum to zero.")
    click.echo("Every transaction sums to zero.")


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Say in a sentence what was refused, or which address or token is wrong."""
    try:
        yield
    except LogUnreadable as error:
        raise click.ClickException(str(error)) from error
    except Refusal as refusal:
        said = WORDING[refusal.code]["en"].format(**refusal.numbers)
        raise click.ClickException(said) from refusal


@contextmanager
def _connected() -> Iterator[Engine]:
    engine = _engine()
    try:
        yield engine
    finally:
        engine.dispose()


def _engine() -> Engine:
    return make_engine(read_setting("ENGAGEMENT_DATABASE_URL"), patient=True)


if __name__ == "__main__":
    main()
