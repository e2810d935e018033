"""Who locks others out for a while, as a rebuild does, costs no message an attempt."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from shared.contracts.domain_event import DomainEvent
from shared.messaging.codec import envelope_to_json
from shared.messaging.consumers import Delivery
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
