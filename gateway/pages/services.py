"""The services, for this visitor: their token, their language."""

from collections.abc import Callable
from typing import TypeVar

from gateway.clients.booking import BookingClient
from gateway.clients.engagement import EngagementClient
from gateway.clients.events import EventsClient
from gateway.clients.service import ApiProblem, ServiceClient, ServiceDown
from gateway.clients.space_directory import Places
from gateway.pages import visitor
from gateway.pages.language import current_language
from gateway.parts import current_parts

T = TypeVar("T")
TOO_MANY = 429


def booking() -> BookingClient:
    """Return the booking service for this visitor."""
    return BookingClient(_service("booking"))


def events() -> EventsClient:
    """Return the events service for this visitor."""
    return EventsClient(_service("events"))


def engagement() -> EngagementClient:
    """Return the engagement service for this visitor."""
    return EngagementClient(_service("engagement"))


def places() -> Places:
    """Return the names of libraries and spaces."""
    return current_parts().directory.places()


def _service(name: str) -> ServiceClient:
    parts = current_parts()
    token, language = visitor.access_token(), current_language()
    return ServiceClient(name, parts.services, token, language, parts.public_answers)


def if_it_answers(ask: Callable[[], T]) -> T | None:
    """Return the answer for one part of a page, or None when its service does not answer.

    The page then says so in that part; the rest of it still helps.
    """
    try:
        return ask()
    except ServiceDown:
        return None
    except ApiProblem as problem:
        if problem.status == TOO_MANY:
            return None
        raise


def answered_or_problem(ask: Callable[[], T]) -> tuple[T | None, ApiProblem | None]:
    """Return the answer, or the no to show beside the form."""
    try:
        return ask(), None
    except ApiProblem as problem:
        if problem.status == 401:
            raise
        return None, problem
