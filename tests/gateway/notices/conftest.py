"""The gateway hears messages and sends mail, on a database of its own; the clock stands at noon."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from gateway.clients.smtp import SmtpMailer
from gateway.commands.send_mails import Postman
from gateway.commands.tell_people import Policy
from gateway.consumers import build_consumers
from gateway.domain.account import Account
from gateway.domain.mail_settings import MailSettings, SmtpSettings
from gateway.letters.letter import LetterWriter
from gateway.persistence.unit_of_work import GatewayUnitOfWork
from shared.contracts import booking
from shared.contracts.domain_event import DomainEvent
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.messaging.consumers import Delivery
from shared.persistence.transactions import JoinedTransactions, OwnTransactions
from tests.support.gateway_builders import an_account
from tests.support.mail_server import HOST, MailServer, a_mail_server
from tests.support.messages import an_envelope
from tests.support.notice_builders import a_published_activity, a_reservation, a_space_defined

LIBRARY_ADDRESS = "library@chenghu.example"
NewUnit = Callable[[], GatewayUnitOfWork]


@pytest.fixture
def engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    return open_engine(fresh_database("gateway"))


@pytest.fixture
def new_unit(engine: Engine, clock: SetClock) -> NewUnit:
    return lambda: GatewayUnitOfWork(OwnTransactions(engine), clock=clock)


@pytest.fixture
def admit(new_unit: NewUnit, clock: SetClock) -> Callable[..., Account]:
    """Give somebody an account."""
    numbers = itertools.count(1)

    def admitted(**changed: Any) -> Account:
        number = f"P{next(numbers)}"
        who = {"login": number.lower(), "number": number, "language": "en", **changed}
        account = an_account(**who)
        with new_unit() as uow:
            uow.accounts.add([account], now=clock.now())
            uow.commit()
        return account

    return admitted


class Ear:
    """Lets the gateway hear messages in the order they are said."""

    def __init__(self, engine: Engine, clock: SetClock, policy: Policy) -> None:
        self._engine = engine
        self._clock = clock
        self._sequence = itertools.count(1)
        self.consumers = build_consumers(
            lambda shared: GatewayUnitOfWork(shared, clock=clock), policy=policy, clock=clock
        )

    def hear(self, message: DomainEvent, **outside: Any) -> None:
        envelope = an_envelope(
            message,
            **{
                "id": new_id(),
                "sequence": next(self._sequence),
                "time": self._clock.now() - timedelta(seconds=1),
                **outside,
            },
        )
        reaction = self.consumers.reaction_to(message.type)
        assert reaction is not None
        with self._engine.connect() as connection:
            shared = JoinedTransactions(connection, connection.rollback)
            reaction(message, Delivery(envelope, shared))
            assert shared.committed
            connection.commit()


@pytest.fixture
def ear(engine: Engine, clock: SetClock) -> Ear:
    """The gateway's ear; it knows a space and an activity already."""
    opened = Ear(engine, clock, Policy())
    opened.hear(a_space_defined())
    opened.hear(a_published_activity())
    return opened


def booked(ear: Ear, account: Account, **changed: Any) -> dict[str, Any]:
    facts = a_reservation(patron_id=account.patron_id, **changed)
    ear.hear(booking.ReservationConfirmed(**facts))
    return facts


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with ExitStack() as stack:
        yield stack.enter_context(a_mail_server())


@pytest.fixture
def post_office(new_unit: NewUnit, clock: SetClock) -> Callable[..., Postman]:
    """Make postmen for a server at a port."""

    def make(port: int, **smtp: Any) -> Postman:
        how = {"security": "none", "timeout_seconds": 1, **smtp}
        settings = MailSettings(
            smtp=SmtpSettings(host=HOST, port=port, **how),
            sender=LIBRARY_ADDRESS,
            sender_name="澄湖图书馆",
        )
        assert settings.smtp is not None
        writer = LetterWriter(
            settings, public_url="http://localhost:8000", timezone="UTC", now=clock.now
        )
        return Postman(
            unit_of_work=new_unit,
            mailer=SmtpMailer(settings.smtp, sender=settings.sender),
            composer=writer,
            clock=clock,
        )

    return make


@pytest.fixture
def postman(post_office: Callable[..., Postman], mail_server: MailServer) -> Postman:
    return post_office(mail_server.port)


@pytest.fixture
def told(engine: Engine) -> Callable[[], list[str]]:
    """Return the kinds of all notices, oldest first."""
    query = "SELECT kind FROM notice ORDER BY notice_id"

    def kinds() -> list[str]:
        with engine.connect() as connection:
            return [row[0] for row in connection.exec_driver_sql(query)]

    return kinds


@pytest.fixture
def mails(engine: Engine) -> Callable[[], list[tuple[str, str | None]]]:
    """Return status and reason of all mails, oldest first."""
    query = "SELECT status, reason FROM mail ORDER BY notice_id"

    def rows() -> list[tuple[str, str | None]]:
        with engine.connect() as connection:
            return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]

    return rows
