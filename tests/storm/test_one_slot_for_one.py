"""Two hundred people at once for one slot, fifty slots; one person at once for fifty slots.

Through the public door: web processes, tokens, idempotency, rules, on tables of many index pages.
Each storm has its control: with the guard off, it must be seen to fail.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import Engine

from services.booking.domain.space import Space
from shared.kernel.identifiers import new_id
from tests.support.booking_builders import LIBRARY_ID, a_rulebook, furnish, rooms, some_rules
from tests.support.tokens import token_for, write_jwks
from tests.support.web_process import served

pytestmark = [pytest.mark.storm, pytest.mark.timeout(900)]

SERVERS = ["embedded", pytest.param("installed", marks=pytest.mark.installed_postgres)]
on_both_servers = pytest.mark.parametrize("postgres_server", SERVERS, indirect=True)

SLOTS, AT_ONCE = 50, 200
PATH = "/api/booking/v1/reservations"
ROOMS = rooms(100)
PAGES = "SELECT pg_relation_size('one_slot_one_reservation') / current_setting('block_size')::int"
OVERLAPS = (
    "SELECT count(*) FROM reservation AS a JOIN reservation AS b"
    " ON a.space_id = b.space_id AND a.id < b.id AND a.held && b.held WHERE a.active AND b.active"
)
FILL = (
    "INSERT INTO reservation (id, library_id, space_id, patron_id, during, held, status,"
    " party_size, purpose, rule_version, calendar_uid, created_at, changed_at)"
    " SELECT gen_random_uuid(), %(library_id)s, s.id, gen_random_uuid(), r.span, r.span,"
    " 'confirmed', 1, 'patron', 1, gen_random_uuid()::text, now(), now()"
    " FROM space AS s, LATERAL (SELECT tstzrange(now() + n * interval '1 hour',"
    " now() + n * interval '1 hour' + interval '50 minutes') AS span"
    " FROM generate_series(-300, -101) AS n) AS r"
)


@pytest.fixture
def engine(fresh_database: Callable[[str], str], open_engine: Callable[..., Engine]) -> Engine:
    """100 rooms with 20,000 reservations, and a rule of two reservations a day."""
    engine = open_engine(fresh_database("booking"))
    rules = some_rules(quotas=[{"unit": "count", "period": "day", "limit": 2}])
    furnish(engine, ROOMS, [a_rulebook(rules)])
    with engine.begin() as connection:
        connection.exec_driver_sql(FILL, {"library_id": LIBRARY_ID})
        assert connection.exec_driver_sql(PAGES).scalar_one() > 100
    return engine


@pytest.fixture
def base_url(engine: Engine, tmp_path: Path) -> Iterator[str]:
    settings = {
        "ATRIUM_BOOKING_DATABASE_URL": engine.url.set(drivername="postgresql").render_as_string(
            hide_password=False
        ),
        "ATRIUM_BROKER_URL": "unused",
        "ATRIUM_JWKS": write_jwks(tmp_path),
        "ATRIUM_RATE_LIMIT": "0",
        "ATRIUM_LOG_LEVEL": "warning",
    }
    with served("booking", settings, tmp_path / "booking.log") as base:
        yield base


def tomorrow(hour: float) -> datetime:
    """Return a wall-clock hour of tomorrow in Shanghai."""
    today = datetime.now(UTC) + timedelta(hours=8)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=8)
    return midnight + timedelta(days=1, hours=hour)


def wish(room: Space, person: UUID, hour: float = 10) -> dict[str, Any]:
    starts_at = tomorrow(hour)
    headers = {"Authorization": f"Bearer {token_for(person)}", "Idempotency-Key": str(uuid4())}
    body = {"space_id": str(room.id), "starts_at": starts_at.isoformat()}
    body["ends_at"] = (starts_at + timedelta(minutes=30)).isoformat()
    return {"headers": headers, "json": body}


async def all_at_once(
    client: httpx.AsyncClient, wishes: Sequence[dict[str, Any]]
) -> list[httpx.Response]:
    return await asyncio.gather(*(client.post(PATH, **one) for one in wishes))


def storm(base_url: str, batches: Sequence[Sequence[dict[str, Any]]]) -> list[list[httpx.Response]]:
    """Send each batch at once, a connection for each wish; one batch after another."""

    async def send() -> list[list[httpx.Response]]:
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
        async with httpx.AsyncClient(base_url=base_url, limits=limits, timeout=60) as client:
            return [await all_at_once(client, batch) for batch in batches]

    return asyncio.run(send())


def statuses(answers: Sequence[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def overlaps(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(OVERLAPS).scalar_one())


@on_both_servers
def test_fifty_slots_go_to_fifty_of_ten_thousand(base_url: str, engine: Engine) -> None:
    batches = [[wish(room, new_id()) for _ in range(AT_ONCE)] for room in ROOMS[:SLOTS]]
    for answers in storm(base_url, batches):
        assert statuses(answers) == {201: 1, 409: AT_ONCE - 1}
        problems = [answer.json() for answer in answers if answer.status_code == 409]
        assert {problem["code"] for problem in problems} == {"slot_taken"}
        assert all(problem["alternatives"] for problem in problems)
    assert overlaps(engine) == 0


def test_control_without_the_constraint_slots_go_to_several(base_url: str, engine: Engine) -> None:
    with engine.begin() as connection:
        statement = "ALTER TABLE reservation DROP CONSTRAINT one_slot_one_reservation"
        connection.exec_driver_sql(statement)
    batches = [[wish(room, new_id()) for _ in range(40)] for room in ROOMS[:5]]
    assert all(statuses(answers)[201] > 1 for answers in storm(base_url, batches))
    assert overlaps(engine) > 0


@on_both_servers
def test_one_persons_fifty_wishes_at_once_get_the_two_their_quota_allows(base_url: str) -> None:
    people = [new_id() for _ in range(10)]
    batches = [
        [wish(room, person, 8 + number / 4) for number, room in enumerate(ROOMS[:50])]
        for person in people
    ]
    for answers in storm(base_url, batches):
        assert statuses(answers) == {201: 2, 409: 48}
        refused = [answer.json() for answer in answers if answer.status_code == 409]
        codes = {violation["code"] for problem in refused for violation in problem["violations"]}
        assert "quota_count_day" in codes
