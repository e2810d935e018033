"""A second tap gets the answer to the first, and nothing happens twice."""

import httpx
import pytest

from gateway.clients import service
from gateway.clients.service import ApiProblem, ServiceClient

IN_FLIGHT = httpx.Response(409, json={"code": "idempotency_in_flight", "detail": "at work"})
MADE = httpx.Response(201, json={"id": "made once"})
TAKEN = httpx.Response(409, json={"code": "slot_taken", "detail": "taken"})


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PAUSES", (0.0, 0.0))


def client(*answers: httpx.Response) -> tuple[ServiceClient, list[str]]:
    """Return the way to a service that answers so in turn, and the keys it was asked with."""
    keys: list[str] = []
    waiting = iter(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        keys.append(request.headers["Idempotency-Key"])
        return next(waiting)

    http = httpx.Client(base_url="http://services", transport=httpx.MockTransport(answer))
    return ServiceClient("booking", http, "token", "en"), keys


def test_the_answer_to_the_first_tap_is_waited_for() -> None:
    booking, keys = client(IN_FLIGHT, IN_FLIGHT, MADE)
    assert booking.post("/reservations", {}, key="one") == {"id": "made once"}
    assert keys == ["one"] * 3


def test_another_no_is_not_asked_for_again() -> None:
    booking, keys = client(TAKEN)
    with pytest.raises(ApiProblem, match="slot_taken"):
        booking.post("/reservations", {}, key="one")
    assert keys == ["one"]


def test_nobody_waits_for_ever() -> None:
    booking, keys = client(IN_FLIGHT, IN_FLIGHT, IN_FLIGHT)
    with pytest.raises(ApiProblem, match="idempotency_in_flight"):
        booking.post("/reservations", {}, key="one")
    assert keys == ["one"] * 3
