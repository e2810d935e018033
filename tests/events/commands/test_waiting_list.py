"""The waiting list: in order, whole parties, one offer per place, a reason for everything."""

from datetime import timedelta

import pytest

from services.events.commands.change_library_event import (
    ChangeLibraryEvent,
    change_library_event,
)
from services.events.domain import errors
from services.events.domain.registration import Status
from services.events.domain.waiting_list import offer_until
from shared.contracts.events import (
    PlaceOffered,
    PlaceOfferLapsed,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationWaitlisted,
)
from tests.support.event_builders import (
    ANN,
    BEN,
    CUI,
    DAI,
    TOMORROW,
    a_library_event,
    an_organizer,
)


def test_joining_the_list_tells_the_position(stage):
    library_event = stage.published(capacity=1)
    for who in (ANN, BEN, CUI):
        stage.sign_up(library_event, who)
    assert [m.patron_id for m in stage.said(RegistrationConfirmed)] == [ANN]
    joined = [(m.patron_id, m.position) for m in stage.said(RegistrationWaitlisted)]
    assert joined == [(BEN, 1), (CUI, 2)]


def test_the_first_party_waits_until_it_fits_and_everybody_behind_it_too(stage):
    library_event = stage.published(capacity=3)
    ann = stage.sign_up(library_event, ANN, party=2)
    ben = stage.sign_up(library_event, BEN)
    family = stage.sign_up(library_event, CUI, party=3)
    single = stage.sign_up(library_event, DAI)
    stage.cancel(ann)
    assert stage.now_is(family).status is Status.WAITLISTED
    assert stage.now_is(single).status is Status.WAITLISTED
    assert stage.reasons(family) == ["no_place_free", "party_does_not_fit_yet"]
    assert stage.reasons(single) == ["others_wait_longer"]
    stage.cancel(ben)
    assert stage.now_is(family).status is Status.OFFERED
    assert stage.now_is(single).status is Status.WAITLISTED


def test_who_comes_later_does_not_slip_past_who_waits(stage):
    library_event = stage.published(capacity=3)
    stage.sign_up(library_event, ANN, party=2)
    stage.sign_up(library_event, BEN, party=2)
    late = stage.sign_up(library_event, CUI)
    assert late.status is Status.WAITLISTED


def test_when_the_party_that_does_not_fit_leaves_the_next_is_offered(stage):
    library_event = stage.published(capacity=3)
    stage.sign_up(library_event, ANN, party=2)
    family = stage.sign_up(library_event, BEN, party=3)
    single = stage.sign_up(library_event, CUI)
    stage.cancel(family)
    assert stage.now_is(single).status is Status.OFFERED


def test_a_place_under_offer_is_offered_to_one_person_only(stage):
    library_event = stage.published(capacity=1)
    ann = stage.sign_up(library_event, ANN)
    for who in (BEN, CUI, DAI):
        stage.sign_up(library_event, who)
    stage.cancel(ann)
    assert [m.patron_id for m in stage.said(PlaceOffered)] == [BEN]


def test_two_freed_places_make_two_offers(stage):
    library_event = stage.published(capacity=2)
    pair = stage.sign_up(library_event, ANN, party=2)
    for who in (BEN, CUI, DAI):
        stage.sign_up(library_event, who)
    stage.cancel(pair)
    assert [m.patron_id for m in stage.said(PlaceOffered)] == [BEN, CUI]


def test_cancelling_after_the_promotion_brings_no_old_offer_back(stage):
    library_event = stage.published(capacity=1)
    ann = stage.sign_up(library_event, ANN)
    ben = stage.sign_up(library_event, BEN)
    cui = stage.sign_up(library_event, CUI)
    stage.cancel(ann)
    stage.decline(ben)
    stage.accept(cui)
    stage.cancel(cui)
    assert stage.now_is(ben).status is Status.LAPSED
    assert stage.now_is(ann).status is Status.CANCELLED
    assert [m.patron_id for m in stage.said(PlaceOffered)] == [BEN, CUI]
    with pytest.raises(errors.NoOfferOpen):
        stage.accept(ben)
    again = stage.sign_up(library_event, BEN)
    assert (again.status, again.id != ben.id) == (Status.CONFIRMED, True)


def test_giving_up_an_offer_passes_it_on(stage):
    library_event = stage.published(capacity=1)
    ann = stage.sign_up(library_event, ANN)
    ben = stage.sign_up(library_event, BEN)
    cui = stage.sign_up(library_event, CUI)
    stage.cancel(ann)
    stage.cancel(ben)
    assert stage.now_is(cui).status is Status.OFFERED
    previous = [m.previous_status for m in stage.said(RegistrationCancelled)]
    assert previous == ["confirmed", "offered"]


