"""What the events service listens to: spaces, and the answers to its requests for rooms."""

from collections.abc import Callable

from services.events.commands import hear_about_rooms
from services.events.domain.ports import UnitOfWork
from shared.contracts.booking import (
    RoomHoldGranted,
    RoomHoldRefused,
    RoomHoldReleased,
    SpaceDefined,
)
from shared.kernel.clock import Clock
from shared.messaging.consumers import Consumers, Delivery
from shared.persistence.transactions import Transactions


def build_consumers(
    unit_of_work: Callable[[Transactions], UnitOfWork], *, clock: Clock
) -> Consumers:
    """Return the reactions; each works in the transaction its message was received in."""
    consumers = Consumers("events")

    @consumers.on(SpaceDefined)
    def learn_space(defined: SpaceDefined, delivery: Delivery) -> None:
        sequence = delivery.envelope.sequence or 0
        uow = unit_of_work(delivery.transactions)
        hear_about_rooms.learn_space(defined, sequence, uow=uow)

    @consumers.on(RoomHoldGranted)
    def room_granted(granted: RoomHoldGranted, delivery: Delivery) -> None:
        hear_about_rooms.room_granted(granted, uow=unit_of_work(delivery.transactions), clock=clock)

    @consumers.on(RoomHoldRefused)
    def room_refused(refused: RoomHoldRefused, delivery: Delivery) -> None:
        hear_about_rooms.room_refused(refused, uow=unit_of_work(delivery.transactions), clock=clock)

    @consumers.on(RoomHoldReleased)
    def room_released(released: RoomHoldReleased, delivery: Delivery) -> None:
        hear_about_rooms.room_released(
            released, uow=unit_of_work(delivery.transactions), clock=clock
        )

    return consumers
