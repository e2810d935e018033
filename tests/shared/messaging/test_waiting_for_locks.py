"""Who locks others out for a while, as a rebuild does, costs no message an attempt."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from shared.contracts.domain_event import DomainEvent
from shared.messaging import desk
from shared.messaging.codec import envelope_to_json
from shared.messaging.consumers import Delivery
from shared.messaging.desk import Desk
from shared.messaging.parking import MOST_ATTEMPTS
from shared.messaging.ports import Bus, Incoming
from shared.messaging.reception import Reception
from tests.support.listening import effects, leave_an_effect, listeners_of, parked
from tests.support.messages import a_release, an_envelope

TURN = 4711


def wait_for_the_turn(message: DomainEvent, delivery: Delivery) -> None:
    """React under a lock, impatiently."""
    connection = delivery.transactions.connection
    connection.exec_driver_sql("SET LOCAL lock_timeout = '100ms'")
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (TURN,))
    leave_an_effect(message, delivery)


def test_a_lock_held_too_long_parks_nothing_and_the_batch_is_taken_again(
    bus: Bus, listener: Engine
) -> None:
    envelopes = [an_envelope(a_release(), sequence=number) for number in (1, 2, 3)]
    batch = [Incoming(envelope_to_json(envelope)) for envelope in envelopes]
    reception = Reception(listener, bus, listeners_of("events", wait_for_the_turn))
    with listener.begin() as rebuilding:
        rebuilding.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (TURN,))
        with pytest.raises(OperationalError):  # for which `run` waits and takes the batch again
            reception.take(batch)
    assert (effects(listener), parked(listener)) == ([], [])
    reception.take(batch)
    assert effects(listener) == sorted(str(envelope.id) for envelope in envelopes)
    assert parked(listener) == []


def attempts(engine: Engine) -> list[tuple[str, int]]:
    with engine.connect() as connection:
        return [(row.status, row.attempts) for row in desk.parked_messages(connection)]


def fail(_: DomainEvent, __: Delivery) -> None:
    raise ValueError("not today")


def park(listener: Engine, bus: Bus) -> None:
    """Put a message on the desk that failed once for a reason of its own."""
    envelope = an_envelope(a_release(), sequence=1)
    reception = Reception(listener, bus, listeners_of("events", fail))
    reception.take([Incoming(envelope_to_json(envelope))])


def make_due(listener: Engine) -> None:
    with listener.begin() as connection:
        connection.exec_driver_sql("UPDATE parked_message SET next_attempt_at = now()")


def test_a_lock_held_too_long_costs_a_parked_message_no_attempt(
    embedded_bus: Bus, listener: Engine
) -> None:
    park(listener, embedded_bus)
    retrying = Desk(listener, listeners_of("events", wait_for_the_turn))
    with listener.begin() as rebuilding:
        rebuilding.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (TURN,))
        for _ in range(MOST_ATTEMPTS + 2):
            make_due(listener)
            assert retrying.retry_due() == 0
    assert attempts(listener) == [("retrying", 1)]
    make_due(listener)
    assert retrying.retry_due() == 1
    assert (len(effects(listener)), parked(listener)) == (1, [])


def test_a_message_behind_one_that_waits_for_a_lock_has_its_turn(
    embedded_bus: Bus, listener: Engine
) -> None:
    park(listener, embedded_bus)
    park(listener, embedded_bus)
    first = []

    def only_the_first_waits(message: DomainEvent, delivery: Delivery) -> None:
        first.append(delivery.envelope.id)
        react = wait_for_the_turn if delivery.envelope.id == first[0] else leave_an_effect
        react(message, delivery)

    with listener.begin() as rebuilding:
        rebuilding.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (TURN,))
        make_due(listener)
        assert Desk(listener, listeners_of("events", only_the_first_waits)).retry_due() == 1
    assert attempts(listener) == [("retrying", 1)]


def test_an_outage_in_the_middle_of_an_attempt_is_not_the_messages_fault(
    embedded_bus: Bus, listener: Engine
) -> None:
    park(listener, embedded_bus)

    def lose_the_database(_: DomainEvent, delivery: Delivery) -> None:
        connection = delivery.transactions.connection
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    for _ in range(MOST_ATTEMPTS + 2):
        make_due(listener)
        assert Desk(listener, listeners_of("events", lose_the_database)).retry_due() == 0
    assert attempts(listener) == [("retrying", 1)]


def test_a_message_that_fails_by_itself_still_uses_up_its_attempts(
    embedded_bus: Bus, listener: Engine
) -> None:
    park(listener, embedded_bus)
    for _ in range(MOST_ATTEMPTS - 1):
        make_due(listener)
        Desk(listener, listeners_of("events", fail)).retry_due()
    assert attempts(listener) == [("dead", MOST_ATTEMPTS)]