def test_an_offer_can_be_taken_until_just_before_its_end_and_no_later(stage):
    library_event = stage.published(capacity=1, offer_minutes=60)
    ann = stage.sign_up(library_event, ANN)
    ben = stage.sign_up(library_event, BEN)
    stage.cancel(ann)
    stage.later(minutes=60, microseconds=-1)
    assert stage.expire_offers() == 0
    stage.later(microseconds=1)
    with pytest.raises(errors.OfferExpired):
        stage.accept(ben)
    with pytest.raises(errors.OfferExpired):
        stage.decline(ben)
    assert stage.expire_offers() == 1
    assert stage.expire_offers() == 0
    assert [(m.patron_id, m.reason) for m in stage.said(PlaceOfferLapsed)] == [(BEN, "expired")]


def test_an_offer_accepted_in_its_last_instant_does_not_expire(stage):
    library_event = stage.published(capacity=1, offer_minutes=60)
    ann = stage.sign_up(library_event, ANN)
    ben = stage.sign_up(library_event, BEN)
    stage.cancel(ann)
    stage.later(minutes=60, microseconds=-1)
    stage.accept(ben)
    stage.later(minutes=1)
    assert stage.expire_offers() == 0
    assert stage.now_is(ben).status is Status.CONFIRMED


@pytest.mark.parametrize(
    ("minutes_left", "configured", "kept"),
    [
        (24 * 60, 60, 60),
        (60, 60, 30),
        (9, 60, 5),
        (5, 60, 5),
        (10, 5, 5),
        (24 * 60, 5, 5),
    ],
)
def test_an_offer_is_kept_half_the_time_left_at_most_and_five_minutes_at_least(
    minutes_left, configured, kept
):
    library_event = a_library_event(planned={"offer_minutes": configured})
    now = TOMORROW - timedelta(minutes=minutes_left)
    assert offer_until(library_event, now) == now + timedelta(minutes=kept)


def test_too_near_the_start_nothing_is_offered_and_the_list_says_so(stage):
    library_event = stage.published(capacity=1)
    ann = stage.sign_up(library_event, ANN)
    ben = stage.sign_up(library_event, BEN)
    stage.clock.set(TOMORROW - timedelta(minutes=4))
    stage.cancel(ann)
    assert stage.now_is(ben).status is Status.WAITLISTED
    assert stage.reasons(ben)[-1] == "too_near_the_start"


def test_more_places_are_offered_in_order(stage):
    library_event = stage.published(capacity=1)
    stage.sign_up(library_event, ANN)
    ben = stage.sign_up(library_event, BEN)
    cui = stage.sign_up(library_event, CUI)
    dai = stage.sign_up(library_event, DAI)
    command = ChangeLibraryEvent(
        library_event_id=library_event.id, by=an_organizer, changes={"capacity": 3}
    )
    change_library_event(command, uow=stage.uow, clock=stage.clock)
    statuses = [stage.now_is(each).status for each in (ben, cui, dai)]
    assert statuses == [Status.OFFERED, Status.OFFERED, Status.WAITLISTED]


@pytest.mark.parametrize(("minutes_before", "late"), [(61, False), (60, False), (59, True)])
def test_giving_up_inside_the_notice_is_late(stage, minutes_before, late):
    library_event = stage.published(capacity=1, late_cancel_minutes=60)
    ann = stage.sign_up(library_event, ANN)
    stage.clock.set(TOMORROW - timedelta(minutes=minutes_before))
    stage.cancel(ann)
    [said] = stage.said(RegistrationCancelled)
    assert (said.late, said.cancelled_by) == (late, "patron")


def test_giving_up_a_wait_is_never_late(stage):
    library_event = stage.published(capacity=1, late_cancel_minutes=48 * 60)
    stage.sign_up(library_event, ANN)
    stage.cancel(stage.sign_up(library_event, BEN))
    [said] = stage.said(RegistrationCancelled)
    assert (said.previous_status, said.late) == ("waitlisted", False)


def test_nothing_is_given_up_twice_nor_after_the_start(stage):
    library_event = stage.published(capacity=2)
    ann = stage.sign_up(library_event, ANN)
    ben = stage.sign_up(library_event, BEN)
    stage.cancel(ann)
    with pytest.raises(errors.CannotCancel):
        stage.cancel(ann)
    stage.clock.set(TOMORROW)
    with pytest.raises(errors.CannotCancel):
        stage.cancel(ben)
