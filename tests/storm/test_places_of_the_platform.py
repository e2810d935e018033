"""Everybody signs up at once while others give up: capacity, once each, and order hold over HTTP.

With the activity's lock off the same storm overbooks, and the same account says so.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import Engine, text

from tests.events.races.storm import Replay
from tests.storm.kills.storm import a_seed, report
from tests.storm.unguarded_platform import unguarded
from tests.support.platform_campus import (
    EVENTS,
    PlatformCampus,
    build_campus,
    local_midnight,
)
from tests.support.platform_fixtures import both_shapes
from tests.support.platform_people import Person
from tests.support.running_platform import RunningPlatform
from tests.support.simultaneous import with_client

CONNECTIONS = 100
TOLD = text("SELECT type, data FROM outbox WHERE data->>'library_event_id' = :id ORDER BY position")
STANDING = text(
    "SELECT status, count(*), count(DISTINCT patron_id) FROM registration"
    " WHERE library_event_id = :id GROUP BY status"
)
FILL = text(
    "INSERT INTO registration (id, library_event_id, patron_id, party_size, status, registered_at,"
    " changed_at, version) SELECT gen_random_uuid(), :id, gen_random_uuid(), 1, 'cancelled', now(),"
    " now(), 1 FROM generate_series(1, 2000)"
)


class Round:
    """One activity, and those who rush at it."""

    def __init__(self, campus: PlatformCampus, staff: Person, *, capacity: int) -> None:
        plan = {
            "programme": "lecture",
            "title_en": "The last places",
            "place": "Market square",
            "library_id": campus.library_id,
            "space_kind": "cultural",
            "starts_at": local_midnight(3).isoformat(),
            "ends_at": (local_midnight(3) + timedelta(hours=2)).isoformat(),
            "capacity": capacity,
        }
        self.capacity = capacity
        self.id: str = staff.post(f"{EVENTS}/library-events", plan)["id"]
        staff.post(f"{EVENTS}/library-events/{self.id}/publish")

    def rush(
        self,
        base_url: str,
        people: Sequence[Person],
        *,
        leaving: int,
        seed: int,
        forgiven: tuple[type[Exception], ...] = (),
    ) -> None:
        """Let everybody sign up at once; those who leave do so as soon as they are answered.

        `forgiven`: what ends a visit and is passed over; without the guard there are odd answers.
        """
        leavers = {one.patron_id for one in random.Random(seed).sample(list(people), leaving)}

        async def visit(client: httpx.AsyncClient, one: Person) -> None:
            with suppress(*forgiven):
                await self._visit(client, one, leaves=one.patron_id in leavers)

        async def all_of_them(client: httpx.AsyncClient) -> None:
            await asyncio.gather(*(visit(client, one) for one in people))

        with_client(base_url, CONNECTIONS, all_of_them)

    async def _visit(self, client: httpx.AsyncClient, person: Person, *, leaves: bool) -> None:
        headers = {"Idempotency-Key": str(uuid4()), **person.headers}
        path = f"{EVENTS}/library-events/{self.id}/registrations"
        answer = await client.post(path, json={}, headers=headers)
        assert answer.status_code == 201, answer.text
        while leaves:
            path = f"{EVENTS}/registrations/{answer.json()['id']}"
            matched = {**person.headers, "If-Match": answer.headers["ETag"]}
            left = await client.delete(path, headers=matched)
            if left.status_code == 200:
                return
            # Offered a place meanwhile: another version of the sign-up, to be read first.
            assert left.status_code == 412, left.text
            answer = await client.get(path, headers=person.headers)
            assert answer.status_code == 200, f"{answer.status_code} {answer.text}"

    def account(self, engine: Engine) -> "Account":
        replay = Replay()
        with engine.connect() as connection:
            for kind, data in connection.execute(TOLD, {"id": self.id}):
                if kind.startswith(("events.registration.", "events.place.")):
                    replay.hear(kind, data)
            rows = connection.execute(STANDING, {"id": self.id}).all()
        standing: Counter[str] = Counter({status: count for status, count, _ in rows})
        return Account(replay, standing, all(count == persons for _, count, persons in rows))

    def judge(self, engine: Engine, *, signed_up: int, left: int) -> None:
        account = self.account(engine)
        replay, standing = account.replay, account.standing
        assert account.nobody_twice
        assert replay.most_taken <= self.capacity
        assert replay.out_of_order == 0
        taken = standing["confirmed"] + standing["offered"]
        assert taken == replay.taken == min(self.capacity, signed_up - left)
        assert standing["cancelled"] == left
        assert taken + standing["waitlisted"] + standing["cancelled"] == signed_up


@dataclass(frozen=True)
class Account:
    """What the messages say happened, and how the rows stand."""

    replay: Replay
    standing: Counter[str]
    nobody_twice: bool


def storm(
    platform: RunningPlatform, *, rounds: int, capacity: int, sign_ups: int, cancels: int
) -> None:
    campus, engine = furnished(platform), platform.engine("events")
    for number in range(rounds):
        one = Round(campus, platform.staff(), capacity=capacity)  # tokens live ten minutes
        people = platform.crowd().people(sign_ups)
        one.rush(platform.process.base_url, people, leaving=cancels, seed=number)
        one.judge(engine, signed_up=sign_ups, left=cancels)


def furnished(platform: RunningPlatform) -> PlatformCampus:
    campus = build_campus(platform.staff(), rooms=1)
    platform.await_space(campus.space_ids[0])
    crowd_elsewhere(platform.engine("events"), Round(campus, campus.staff, capacity=1))
    return campus


def crowd_elsewhere(engine: Engine, elsewhere: Round) -> None:
    """Fill the indexes past their first page."""
    with engine.begin() as connection:
        connection.execute(FILL, {"id": elsewhere.id})


def test_capacity_once_each_and_order_hold_in_a_small_storm(platform: RunningPlatform) -> None:
    storm(platform, rounds=2, capacity=5, sign_ups=40, cancels=14)


@pytest.mark.storm
@pytest.mark.timeout(1800)
@both_shapes
def test_capacity_30_holds_in_50_storms_of_300_sign_ups_and_100_cancellations(
    platform: RunningPlatform,
) -> None:
    storm(platform, rounds=50, capacity=30, sign_ups=300, cancels=100)


@pytest.mark.storm
@pytest.mark.timeout(300)
def test_control_without_the_activitys_lock_30_places_are_given_to_more() -> None:
    seed, taken = a_seed(), []
    with unguarded("without_the_activitys_lock") as platform:
        campus, engine = furnished(platform), platform.engine("events")
        for number in range(3):
            one = Round(campus, platform.staff(), capacity=30)
            people = platform.crowd().people(120)
            one.rush(
                platform.process.base_url,
                people,
                leaving=40,
                seed=seed + number,
                forgiven=(AssertionError,),
            )
            taken.append(one.account(engine).replay.most_taken)
    report(f"seed {seed}: of 30 places {taken} were taken at once")
    assert max(taken) > 30
