"""What booking listens to: activities that want rooms, and who people are."""

from collections.abc import Callable

from services.booking.commands.describe_patron import DescribePatron, describe_patron
from services.booking.commands.hold_room import HoldRoom, hold_room
from services.booking.commands.release_room_hold import ReleaseRoomHold, release_room_hold
from services.booking.domain.ports import BookingUnitOfWork
from shared.contracts.events import RoomGivenBack, RoomRequested
from shared.contracts.gateway import PatronDescribed
from shared.kernel.clock import Clock
from shared.messaging.consumers import Consumers, Delivery
from shared.persistence.transactions import Transactions


def build_consumers(
    unit_of_work: Callable[[Transactions], BookingUnitOfWork], *, clock: Clock
) -> Consumers:
    """Return the reactions; each works in the transaction its message was received in."""
    consumers = Consumers("booking")

    @consumers.on(RoomRequested)
    def room_requested(requested: RoomRequested, delivery: Delivery) -> None:
        command = HoldRoom(
            library_event_id=requested.library_event_id,
            request_id=requested.request_id,
            space_id=requested.space_id,
            organizer_id=requested.organizer_id,
            starts_at=requested.starts_at,
            ends_at=requested.ends_at,
            setup_minutes=requested.setup_minutes,
            teardown_minutes=requested.teardown_minutes,
            expected_attendance=requested.expected_attendance,
            replaces_request_id=requested.replaces_request_id,
        )
        hold_room(command, uow=unit_of_work(delivery.transactions), clock=clock)

    @consumers.on(RoomGivenBack)
    def room_given_back(given_back: RoomGivenBack, delivery: Delivery) -> None:
        command = ReleaseRoomHold(
            library_event_id=given_back.library_event_id, request_id=given_back.request_id
        )
        release_room_hold(command, uow=unit_of_work(delivery.transactions), clock=clock)

    @consumers.on(PatronDescribed)
    def patron_described(described: PatronDescribed, delivery: Delivery) -> None:
        command = DescribePatron(
            patron_id=described.patron_id,
            patron_class=described.patron_class,
            active=described.active,
            described_at=delivery.envelope.time,
        )
        describe_patron(command, uow=unit_of_work(delivery.transactions))

    return consumers
