"""The services, for this visitor: their token, their language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from gateway.clients.booking import BookingClient
from gateway.clients.closures import ClosuresClient
from gateway.clients.desk import DeskClient
from gateway.clients.engagement import EngagementClient
from gateway.clients.events import EventsClient
from gateway.clients.operations import OperationsClient
from gateway.clients.organizing import OrganizingClient
from gateway.clients.rules import RulesClient
from gateway.clients.service import ApiProblem, ServiceClient, ServiceDown
from gateway.clients.space_directory import Places
from gateway.clients.spaces import SpacesClient
from gateway.pages import visitor
from gateway.pages.language import current_language
from gateway.parts import current_parts
from shared.web.visitor import client_address

T = TypeVar("T")
TOO_MANY = 429


def booking() -> BookingClient:
    """Return the booking service for this visitor."""
    return BookingClient(_service("booking"))


def desk() -> DeskClient:
    """Return what the booking service does for staff, for this visitor."""
    return DeskClient(_service("booking"))


def closures() -> ClosuresClient:
    """Return closures and hours, for this visitor."""
    return ClosuresClient(_service("booking"))


def spaces() -> SpacesClient:
    """Return the inventory as staff see it, for this visitor."""
    return SpacesClient(_service("booking"))


def rules() -> RulesClient:
    """Return rulebooks, for this visitor."""
    return RulesClient(_service("booking"))


def events() -> EventsClient:
    """Return the events service for this visitor."""
    return EventsClient(_service("events"))


def organizing() -> OrganizingClient:
    """Return the events service for a visitor who runs activities."""
    return OrganizingClient(_service("events"))


def engagement() -> EngagementClient:
    """Return the engagement service for this visitor."""
    return EngagementClient(_service("engagement"))


def operations(name: str) -> OperationsClient:
    """Return what a service offers its administrators."""
    return OperationsClient(_service(name))


def document_of(name: str) -> Mapping[str, Any]:
    """Return a service's OpenAPI document, the same for everybody."""
    document: Mapping[str, Any] = _service(name).get("/openapi.json")
    return document


def problem_codes_of(name: str) -> Sequence[Mapping[str, Any]]:
    """Return every code a service says no with, the same for everybody."""
    codes: Sequence[Mapping[str, Any]] = _service(name).get("/problems")["items"]
    return codes


def places() -> Places:
    """Return the names of libraries and spaces."""
    return current_parts().directory.places()


def places_with(library_id: str | None) -> Places:
    """Return the inventory, and in it this library, however new it is; without it if none is so."""
    known = places()
    if not library_id or library_id in known.libraries:
        return known
    known = known.newer() if known.newer else known
    if library_id in known.libraries:
        return known
    try:
        found = booking().library(UUID(library_id))
    except (ValueError, ApiProblem):
        return known
    return replace(known, libraries={**known.libraries, found["id"]: found})


def _service(name: str) -> ServiceClient:
    parts = current_parts()
    token, language = visitor.access_token(), current_language()
    # Who is signed in is counted by account; strangers by address, which only we have seen.
    stranger = parts.visitor_statements.sign(client_address()) if token is None else None
    return ServiceClient(name, parts.services, token, language, parts.public_answers, stranger)


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
        return None, problem
