"""Whatever order messages come in, and however often: the same facts, figures and points."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engagement.stage import Said, Stage
from tests.support.engagement_builders import renamed
from tests.support.engagement_month import a_month

SEEDS = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MANY_SEEDS = settings(SEEDS, max_examples=300)
Outcome = tuple[dict[str, list[str]], bytes, dict[str, int]]


def outcome(stage: Stage) -> Outcome:
    return stage.facts(), stage.export(), stage.balances()


@pytest.fixture
def once_in_order(stage: Stage) -> Outcome:
    stage.hear_all(a_month())
    as_told = outcome(stage)
    assert len(as_told[0]["participation_act"]) > 10, "the month must have something in it"
    return as_told


def delivered(random: Random) -> list[Said]:
    """The month with every message one to three times, shuffled."""
    deliveries = [said for said in a_month() for _ in range(random.choice((1, 1, 1, 2, 3)))]
    random.shuffle(deliveries)
    return deliveries


@SEEDS
@given(seed=st.integers(0, 2**32))
def test_a_shuffled_and_repeated_month_is_the_same_month(
    stage: Stage, once_in_order: Outcome, seed: int
) -> None:
    assert told_again(stage, seed) == once_in_order


@pytest.mark.storm
@pytest.mark.timeout(1200)
@MANY_SEEDS
@given(seed=st.integers(0, 2**32))
def test_a_month_shuffled_hundreds_of_times_is_the_same_month(
    stage: Stage, once_in_order: Outcome, seed: int
) -> None:
    assert told_again(stage, seed) == once_in_order


def told_again(stage: Stage, seed: int) -> Outcome:
    """What comes of the month when all is forgotten and it is told in another order."""
    stage.clear()
    stage.hear_all(delivered(Random(seed)))
    return outcome(stage)


def test_control_without_knowing_messages_again_repeats_would_count(
    stage: Stage, once_in_order: Outcome
) -> None:
    stage.clear()
    for number, said in enumerate(delivered(Random(1))):
        stage.hear(renamed(said, number))
    facts, _, points = outcome(stage)
    acts, acts_once = facts["participation_act"], once_in_order[0]["participation_act"]
    assert len(acts) > len(acts_once)
    assert points != once_in_order[2]


def test_points_sum_to_zero_whatever_the_order(stage: Stage) -> None:
    stage.hear_all(delivered(Random(7)))
    assert sum(stage.balances().values()) == 0
    assert stage.balances()["library"] < 0
