"""A no-show that was taken back is none in any figure; who was there has the points."""

import itertools

import pytest

from shared.contracts.domain_event import DomainEvent
from tests.engagement.commands.test_points import balance
from tests.engagement.stage import Stage
from tests.support.engagement_builders import Stay, at, described


def stay() -> Stay:
    return Stay(1, who=1, starts_at=at(10))


def messages(outcome: str) -> list[DomainEvent]:
    one = stay()
    return [one.confirmed(), one.no_show(), one.no_show_voided(outcome)]


@pytest.mark.parametrize(
    ("outcome", "no_shows", "points"), [("was_there", (0, 1), 2), ("excused", (0, 0), 0)]
)
def test_it_counts_as_what_is_true_instead_in_whatever_order_it_is_heard(
    stage: Stage, outcome: str, no_shows: tuple[int, int], points: int
) -> None:
    stage.tell(described(1, "Science"), at(7, day=1))
    told = [stage.town.say(one, at(12)) for one in messages(outcome)]
    orders = [*itertools.permutations(told)]
    for said in orders[-1]:
        assert stage.hear(said)
    for said in itertools.chain(*orders[:2]):
        assert not stage.hear(said), "redelivered: known already"
    assert (stage.parts("M17")[0] or 0, stage.parts("M17")[1] or 0) == no_shows
    assert balance(stage, 1) == points


def test_until_it_is_taken_back_it_counts(stage: Stage) -> None:
    stage.tell(described(1, "Science"), at(7, day=1))
    for one in messages("was_there")[:2]:
        stage.tell(one, at(12))
    assert stage.parts("M17") == (1, 1)
    assert balance(stage, 1) == 0


def test_the_minutes_until_the_release_were_used(stage: Stage) -> None:
    stage.tell(described(1, "Science"), at(7, day=1))
    for one in messages("was_there"):
        stage.tell(one, at(12))
    assert stage.parts("M07") == (45, 60)
    (act,) = stage.acts("M05b")
    assert act["type"] == "booking.reservation.no_show_voided.v1"
