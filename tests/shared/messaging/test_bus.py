"""What the bus promises, on both brokers."""

import signal
import subprocess
import sys

from shared.contracts.catalogue import LISTENERS, MESSAGES
from shared.messaging import topology
from shared.messaging.codec import envelope_from_json, envelope_to_json
from shared.messaging.ports import Bus, Incoming, Outgoing
from tests.support.messages import a_message, a_release, an_envelope
from tests.support.polling import eventually


def outgoing(message_type: str = "booking.room_hold.released.v1") -> Outgoing:
    return Outgoing(message_type, envelope_to_json(an_envelope(a_release())))


def everything_for(bus: Bus, service: str, seconds: float = 0.3) -> list[Incoming]:
    heard: list[Incoming] = []
    with bus.subscriber(service) as subscriber:
        while batch := subscriber.collect(100, seconds):
            subscriber.acknowledge(batch)
            heard += batch
    return heard


def test_every_message_reaches_exactly_those_the_catalogue_names(bus: Bus) -> None:
    with bus.publisher() as publisher:
        envelopes = [an_envelope(a_message(kind)) for kind in MESSAGES]
        batch = [Outgoing(envelope.type, envelope_to_json(envelope)) for envelope in envelopes]
        assert publisher.publish(batch) == frozenset()
    for service in ("booking", "events", "engagement"):
        types = [envelope_from_json(one.body).type for one in everything_for(bus, service)]
        assert sorted(types) == sorted(kind.type for kind in LISTENERS[service])


def test_a_body_arrives_byte_for_byte(bus: Bus) -> None:
    sent = outgoing()
    with bus.publisher() as publisher:
        publisher.publish([sent])
    (arrived,) = everything_for(bus, "events")
    assert arrived.body == sent.body


def test_a_message_nobody_is_bound_to_is_reported_and_the_others_go_out(bus: Bus) -> None:
    with bus.publisher() as publisher:
        lost = publisher.publish([outgoing(), outgoing("nobody.has.said.v1"), outgoing()])
    assert lost == {1}
    assert len(everything_for(bus, "events")) == 2


def test_declaring_the_topology_again_keeps_what_waits(bus: Bus) -> None:
    with bus.publisher() as publisher:
        publisher.publish([outgoing()] * 3)
    topology.declare(bus)
    assert len(everything_for(bus, "events")) == 3


def test_what_was_acknowledged_does_not_come_again(bus: Bus) -> None:
    with bus.publisher() as publisher:
        publisher.publish([outgoing()] * 7)
    assert len(everything_for(bus, "events")) == 7
    assert everything_for(bus, "events") == []
    assert bus.waiting("events") == 0


def test_what_was_collected_and_not_acknowledged_comes_again_and_is_counted(bus: Bus) -> None:
    with bus.publisher() as publisher:
        publisher.publish([outgoing()])
    with bus.subscriber("events") as subscriber:
        (first,) = subscriber.collect(10, 5.0)
    (again,) = eventually(lambda: everything_for(bus, "events", seconds=0.1))
    assert (first.deliveries, again.deliveries) == (1, 2)
    assert first.body == again.body


def test_nothing_is_lost_when_a_consumer_holding_messages_is_killed(
    bus: Bus, broker_url: str, exchange: str
) -> None:
    with bus.publisher() as publisher:
        publisher.publish([outgoing() for _ in range(100)])
    command = [sys.executable, "-m", "tests.support.bus_process", "hold", "-", broker_url, exchange]
    with subprocess.Popen([*command, "60"], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        holder.send_signal(signal.SIGKILL)
    heard: list[Incoming] = []

    def all_of_them() -> bool:
        heard.extend(everything_for(bus, "events"))
        return len({one.body for one in heard}) == 100

    assert eventually(all_of_them, within=60)
