"""An offer is either taken or over, never both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

from services.events.commands.answer_offer import (
    AcceptOffer,
    accept_offer,
)
from services.events.commands.cancel_registration import (
    CancelRegistration,
    cancel_registration,
)
from services.events.commands.expire_offers import expire_offers
from services.events.persistence.tables import registration as registrations
from services.events.persistence.unit_of_work import EventsUnitOfWork
from shared.kernel.clock import SetClock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import Refusal
from tests.events.races.storm import (
    join,
    publish,
    taken_now,
    works_of,
)
from tests.support.event_builders import NOW


def test_of_an_expiry_and_an_acceptance_exactly_one_wins(engine):
    works = works_of(engine, EventsUnitOfWork)
    just_before = SetClock(NOW + timedelta(hours=12) - timedelta(microseconds=1))
    at_the_end = SetClock(NOW + timedelta(hours=12))
    won = {"accepted": 0, "expired": 0}
    for _ in range(40):
        library_event = publish(engine, 1)
        ann, ben = new_id(), new_id()
        first = join(works, library_event, ann)
        second = join(works, library_event, ben)
        leave = CancelRegistration(registration_id=first.id, patron_id=ann)
        cancel_registration(leave, uow=works(), clock=SetClock(NOW))
        with engine.begin() as connection:
            connection.execute(
                registrations.update()
                .where(registrations.c.id == second.id)
                .values(offer_expires_at=at_the_end.now())
            )

        def accept(registration_id: UUID = second.id, patron_id: UUID = ben) -> bool:
            command = AcceptOffer(registration_id=registration_id, patron_id=patron_id)
            try:
                accept_offer(command, uow=works(), clock=just_before)
            except Refusal:
                return False
            return True

        with ThreadPoolExecutor(2) as both:
            accepting = both.submit(accept)
            expiring = both.submit(expire_offers, uow=works(), clock=at_the_end)
            accepted, lapsed = accepting.result(), expiring.result()
        assert (accepted, lapsed) in {(True, 0), (False, 1)}
        assert taken_now(engine, library_event) == int(accepted)
        won["accepted" if accepted else "expired"] += 1
    assert sum(won.values()) == 40
