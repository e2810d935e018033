"""The operator's commands for messages: the dead-letter desk and the outbox."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from sqlalchemy import Connection, Engine

from shared.kernel.refusal import NotFound
from shared.messaging import desk

STATUS = """
SELECT count(*) AS written, max(sequence) AS numbered,
    count(*) FILTER (WHERE published_at IS NULL) AS waiting,
    min(recordedat) FILTER (WHERE published_at IS NULL) AS oldest
FROM outbox
"""

EngineFactory = Callable[[], Engine]


def messaging_commands(engine_factory: EngineFactory) -> tuple[click.Group, click.Group]:
    """Return the groups `dead-letters` and `outbox` for a service's command line."""

    @click.group("dead-letters", commands=[list_, show, replay, discard])
    @click.pass_context
    def dead_letters(context: click.Context) -> None:
        """Messages that could not be handled."""
        context.obj = engine_factory

    @click.group("outbox", commands=[status])
    @click.pass_context
    def outbox(context: click.Context) -> None:
        """Messages this service has said."""
        context.obj = engine_factory

    return dead_letters, outbox


@click.command("list")
@click.option("--discarded", is_flag=True, help="Those let go as well.")
@click.option("--limit", default=100, show_default=True)
@click.pass_obj
def list_(engine_factory: EngineFactory, discarded: bool, limit: int) -> None:
    """List what is parked: number, status, attempts, type, reason."""
    statuses = ("retrying", "dead", "discarded") if discarded else ("retrying", "dead")
    with _connected(engine_factory) as connection:
        found = desk.parked_messages(connection, statuses=statuses, limit=limit)
    for parked in found:
        reason = parked.reason.partition("\n")[0]
        columns = (parked.position, parked.status, parked.attempts, parked.type, reason)
        click.echo("\t".join(str(column) for column in columns))
    if not found:
        click.echo("The desk is empty.")


@click.command()
@click.argument("number", type=int)
@click.pass_obj
def show(engine_factory: EngineFactory, number: int) -> None:
    """Show one parked message wholly."""
    with _connected(engine_factory) as connection, _existing(number):
        parked = desk.parked_message(connection, number)
    for name in ("position", "status", "attempts", "source", "message_id", "type", "reason"):
        click.echo(f"{name}: {getattr(parked, name)}")
    click.echo(f"parked_at: {parked.parked_at.isoformat()}")
    click.echo(_readable(parked.body))


@click.command()
@click.argument("number", type=int, required=False)
@click.option("--all", "every", is_flag=True, help="Everything on the desk.")
@click.pass_obj
def replay(engine_factory: EngineFactory, number: int | None, every: bool) -> None:
    """Have a parked message (or all) tried again; the worker does it within a second."""
    if every == (number is not None):
        raise click.UsageError("Give one number, or --all.")
    with _connected(engine_factory) as connection, _existing(number):
        count = desk.replay(connection, number)
    click.echo(f"{count} to be tried again.")


@click.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; it is kept beside the message.")
@click.pass_obj
def discard(engine_factory: EngineFactory, number: int, reason: str) -> None:
    """Let a parked message go."""
    with _connected(engine_factory) as connection, _existing(number):
        desk.discard(connection, number, reason)
    click.echo(f"{number} discarded.")


@click.command()
@click.pass_obj
def status(engine_factory: EngineFactory) -> None:
    """Tell how many messages were written and how many wait for the broker."""
    with _connected(engine_factory) as connection:
        row = connection.exec_driver_sql(STATUS).one()
    click.echo(f"written: {row.written}")
    click.echo(f"last number: {row.numbered or 0}")
    click.echo(f"waiting: {row.waiting}")
    if row.oldest is not None:
        click.echo(f"oldest waiting since: {row.oldest.isoformat()}")


@contextmanager
def _existing(number: int | None) -> Iterator[None]:
    """Say in a sentence that there is no such message."""
    try:
        yield
    except NotFound as error:
        raise click.ClickException(f"There is no parked message {number}.") from error


@contextmanager
def _connected(engine_factory: EngineFactory) -> Iterator[Connection]:
    """Lend a transaction that is committed at the end."""
    engine = engine_factory()
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _readable(body: str) -> str:
    """Return the body indented if it is JSON, as it came otherwise."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except ValueError:
        return body
