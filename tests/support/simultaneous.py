"""Requests of many people that leave at the same instant, each on a connection already open."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from tests.support.platform_people import Person

T = TypeVar("T")
TIMEOUT_SECONDS = 60.0
OPEN_A_CONNECTION = "/api/booking/v1/health/live"


@dataclass(frozen=True)
class Wish:
    """A POST in somebody's name."""

    person: Person
    path: str
    body: dict[str, Any]
    key: str = ""

    async def send(self, client: httpx.AsyncClient) -> httpx.Response:
        headers = {"Idempotency-Key": self.key or str(uuid4()), **self.person.headers}
        return await client.post(self.path, json=self.body, headers=headers)


def in_batches(base_url: str, batches: Sequence[Sequence[Wish]]) -> list[list[httpx.Response]]:
    """Send the wishes of a batch all at once, one batch after the other."""
    at_once = max(len(batch) for batch in batches)

    async def send(client: httpx.AsyncClient) -> list[list[httpx.Response]]:
        await asyncio.gather(*(client.get(OPEN_A_CONNECTION) for _ in range(at_once)))
        return [await asyncio.gather(*(wish.send(client) for wish in batch)) for batch in batches]

    return with_client(base_url, at_once, send)


def with_client(
    base_url: str, connections: int, work: Callable[[httpx.AsyncClient], Awaitable[T]]
) -> T:
    """Do asynchronous work with a client of so many connections."""

    async def whole() -> T:
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        waits = httpx.Timeout(TIMEOUT_SECONDS)
        async with httpx.AsyncClient(base_url=base_url, limits=limits, timeout=waits) as client:
            return await work(client)

    return asyncio.run(whole())


def statuses(answers: Iterable[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)
