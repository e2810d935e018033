"""From a booking service's outbox over either broker into one mail, however often it is heard."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from gateway.app import make_parts
from gateway.commands.create_account import CreateAccount, create_account
from gateway.config import Settings
from gateway.domain.mail_settings import MailSettings, SmtpSettings
from gateway.persistence.unit_of_work import GatewayUnitOfWork
from gateway.worker import build_worker, postman_of
from shared.contracts.booking import ReservationConfirmed
from shared.kernel.clock import SystemClock
from shared.messaging import topology
from shared.messaging.reception import Reception
from shared.messaging.relay import Relay
from shared.messaging.worker import Worker
from shared.persistence.transactions import OwnTransactions
from shared.web.settings import WebSettings
from tests.support.gateway_builders import SECRET
from tests.support.listening import a_bus, say
from tests.support.mail_server import HOST, MailServer
from tests.support.notice_builders import a_reservation


@pytest.fixture
def settings(
    fresh_database: Callable[[str], str], broker_url: str, exchange: str, mail_server: MailServer
) -> Settings:
    smtp = SmtpSettings(host=HOST, port=mail_server.port, security="none")
    return Settings(
        database_url=fresh_database("gateway"),
        broker_url=broker_url,
        exchange=exchange,
        secret=SECRET,
        mail=MailSettings(smtp=smtp, sender="library@chenghu.example"),
        web=WebSettings(jwks="none"),
    )


@pytest.fixture
def worker(settings: Settings) -> Iterator[Worker]:
    built = build_worker(settings)
    yield built
    built.engine.dispose()


def test_a_booking_said_twice_and_delivered_twice_is_one_mail(  # the bus keeps no promise of once
    worker: Worker,
    settings: Settings,
    fresh_database: Callable[[str], str],
    open_engine: Callable[..., Engine],
    mail_server: MailServer,
) -> None:
    booking = open_engine(fresh_database("booking"))
    bus = a_bus(settings.broker_url, settings.exchange)
    topology.declare(bus)
    clock = SystemClock()
    uow = GatewayUnitOfWork(OwnTransactions(worker.engine), clock=clock)
    who = CreateAccount(login="may", family_name="May", mail="may@example.edu", language="en")
    account = create_account(who, uow=uow, clock=clock)
    tomorrow = in_the_future(clock)
    say(booking, "booking", [ReservationConfirmed(**tomorrow, patron_id=account.patron_id)])
    relay = Relay(booking, bus, "booking")
    relay.run_once()
    with booking.begin() as connection:  # the relay died before it marked what it had published
        connection.exec_driver_sql("UPDATE outbox SET published_at = NULL")
    relay.run_once()
    reception = Reception(worker.engine, bus, worker.consumers)
    heard = 0
    while heard < 2:
        heard += reception.run_once(2.0)
    with worker.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM notice").scalar_one() == 1
    sent = [letter for _, letter in round_of(settings, mail_server)]
    assert [letter["To"] for letter in sent] == ["May <may@example.edu>"]


def in_the_future(clock: SystemClock) -> dict[str, Any]:
    facts = a_reservation()
    length = facts["ends_at"] - facts["starts_at"]
    starts_at = clock.now() + 10 * length
    del facts["patron_id"]
    return facts | {"starts_at": starts_at, "ends_at": starts_at + length}


def round_of(settings: Settings, mail_server: MailServer) -> list[tuple[str, Any]]:
    parts = make_parts(settings, SystemClock())
    postman = postman_of(parts)
    assert postman is not None
    while postman.go_round():
        pass
    parts.services.close()
    parts.engine.dispose()
    return mail_server.letters
