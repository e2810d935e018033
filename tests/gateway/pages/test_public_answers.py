"""Strangers are answered from one asking; people who are signed in never share."""

import httpx
import pytest

from gateway.clients.public_answers import MOST_KEPT, PublicAnswers
from gateway.clients.service import ApiProblem, ServiceClient, ServiceDown


class Counting:
    """A service that counts what it is asked."""

    def __init__(self, status: int = 200) -> None:
        self.asked = 0
        self.status = status

    def client(self, token: str | None, public: PublicAnswers) -> ServiceClient:
        http = httpx.Client(transport=httpx.MockTransport(self._answer), base_url="http://x")
        return ServiceClient("events", http, token, "en", public)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        del request
        self.asked += 1
        return httpx.Response(self.status, json={"asked": self.asked})


def test_strangers_share_an_answer_to_the_same_question() -> None:
    service, public = Counting(), PublicAnswers()
    for _ in range(5):
        assert service.client(None, public).get("/library-events", limit=4) == {"asked": 1}
    assert service.client(None, public).get("/library-events", limit=5) == {"asked": 2}


def test_people_who_are_signed_in_are_answered_each_for_themselves() -> None:
    service, public = Counting(), PublicAnswers()
    assert service.client("one", public).get("/registrations") == {"asked": 1}
    assert service.client("two", public).get("/registrations") == {"asked": 2}
    assert service.client(None, public).get("/registrations") == {"asked": 3}


@pytest.mark.parametrize(("status", "raised"), [(429, ApiProblem), (503, ServiceDown)])
def test_a_no_is_not_kept(status: int, raised: type[Exception]) -> None:
    service, public = Counting(status), PublicAnswers()
    for _ in range(2):
        with pytest.raises(raised):
            service.client(None, public).get("/library-events")
    assert service.asked == 2


def test_no_more_is_kept_than_there_is_room_for() -> None:
    public = PublicAnswers()
    for question in range(MOST_KEPT + 10):
        public.get(question, lambda: 1)
    assert public.get(MOST_KEPT + 9, lambda: 2) == 1
    assert public.get(0, lambda: 2) == 2
