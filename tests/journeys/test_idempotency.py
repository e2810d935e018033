"""A request sent again has no second effect and the same bytes as its answer, whatever happens."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text

from shared.kernel.identifiers import lock_key
from tests.support.platform_campus import (
    BOOKING,
    PlatformCampus,
    build_campus,
    local_midnight,
    slot,
)
from tests.support.platform_fixtures import both_shapes
from tests.support.platform_start import own_platform
from tests.support.running_platform import RunningPlatform, connected
from tests.support.simultaneous import Wish, in_batches

PATH = f"{BOOKING}/reservations"
PEOPLE = 10
HOLD = text("SELECT pg_advisory_xact_lock(:lock)")
FORGET = text("DELETE FROM idempotency_key WHERE key = :key")
EFFECTS = text("SELECT count(*) FROM reservation WHERE library_id = :library")
TOLD = text(
    "SELECT count(*) FROM outbox WHERE type = 'booking.reservation.confirmed.v1'"
    " AND data->>'library_id' = :library"
)


class Senders:
    """Ten people with so many requests, each under a key of its own and for a slot of its own."""

    def __init__(self, platform: RunningPlatform, count: int) -> None:
        self.platform = platform
        self.campus: PlatformCampus = build_campus(platform.staff(), rooms=PEOPLE)
        people = platform.crowd().people(PEOPLE)
        self.wishes = [
            Wish(
                people[number % PEOPLE],
                PATH,
                slot(
                    self.campus.space_ids[number % PEOPLE],
                    local_midnight(1) + timedelta(minutes=30 * (number // PEOPLE)),
                    minutes=30,
                ),
                key=str(uuid4()),
            )
            for number in range(count)
        ]

    def send_in_turn(self) -> list[httpx.Response]:
        batches = [[wish] for wish in self.wishes]
        return [answers[0] for answers in in_batches(self.platform.process.base_url, batches)]

    def send_in_parallel(self, times: int) -> list[list[httpx.Response]]:
        """Send every request so many times at once; return the answers by request."""
        answers = in_batches(
            self.platform.process.base_url, [[wish] * times for wish in self.wishes]
        )
        return [list(each) for each in answers]

    @property
    def effects(self) -> tuple[int, int]:
        """How many reservations there are, and how many messages about them."""
        library = {"library": self.campus.library_id}
        with self.platform.engine("booking").connect() as connection:
            counted = [connection.execute(asked, library).scalar_one() for asked in (EFFECTS, TOLD)]
        return counted[0], counted[1]


def insist_replayed(first: Sequence[httpx.Response], again: Sequence[httpx.Response]) -> None:
    for one, other in zip(first, again, strict=True):
        assert (one.status_code, other.status_code) == (201, 201)
        assert "Idempotency-Replayed" not in one.headers
        assert other.headers["Idempotency-Replayed"] == "true"
        assert other.content == one.content
        assert other.headers["ETag"] == one.headers["ETag"]
        assert other.headers["Location"] == one.headers["Location"]


def send_three_times_in_turn(platform: RunningPlatform, count: int) -> None:
    senders = Senders(platform, count)
    first = senders.send_in_turn()
    insist_replayed(first, senders.send_in_turn())
    insist_replayed(first, senders.send_in_turn())
    assert senders.effects == (count, count)


def send_three_times_in_parallel(platform: RunningPlatform, count: int) -> None:
    senders = Senders(platform, count)
    for answers in senders.send_in_parallel(3):
        done = [answer for answer in answers if answer.status_code == 201]
        early = [answer for answer in answers if answer.status_code != 201]
        assert {answer.content for answer in done} == {done[0].content}
        assert sum("Idempotency-Replayed" not in answer.headers for answer in done) == 1
        assert all(answer.status_code == 409 for answer in early)
        assert all(answer.json()["code"] == "idempotency_in_flight" for answer in early)
    assert senders.effects == (count, count)
    again = senders.send_in_turn()
    assert {answer.headers["Idempotency-Replayed"] for answer in again} == {"true"}
    assert senders.effects == (count, count)


def send_again_after_a_restart(platform: RunningPlatform, count: int) -> None:
    senders = Senders(platform, count)
    first = senders.send_in_turn()
    platform.process.restart_web()
    insist_replayed(first, senders.send_in_turn())
    insist_replayed(first, senders.send_in_turn())
    assert senders.effects == (count, count)


def test_twenty_requests_sent_three_times_in_turn_have_twenty_effects(
    platform: RunningPlatform,
) -> None:
    send_three_times_in_turn(platform, 20)


def test_twenty_requests_sent_three_times_at_once_have_twenty_effects(
    platform: RunningPlatform,
) -> None:
    send_three_times_in_parallel(platform, 20)


def test_twenty_requests_are_remembered_over_a_restart_of_the_web_processes() -> None:
    with own_platform("run", "restarted") as process, connected(process) as platform:
        send_again_after_a_restart(platform, 20)


def test_control_without_the_kept_answers_a_request_sent_again_is_judged_anew(
    platform: RunningPlatform,
) -> None:
    senders = Senders(platform, 1)
    first = senders.send_in_turn()
    with platform.engine("booking").begin() as connection:
        connection.execute(FORGET, {"key": senders.wishes[0].key})
    again = senders.send_in_turn()
    assert [answer.status_code for answer in (*first, *again)] == [201, 409]


def test_a_key_with_another_body_is_refused_and_changes_nothing(platform: RunningPlatform) -> None:
    senders = Senders(platform, 1)
    [wish] = senders.wishes
    senders.send_in_turn()
    answer = wish.person.send(PATH, {**wish.body, "party_size": 2}, **{"Idempotency-Key": wish.key})
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert senders.effects == (1, 1)


def test_a_key_still_at_work_is_refused_until_it_is_free(platform: RunningPlatform) -> None:
    senders = Senders(platform, 1)
    [wish] = senders.wishes
    lock = lock_key("idempotency", str(wish.person.patron_id), wish.key)
    with platform.engine("booking").begin() as first_request:
        first_request.execute(HOLD, {"lock": lock})
        [answer] = senders.send_in_turn()
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_in_flight")
        assert senders.effects == (0, 0)
    [answer] = senders.send_in_turn()
    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer.headers


def test_anothers_equal_key_is_another_key(platform: RunningPlatform) -> None:
    senders = Senders(platform, 2)
    one, other = senders.wishes
    first = one.person.send(PATH, one.body, **{"Idempotency-Key": one.key})
    second = other.person.send(PATH, other.body, **{"Idempotency-Key": one.key})
    assert (first.status_code, second.status_code) == (201, 201)
    assert "Idempotency-Replayed" not in second.headers
    assert senders.effects == (2, 2)


@pytest.mark.storm
@pytest.mark.timeout(600)
@both_shapes
def test_two_hundred_requests_sent_three_times_have_two_hundred_effects(
    platform: RunningPlatform,
) -> None:
    send_three_times_in_turn(platform, 200)
    send_three_times_in_parallel(platform, 200)


@pytest.mark.storm
@pytest.mark.timeout(600)
@pytest.mark.parametrize("shape", ["run", "scaled"])
def test_two_hundred_requests_are_remembered_over_a_restart(shape: str) -> None:
    with own_platform(shape, f"restarted-{shape}") as process, connected(process) as platform:
        send_again_after_a_restart(platform, 200)
