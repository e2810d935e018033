"""A client that asks again, with the same key, until it has a definite answer."""

import time
from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

import httpx

from tests.storm.kills.record import Record, Told
from tests.support.platform_people import Crowd, Person
from tests.support.polling import eventually

PATIENCE_SECONDS = 180.0
AGAIN_SECONDS = 0.1
FRESH_SECONDS = 240.0  # a token lives ten minutes
STAFF = ("staff", "manager", "admin")


class People:
    """The patrons and staff of a storm; their tokens are renewed before they run out."""

    def __init__(self, crowd: Crowd, *, patrons: int, staff: int) -> None:
        self._crowd = crowd
        self._patrons = [crowd.person() for _ in range(patrons)]
        self._staff = [crowd.person(*STAFF) for _ in range(staff)]
        self._signed_at = [time.monotonic()] * (patrons + staff)

    def patron(self, number: int) -> Person:
        return self._fresh(self._patrons, number, number)

    def staff(self, number: int) -> Person:
        number %= len(self._staff)
        return self._fresh(self._staff, number, len(self._patrons) + number, *STAFF)

    def number_of(self, patron_id: str) -> int:
        wanted = UUID(patron_id)
        return next(n for n, one in enumerate(self._patrons) if one.patron_id == wanted)

    def _fresh(self, people: list[Person], number: int, place: int, *roles: str) -> Person:
        if time.monotonic() - self._signed_at[place] > FRESH_SECONDS:
            self._signed_at[place] = time.monotonic()
            patron_id = people[number].patron_id
            people[number] = self._crowd.person(*roles, patron_id=patron_id)
        return people[number]


class Insisting:
    """One client with connections of its own."""

    def __init__(self, client: httpx.Client, people: People, record: Record, number: int) -> None:
        self._client = client
        self._people = people
        self._record = record
        self._number = number
        self.seconds: list[float] = []

    def patron_id(self, who: int) -> str:
        return str(self._people.patron(who).patron_id)

    def post(self, who: int, path: str, body: object) -> Told | None:
        return self._post(lambda: self._people.patron(who), path, body)

    def post_as_staff(self, path: str, body: object) -> Told | None:
        return self._post(lambda: self._people.staff(self._number), path, body)

    def delete(
        self, owner: str, path: str, *, is_done: Callable[[dict[str, object]], bool]
    ) -> Told | None:
        """Read, then delete what was read; what is found deleted already was our own doing."""
        number = self._people.number_of(owner)
        cut_off = [0]

        def send() -> httpx.Response:
            headers = self._people.patron(number).headers
            read = self._client.get(path, headers=headers)
            if not read.is_success or is_done(read.json()):
                return read
            matched = {**headers, "If-Match": read.headers["ETag"]}
            return self._client.delete(path, headers=matched)

        return self._told(self._insist(send, cut_off, again={412}), cut_off)

    def withdraw(self, who: int, path: str) -> Told | None:
        """Take a support back; when an earlier try was cut off, it may be gone already.

        It may have been cut off behind nginx, which sends a DELETE once more by itself. That it is
        really gone is for the account to see.
        """
        cut_off = [0]

        def send() -> httpx.Response:
            return self._client.delete(path, headers=self._people.patron(who).headers)

        answer = self._insist(send, cut_off)
        if answer is not None and _code(answer) == "not_supported":
            self._record.note_recovered()
            return Told(200, answer.json(), recovered=True)
        return self._told(answer, cut_off)

    def _post(self, who: Callable[[], Person], path: str, body: object) -> Told | None:
        key = str(uuid4())
        cut_off = [0]

        def send() -> httpx.Response:
            headers = {"Idempotency-Key": key, **who().headers}
            return self._client.post(path, json=body, headers=headers)

        return self._told(self._insist(send, cut_off), cut_off)

    def _told(self, answer: httpx.Response | None, cut_off: Sequence[int]) -> Told | None:
        if answer is None:
            return None
        replayed = answer.headers.get("Idempotency-Replayed") == "true"
        if replayed:
            assert cut_off[0], "an answer was replayed to the first request"
            self._record.note_recovered()
        return Told(answer.status_code, answer.json(), recovered=replayed)

    def _insist(
        self,
        send: Callable[[], httpx.Response],
        cut_off: list[int],
        again: frozenset[int] | set[int] = frozenset(),
    ) -> httpx.Response | None:
        def once() -> httpx.Response | None:
            began = time.monotonic()
            try:
                answer = send()
            except httpx.TransportError as error:
                cut_off[0] += 1
                self._record.count(type(error).__name__)
                return None
            self._record.count(str(answer.status_code))
            if answer.status_code in again or not _is_definite(answer):
                cut_off[0] += answer.status_code >= 500
                return None
            self.seconds.append(time.monotonic() - began)
            return answer

        try:
            return eventually(once, within=PATIENCE_SECONDS, step=AGAIN_SECONDS)
        except AssertionError:
            return None


def _is_definite(answer: httpx.Response) -> bool:
    """5xx and "too many" say nothing of the effect; nor does the answer that it is under way."""
    if answer.status_code >= 500 or answer.status_code == 429:
        return False
    return _code(answer) != "idempotency_in_flight"


def _code(answer: httpx.Response) -> str:
    return str(answer.json().get("code", "")) if answer.status_code == 409 else ""
