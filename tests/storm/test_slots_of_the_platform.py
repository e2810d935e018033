"""Many people at once for one slot, one person at once for many: on the whole running platform.

What the guards hold up is shown by the controls: without the constraint, without the person's lock.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx
import pytest

from tests.storm.rows import ACTIVE, MOST_OF_ONE, OVERLAPS, counted, fill
from tests.storm.unguarded_platform import unguarded
from tests.support.platform_campus import (
    BOOKING,
    PlatformCampus,
    build_campus,
    local_midnight,
    slot,
)
from tests.support.platform_fixtures import both_shapes
from tests.support.platform_people import Crowd, Person
from tests.support.platform_start import own_platform
from tests.support.running_platform import RunningPlatform, connected
from tests.support.simultaneous import Wish, in_batches, statuses

ROOMS = 10
EACH = 250
PATH = f"{BOOKING}/reservations"
A_DAY_TWO = [{"unit": "count", "period": "day", "limit": 2}]


def furnished(platform: RunningPlatform) -> tuple[PlatformCampus, int]:
    """Ten rooms with 2,500 reservations: far more than one page of the index; and their number."""
    campus = build_campus(platform.staff(), rooms=ROOMS, quotas=A_DAY_TWO)
    assert fill(platform.engine("booking"), campus, each=EACH) > 10
    return campus, ROOMS * EACH


def rush(
    platform: RunningPlatform, campus: PlatformCampus, *, slots: int, people: int
) -> list[list[httpx.Response]]:
    """Let everybody ask for the same slot at once, slot after slot."""
    crowd = platform.crowd().people(people)
    batches = [
        [
            Wish(person, PATH, slot(campus.space_ids[number % ROOMS], hour_of(number)))
            for person in crowd
        ]
        for number in range(slots)
    ]
    return in_batches(platform.process.base_url, batches)


def hour_of(number: int) -> datetime:
    """No two slots at the same time: who has won one is free for all others but those of a day."""
    return local_midnight(1) + timedelta(hours=number)


def insist_one_each(batches: Sequence[Sequence[httpx.Response]], people: int) -> None:
    for answers in batches:
        assert statuses(answers) == {201: 1, 409: people - 1}
        refused = [answer for answer in answers if answer.status_code == 409]
        assert {answer.headers["Content-Type"] for answer in refused} == {
            "application/problem+json"
        }
        problems = [answer.json() for answer in refused]
        assert {problem["status"] for problem in problems} == {409}
        assert all(problem["type"].startswith("/problems/") for problem in problems)
        assert {problem["code"] for problem in problems} <= {"slot_taken", "rules_not_met"}


def test_five_slots_go_to_five_of_two_hundred(platform: RunningPlatform) -> None:
    campus, before = furnished(platform)
    insist_one_each(rush(platform, campus, slots=5, people=40), 40)
    engine = platform.engine("booking")
    assert counted(engine, OVERLAPS, campus) == 0
    assert counted(engine, ACTIVE, campus) == before + 5


@pytest.mark.storm
@pytest.mark.timeout(900)
@both_shapes
def test_fifty_slots_go_to_fifty_of_ten_thousand(platform: RunningPlatform) -> None:
    campus, before = furnished(platform)
    insist_one_each(rush(platform, campus, slots=50, people=200), 200)
    engine = platform.engine("booking")
    assert counted(engine, OVERLAPS, campus) == 0
    assert counted(engine, ACTIVE, campus) == before + 50


@pytest.mark.storm
@pytest.mark.timeout(300)
def test_control_without_the_constraint_slots_go_to_several() -> None:
    with own_platform("run", "unguarded") as process, connected(process) as platform:
        campus, _ = furnished(platform)
        with platform.engine("booking").begin() as connection:
            statement = "ALTER TABLE reservation DROP CONSTRAINT one_slot_one_reservation"
            connection.exec_driver_sql(statement)
        won = [statuses(answers)[201] for answers in rush(platform, campus, slots=5, people=40)]
        assert max(won) > 1
        assert counted(platform.engine("booking"), OVERLAPS, campus) > 0


def greedy(
    platform: RunningPlatform, campus: PlatformCampus, crowd: Crowd, *, persons: int
) -> list[Counter[int]]:
    """Let a person ask at once for fifty quarter hours of a day, two of which they may have."""
    batches = [
        [quarter_hour(campus, one, number) for number in range(50)] for one in crowd.people(persons)
    ]
    return [statuses(answers) for answers in in_batches(platform.process.base_url, batches)]


def quarter_hour(campus: PlatformCampus, person: Person, number: int) -> Wish:
    starts_at = local_midnight(5) + timedelta(minutes=15 * number)
    return Wish(person, PATH, slot(campus.space_ids[number % ROOMS], starts_at, minutes=15))


def test_fifty_parallel_wishes_of_one_person_get_the_two_a_day_allows(
    platform: RunningPlatform,
) -> None:
    campus, _ = furnished(platform)
    assert greedy(platform, campus, platform.crowd(), persons=1) == [{201: 2, 409: 48}]
    assert counted(platform.engine("booking"), MOST_OF_ONE, campus) == 2


@pytest.mark.storm
@pytest.mark.timeout(300)
@both_shapes
def test_twenty_greedy_persons_one_after_the_other_get_two_each(platform: RunningPlatform) -> None:
    campus, _ = furnished(platform)
    answered = greedy(platform, campus, platform.crowd(), persons=20)
    assert answered == [{201: 2, 409: 48}] * 20
    assert counted(platform.engine("booking"), MOST_OF_ONE, campus) == 2


@pytest.mark.storm
@pytest.mark.timeout(300)
def test_control_without_the_persons_lock_somebody_gets_more_than_a_day_allows() -> None:
    with unguarded("without_the_persons_lock") as platform:
        campus, _ = furnished(platform)
        answered = greedy(platform, campus, platform.crowd(), persons=5)
        assert max(answers[201] for answers in answered) > 2
        assert counted(platform.engine("booking"), MOST_OF_ONE, campus) > 2
