"""Names of spaces are kept, and a space that was defined since is found all the same."""

import httpx
import pytest

from gateway.clients import space_directory
from gateway.clients.service import ServiceDown
from gateway.clients.space_directory import SpaceDirectory


class Inventory:
    """The booking service's public lists, as a transport of the client."""

    def __init__(self) -> None:
        """Begin with one library and one space."""
        self.libraries = [{"id": "l1", "name_en": "Library 1", "timezone": "Asia/Shanghai"}]
        self.spaces = [{"id": "s1", "name_en": "Room 1", "library_id": "l1"}]
        self.readings = 0
        self.answers = True

    def directory(self) -> SpaceDirectory:
        transport = httpx.MockTransport(self._answer)
        return SpaceDirectory(httpx.Client(transport=transport, base_url="http://booking"))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if not self.answers:
            raise httpx.ConnectError("nobody there", request=request)
        spaces = request.url.path.endswith("/spaces")
        self.readings += spaces
        items = self.spaces if spaces else self.libraries
        return httpx.Response(200, json={"items": items, "next_cursor": None})


@pytest.fixture
def inventory() -> Inventory:
    return Inventory()


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space_directory, "LEAST_SECONDS", 0.0)


def test_names_are_read_once_for_many_pages(inventory: Inventory) -> None:
    directory = inventory.directory()
    names = [directory.places().space("s1")["name_en"] for _ in range(3)]
    assert names == ["Room 1"] * 3
    assert inventory.readings == 1


@pytest.mark.usefixtures("no_pause")
def test_a_space_defined_since_is_found_with_its_library(inventory: Inventory) -> None:
    directory = inventory.directory()
    directory.places()
    inventory.libraries.append({"id": "l2", "name_en": "Library 2", "timezone": "Europe/London"})
    inventory.spaces.append({"id": "s2", "name_en": "Room 2", "library_id": "l2"})
    places = directory.places()
    assert places.space("s2")["name_en"] == "Room 2"
    assert places.timezone_of("s2") == "Europe/London"


def test_what_nobody_knows_is_not_asked_for_at_every_row(inventory: Inventory) -> None:
    places = inventory.directory().places()
    assert [places.space("nowhere")["name_en"] for _ in range(50)] == [""] * 50
    assert inventory.readings == 1


@pytest.mark.usefixtures("no_pause")
def test_what_is_known_is_shown_while_the_service_is_away(inventory: Inventory) -> None:
    directory = inventory.directory()
    places = directory.places()
    inventory.answers = False
    assert places.space("s2")["name_en"] == ""
    assert directory.places().space("s1")["name_en"] == "Room 1"


def test_names_of_long_ago_are_shown_while_they_cannot_be_read_anew(
    inventory: Inventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space_directory, "KEPT_SECONDS", 0.0)
    directory = inventory.directory()
    directory.places()
    inventory.answers = False
    assert directory.places().space("s1")["name_en"] == "Room 1"


def test_what_was_never_read_is_not_said_to_be_empty(inventory: Inventory) -> None:
    inventory.answers = False
    with pytest.raises(ServiceDown):
        inventory.directory().places()
