"""From the bus into a service: once, whatever the bus does; and what fails does not block."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from sqlalchemy import Connection, Engine

from shared.contracts.domain_event import DomainEvent
from shared.contracts.envelope import Envelope
from shared.messaging import desk
from shared.messaging.codec import envelope_to_json
from shared.messaging.consumers import Consumers, Delivery
from shared.messaging.desk import Desk
from shared.messaging.ports import Bus, Incoming, Outgoing
from shared.messaging.reading import Heard
from shared.messaging.reception import MOST_DELIVERIES, Reception
from shared.messaging.relay import Relay
from shared.messaging.trace import new_traceparent, tracing
from tests.support.listening import (
    effects,
    leave_an_effect,
    listeners_of,
    parked,
    said,
    say,
)
from tests.support.messages import a_release, an_envelope


def publish(bus: Bus, bodies: list[bytes]) -> None:
    with bus.publisher() as publisher:
        publisher.publish([Outgoing("booking.room_hold.released.v1", body) for body in bodies])


def body_of(envelope: Envelope) -> bytes:
    return envelope_to_json(envelope)


def deliveries(*envelopes: Envelope) -> list[Incoming]:
    return [Incoming(body_of(envelope)) for envelope in envelopes]


class ReceptionWithoutInbox(Reception):
    """A control: takes every message for a new one."""

    def _note(self, connection: Connection, messages: list[Heard]) -> set[tuple[str, str]]:
        super()._note(connection, messages)
        return {heard.identity for heard in messages}


def hear_with_four(bus: Bus, listener: Engine, kind: type[Reception]) -> None:
    """Four receptions empty the queue together."""
    receptions = [kind(listener, bus, listeners_of("events"), batch=20) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda reception: reception.run_once(0.5), receptions))


@pytest.mark.parametrize(
    ("kind", "once"), [(Reception, True), (ReceptionWithoutInbox, False)], ids=["inbox", "control"]
)
def test_repeats_in_any_order_from_four_receptions_have_one_effect_each(
    bus: Bus, listener: Engine, kind: type[Reception], once: bool
) -> None:
    envelopes = [an_envelope(a_release(), sequence=number + 1) for number in range(60)]
    chance = random.Random(7)
    copies = [body_of(envelope) for envelope in envelopes for _ in range(chance.randint(1, 5))]
    chance.shuffle(copies)
    publish(bus, copies)
    hear_with_four(bus, listener, kind)
    expected = sorted(str(envelope.id) for envelope in envelopes)
    assert set(effects(listener)) == set(expected)
    assert (effects(listener) == expected) is once


def test_poison_is_parked_and_the_good_ones_pass(bus: Bus, listener: Engine) -> None:
    good = [an_envelope(a_release(), sequence=number + 1) for number in range(297)]
    poison = [
        b"\xff\x00 not json",
        body_of(an_envelope(a_release(), type="booking.room_hold.released.v9")),
        body_of(an_envelope(a_release(), data={"library_event_id": "no uuid"})),
    ]
    bodies = [body_of(envelope) for envelope in good] + poison
    random.Random(3).shuffle(bodies)
    publish(bus, bodies)
    Reception(listener, bus, listeners_of("events")).run_once(0.5)
    assert effects(listener) == sorted(str(envelope.id) for envelope in good)
    assert parked(listener) == ["dead", "dead", "dead"]
    assert bus.waiting("events") == 0


def test_traceparent_travels_from_the_request_to_the_reaction(
    bus: Bus, publisher: Engine, listener: Engine
) -> None:
    trace = new_traceparent()
    with tracing(trace):
        say(publisher, "booking", [a_release()])
    Relay(publisher, bus, "booking").run_once()
    Reception(listener, bus, listeners_of("events")).run_once(0.5)
    with listener.connect() as connection:
        assert connection.exec_driver_sql("SELECT note FROM effect").scalar_one() == trace
    assert effects(listener) == said(publisher)


class Flaky:
    """A reaction that writes and then fails until it is well."""

    def __init__(self) -> None:
        self.ill = True

    def __call__(self, message: DomainEvent, delivery: Delivery) -> None:
        leave_an_effect(message, delivery)
        if self.ill:
            raise ValueError("not today")


def take(listener: Engine, consumers: Consumers, *incoming: Incoming, bus: Bus) -> None:
    Reception(listener, bus, consumers).take(incoming)


def make_due(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE parked_message SET next_attempt_at = now() WHERE status = 'retrying'"
        )


def test_a_failing_message_is_parked_without_effect_and_handled_when_tried_again(
    embedded_bus: Bus, listener: Engine
) -> None:
    flaky = Flaky()
    consumers = listeners_of("events", flaky)
    take(listener, consumers, *deliveries(an_envelope(a_release())), bus=embedded_bus)
    assert (effects(listener), parked(listener)) == ([], ["retrying"])
    make_due(listener)
    assert Desk(listener, consumers).retry_due() == 0
    flaky.ill = False
    make_due(listener)
    assert Desk(listener, consumers).retry_due() == 1
    assert (len(effects(listener)), parked(listener)) == (1, [])


def test_pauses_between_attempts_grow_until_the_message_is_dead(
    embedded_bus: Bus, listener: Engine
) -> None:
    consumers = listeners_of("events", Flaky())
    take(listener, consumers, *deliveries(an_envelope(a_release())), bus=embedded_bus)
    pauses = []
    for _ in range(7):
        make_due(listener)
        Desk(listener, consumers).retry_due()
        with listener.connect() as connection:
            (parked_now,) = desk.parked_messages(connection)
            if parked_now.next_attempt_at is not None:
                pause = connection.exec_driver_sql(
                    "SELECT round(extract(epoch FROM next_attempt_at - now())) FROM parked_message"
                )
                pauses.append(int(pause.scalar_one()))
    assert pauses == [2, 4, 8, 16, 32, 64]
    assert parked_now.status == "dead"
    assert (parked_now.attempts, parked_now.reason) == (8, "ValueError: not today")


def test_a_dead_message_can_be_replayed(embedded_bus: Bus, listener: Engine) -> None:
    flaky = Flaky()
    consumers = listeners_of("events", flaky)
    take(listener, consumers, *deliveries(an_envelope(a_release())), bus=embedded_bus)
    with listener.begin() as connection:
        connection.exec_driver_sql("UPDATE parked_message SET status = 'dead'")
    flaky.ill = False
    with listener.begin() as connection:
        assert desk.replay(connection) == 1
    Desk(listener, consumers).retry_due()
    assert (len(effects(listener)), parked(listener)) == (1, [])


def test_a_repeat_of_a_parked_message_is_left_to_the_desk(
    embedded_bus: Bus, listener: Engine
) -> None:
    flaky = Flaky()
    consumers = listeners_of("events", flaky)
    envelope = an_envelope(a_release())
    take(listener, consumers, *deliveries(envelope), bus=embedded_bus)
    flaky.ill = False
    take(listener, consumers, *deliveries(envelope, envelope), bus=embedded_bus)
    assert (effects(listener), parked(listener)) == ([], ["retrying"])


def test_a_discarded_message_stays_discarded_when_it_comes_again(
    embedded_bus: Bus, listener: Engine
) -> None:
    flaky = Flaky()
    consumers = listeners_of("events", flaky)
    envelope = an_envelope(a_release())
    take(listener, consumers, *deliveries(envelope), bus=embedded_bus)
    with listener.begin() as connection:
        (one,) = desk.parked_messages(connection)
        desk.discard(connection, one.position, "a mistake of the test")
    flaky.ill = False
    take(listener, consumers, *deliveries(envelope), bus=embedded_bus)
    assert (effects(listener), parked(listener)) == ([], ["discarded"])


def test_a_message_from_another_than_its_publisher_is_refused(
    embedded_bus: Bus, listener: Engine
) -> None:
    forged = an_envelope(a_release(), source="/atrium/gateway")
    take(listener, listeners_of("events"), *deliveries(forged), bus=embedded_bus)
    assert (effects(listener), parked(listener)) == ([], ["dead"])


def test_what_a_reaction_did_without_commit_is_undone_and_the_message_is_heard(
    embedded_bus: Bus, listener: Engine
) -> None:
    def forget_to_commit(message: DomainEvent, delivery: Delivery) -> None:
        del message
        with delivery.transactions.begin() as transaction:
            transaction.connection.exec_driver_sql(
                "INSERT INTO effect VALUES (gen_random_uuid(), 'abandoned')"
            )

    consumers = listeners_of("events", forget_to_commit)
    take(listener, consumers, *deliveries(an_envelope(a_release())), bus=embedded_bus)
    with listener.connect() as connection:
        heard = connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar_one()
    assert (effects(listener), parked(listener), heard) == ([], [], 1)


def test_a_broken_statement_fails_its_message_alone(embedded_bus: Bus, listener: Engine) -> None:
    bad = uuid4()

    def break_one(message: DomainEvent, delivery: Delivery) -> None:
        if getattr(message, "space_id", None) == bad:
            delivery.transactions.connection.exec_driver_sql("SELECT 1 / 0")
        leave_an_effect(message, delivery)

    envelopes = [an_envelope(a_release(), sequence=n) for n in range(1, 6)]
    envelopes[2] = an_envelope(a_release(space_id=bad), sequence=3)
    take(listener, listeners_of("events", break_one), *deliveries(*envelopes), bus=embedded_bus)
    assert len(effects(listener)) == 4
    with listener.connect() as connection:
        (one,) = desk.parked_messages(connection)
    assert one.reason == "DivisionByZero: division by zero"


def test_a_message_handed_out_too_often_is_left_to_the_desk_which_tries_it_alone(
    embedded_bus: Bus, listener: Engine
) -> None:
    consumers = listeners_of("events")
    often = Incoming(body_of(an_envelope(a_release())), deliveries=MOST_DELIVERIES + 1)
    take(listener, consumers, often, bus=embedded_bus)
    assert (effects(listener), parked(listener)) == ([], ["retrying"])
    make_due(listener)
    Desk(listener, consumers).retry_due()
    assert (len(effects(listener)), parked(listener)) == (1, [])


def test_a_message_that_ends_the_process_each_time_is_given_up(
    embedded_bus: Bus, listener: Engine
) -> None:
    consumers = listeners_of("events", Flaky())
    take(listener, consumers, *deliveries(an_envelope(a_release())), bus=embedded_bus)
    with listener.begin() as connection:  # as many attempts were begun, none was ever told of
        connection.exec_driver_sql("UPDATE parked_message SET attempts = 8")
    make_due(listener)
    Desk(listener, consumers).retry_due()
    assert parked(listener) == ["dead"]


def test_one_message_twice_in_a_batch_is_one_message(embedded_bus: Bus, listener: Engine) -> None:
    envelope = an_envelope(a_release())
    consumers = listeners_of("events")
    take(listener, consumers, *deliveries(envelope, envelope), bus=embedded_bus)
    assert Counter(effects(listener)) == {str(envelope.id): 1}
