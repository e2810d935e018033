"""Reserving: what is kept, what is said, and how it is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.booking.commands.describe_patron import DescribePatron, describe_patron
from services.booking.commands.reserve import Reserve, reserve
from services.booking.domain import errors
from services.booking.domain.actor import Actor
from shared.contracts.booking import AlternativeSlot, ReservationConfirmed, ReservationRefused
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotAllowed
from tests.booking.commands.desk import ADA, BEN, STAFF, Desk
from tests.support.booking_builders import (
    LIBRARY_ID,
    NOW,
    ROOM,
    SEAT,
    a_rulebook,
    hour,
    some_rules,
)


def refused_by_rules(desk: Desk, **asked: object) -> list[str]:
    with pytest.raises(errors.RulesNotMet) as refused:
        desk.reserve(**asked)  # type: ignore[arg-type]  # passed on as given
    return [violation.code for violation in refused.value.violations]


def test_the_reservation_its_history_and_its_message_are_kept_together(desk: Desk) -> None:
    reservation = desk.reserve()
    assert desk.kept == [reservation]
    assert desk.noted() == ["reserved"]
    message = desk.last()
    assert isinstance(message, ReservationConfirmed)
    assert message.reservation_id == reservation.id
    assert (message.starts_at, message.ends_at) == (hour(10), hour(11))
    assert message.space_kind == "learning"


def test_without_an_end_the_rules_usual_length_is_meant(desk: Desk) -> None:
    command = Reserve(space_id=ROOM.id, patron_id=ADA, starts_at=hour(10))
    assert reserve(command, uow=desk.uow, clock=desk.clock).during.minutes == 60


def test_a_reservation_keeps_the_version_it_was_accepted_under(desk: Desk) -> None:
    rulebook = desk.publish_rules(body={"max_minutes": 120, "default_minutes": 60})
    reservation = desk.reserve()
    desk.publish_rules(body={"max_minutes": 30, "default_minutes": 30})
    assert reservation.rulebook_id == rulebook.id
    assert reservation.rule_version == rulebook.version
    assert refused_by_rules(desk, patron_id=BEN, start=hour(12)) == ["too_long"]


def test_who_comes_second_is_offered_something_else_and_is_counted(desk: Desk) -> None:
    slot = AlternativeSlot(space_id=SEAT.id, starts_at=hour(10), ends_at=hour(11))
    desk.uow.offered = [slot]
    desk.reserve()
    with pytest.raises(errors.SlotTaken) as refused:
        desk.reserve(BEN)
    assert [one["space_id"] for one in refused.value.extensions["alternatives"]] == [SEAT.id]
    message = desk.last()
    assert isinstance(message, ReservationRefused)
    assert (message.patron_id, message.codes) == (BEN, ("slot_taken",))
    assert len(desk.kept) == 1


def test_neighbours_do_not_meet(desk: Desk) -> None:
    desk.reserve(start=hour(10))
    desk.reserve(BEN, start=hour(11))
    desk.reserve(BEN, start=hour(9))
    assert len(desk.kept) == 3


def test_unmet_demand_names_every_rule_but_nothing_is_kept(desk: Desk) -> None:
    assert refused_by_rules(desk, minutes=300, party_size=9) == ["too_long", "party_too_large"]
    message = desk.last()
    assert isinstance(message, ReservationRefused)
    assert message.codes == ("too_long", "party_too_large")
    assert desk.kept == []


def test_nothing_is_offered_against_a_reason_that_lies_in_the_person(desk: Desk) -> None:
    slot = AlternativeSlot(space_id=SEAT.id, starts_at=hour(10), ends_at=hour(11))
    desk.uow.offered = [slot]
    desk.publish_rules(body={"max_active_future": 0})
    with pytest.raises(errors.RulesNotMet) as refused:
        desk.reserve()
    assert refused.value.extensions["alternatives"] == []


def test_who_asks_for_more_than_anybody_may_have_is_offered_what_they_may(desk: Desk) -> None:
    limit = {"unit": "minutes", "period": "day", "limit": 240}
    desk.publish_rules(body={"max_minutes": 240, "quotas": [limit]})
    whole = AlternativeSlot(space_id=ROOM.id, starts_at=hour(10), ends_at=hour(14))
    desk.uow.offered = [whole]
    with pytest.raises(errors.RulesNotMet) as refused:
        desk.reserve(start=hour(10), minutes=300)
    codes = [one.code for one in refused.value.violations]
    assert codes == ["too_long", "quota_minutes_day"]
    assert [one["ends_at"] for one in refused.value.extensions["alternatives"]] == [hour(14)]
    desk.reserve(start=hour(8), minutes=120)
    with pytest.raises(errors.RulesNotMet) as refused:
        desk.reserve(start=hour(10), minutes=300)
    assert refused.value.extensions["alternatives"] == []


def test_what_the_persons_own_limits_would_refuse_is_not_offered(desk: Desk) -> None:
    limit = {"unit": "minutes", "period": "day", "limit": 150}
    desk.publish_rules(body={"max_minutes": 120, "quotas": [limit]})
    desk.reserve(BEN, start=hour(10), minutes=90)
    desk.reserve(ADA, start=hour(15), minutes=60)
    beyond = AlternativeSlot(space_id=ROOM.id, starts_at=hour(12), ends_at=hour(14))
    fitting = AlternativeSlot(space_id=ROOM.id, starts_at=hour(12), ends_at=hour(13.5))
    desk.uow.offered = [beyond, fitting]
    with pytest.raises(errors.SlotTaken) as refused:
        desk.reserve(ADA, start=hour(10), minutes=90)
    assert [one["ends_at"] for one in refused.value.extensions["alternatives"]] == [hour(13.5)]


def test_quotas_count_what_is_held_and_what_was_used(desk: Desk) -> None:
    desk.publish_rules(body={"quotas": [{"unit": "count", "period": "day", "limit": 2}]})
    desk.cancel(desk.reserve(start=hour(8)))
    desk.reserve(start=hour(10))
    desk.reserve(start=hour(12))
    assert refused_by_rules(desk, start=hour(14)) == ["quota_count_day"]
    desk.reserve(BEN, start=hour(14))


def test_a_space_nobody_has_published_rules_for_cannot_be_reserved(desk: Desk) -> None:
    terms = desk.uow.committed.terms
    terms[ROOM.id] = replace(terms[ROOM.id], rulebooks=())
    assert refused_by_rules(desk) == ["not_reservable"]


def test_the_library_knows_better_than_the_token_which_class_somebody_is(desk: Desk) -> None:
    desk.publish_rules(patron_class="guest", body={"max_minutes": 30, "default_minutes": 30})
    assert refused_by_rules(desk, patron_class="guest") == ["too_long"]
    described = DescribePatron(
        patron_id=ADA, patron_class="academic", active=True, described_at=NOW
    )
    describe_patron(described, uow=desk.uow)
    desk.reserve(patron_class="guest")


def test_who_is_no_longer_served_cannot_reserve(desk: Desk) -> None:
    def described(*, active: bool, minutes: int) -> None:
        at = NOW + timedelta(minutes=minutes)
        describe_patron(
            DescribePatron(patron_id=ADA, patron_class="x", active=active, described_at=at),
            uow=desk.uow,
        )

    described(active=False, minutes=5)
    described(active=True, minutes=1)  # said earlier, heard later
    assert refused_by_rules(desk) == ["patron_inactive"]
    described(active=True, minutes=6)
    desk.reserve()


def test_only_staff_of_the_library_reserve_for_somebody_else(desk: Desk) -> None:
    for nobody in (Actor(BEN), Actor(BEN, staff=True, libraries=frozenset({new_id()}))):
        with pytest.raises(NotAllowed):
            desk.reserve(ADA, actor=nobody)
    assert desk.reserve(ADA, actor=STAFF).patron_id == ADA
    assert desk.uow.committed.history[-1][2] == STAFF.id


def test_an_unknown_space_and_an_end_before_the_start_are_no_demand(desk: Desk) -> None:
    with pytest.raises(errors.SpaceUnknown):
        desk.reserve(space=replace(ROOM, id=new_id()))
    with pytest.raises(errors.MakesNoTime):
        desk.reserve(minutes=-60)
    assert desk.said() == []


def test_padding_keeps_the_next_one_away(desk: Desk) -> None:
    body = some_rules(padding_before_minutes=10, padding_after_minutes=15)
    rulebook = a_rulebook(body, scope_type="space", scope_id=str(ROOM.id))
    terms = desk.uow.committed.terms
    terms[ROOM.id] = replace(terms[ROOM.id], rulebooks=(rulebook,))
    desk.reserve(start=hour(10))
    with pytest.raises(errors.SlotTaken):
        desk.reserve(BEN, start=hour(11))
    desk.reserve(BEN, start=hour(11.25))
    with pytest.raises(errors.SlotTaken):
        desk.reserve(BEN, start=hour(9))
    desk.reserve(BEN, start=hour(8.75))


def test_rulebooks_are_numbered_for_each_scope(desk: Desk) -> None:
    versions = [desk.publish_rules().version for _ in range(2)]
    assert versions == [2, 3]  # the library came with a first one
    assert desk.publish_rules(scope_type="space_type", scope_id="room").version == 1
    assert desk.publish_rules(patron_class="guest").version == 1


def test_rules_are_published_by_staff_for_scopes_that_are_there(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        desk.publish_rules(Actor(ADA))
    elsewhere = Actor(BEN, staff=True, libraries=frozenset({new_id()}))
    with pytest.raises(NotAllowed):
        desk.publish_rules(elsewhere)
    here = Actor(BEN, staff=True, libraries=frozenset({LIBRARY_ID}))
    assert desk.publish_rules(here).published_by == BEN
