"""A platform of their own for the tests that walk all pages: nobody else's texts are on them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.pages.lived_in import admit_as, live_in
from tests.support.browser import browser
from tests.support.platform_campus import BOOKING
from tests.support.platform_people import sign_in
from tests.support.platform_start import shared_platform
from tests.support.running_platform import RunningPlatform, connected

__all__ = ["browser"]


@dataclass(frozen=True)
class LivedIn:
    """The platform and what is there."""

    platform: RunningPlatform
    library_id: str
    space_id: str
    administrator: str

    @property
    def base_url(self) -> str:
        return self.platform.process.base_url

    def admit(self, login: str, language: str) -> None:
        """Give a patron an account."""
        admit_as(sign_in(self.platform.client, self.administrator), login, ["patron"], language)

    def gives_back(self, login: str) -> None:
        """Let a patron cancel what they have booked: whoever comes next finds the same hours."""
        patron = sign_in(self.platform.client, login)
        for booked in patron.get(f"{BOOKING}/reservations")["items"]:
            if booked["status"] == "confirmed":
                address = f"{BOOKING}/reservations/{booked['id']}"
                patron.delete(address)


@pytest.fixture(scope="session")
def lived_in() -> Iterator[LivedIn]:
    with connected(shared_platform("run", "pages")) as platform:
        yield LivedIn(platform, **live_in(platform))
