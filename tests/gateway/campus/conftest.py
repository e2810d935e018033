"""A provider beside the gateway, and a way to keep it there."""

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gateway.commands.sign_in_providers import KeepProvider, add_provider
from gateway.domain.sign_in_provider import ClaimMapping, SignInProvider
from gateway.parts import Parts
from shared.kernel.clock import SetClock, SystemClock
from shared.kernel.identifiers import new_id
from tests.support.campus_provider import CampusProvider, campus_provider

CLAIMS = {
    "number": "person_number",
    "family_name": "family_name",
    "given_name": "given_name",
    "mail": "email",
    "faculty": "school",
    "level": "degree",
    "study_year": "year",
    "role": "affiliation",
}
CLIENT_SECRET = "a secret"
Keep = Callable[..., SignInProvider]


def taken_for_good(_issuer: str) -> dict[str, Any]:
    """Ask nobody: what the provider is asked in these tests is counted."""
    return {"reachable": True, "trouble": None}


@pytest.fixture(scope="module")
def one_provider() -> Iterator[CampusProvider]:
    with campus_provider() as running:
        yield running


@pytest.fixture
def provider(one_provider: CampusProvider) -> CampusProvider:
    one_provider.astray()
    one_provider.knows(
        "u1",
        family_name="王",
        given_name="小明",
        email="xm@example.edu",
        person_number="B1",
        school="SCI",
        degree="硕士",
        year="2",
        affiliation=["student", "club-lead"],
    )
    return one_provider


@pytest.fixture
def clock() -> SetClock:
    """Stand still, at the provider's own time: its tokens say when they were made."""
    return SetClock(SystemClock().now())


@pytest.fixture
def keep(parts: Parts, provider: CampusProvider) -> Keep:
    """Keep the provider as administrators would."""

    def kept(secret: str | None = CLIENT_SECRET, **changed: Any) -> SignInProvider:
        mapping = {
            "claims": CLAIMS,
            "roles": {"club-lead": "organizer"},
            "faculties": {"SCI": "science"},
            "may_create": True,
            "trusts_numbers": True,
            **changed.pop("mapping", {}),
        }
        wanted = SignInProvider(
            **{
                "provider_id": new_id(),
                "name_en": "Campus account",
                "name_zh": "统一身份认证",
                "issuer": provider.issuer,
                "client_id": "atrium",
                "mapping": ClaimMapping(**mapping),
                **changed,
            }
        )
        command = KeepProvider(provider=wanted, secret=secret, loopback=True)
        return add_provider(
            command, uow=parts.uow(), clock=parts.clock, sealer=parts.sealer, examine=taken_for_good
        )

    return kept


@pytest.fixture
def keys_asked_again(parts: Parts) -> None:
    """Let the time between two looks at the provider's keys pass."""
    looks = itertools.count(time.monotonic(), 60)
    parts.identity_providers._monotonic = lambda: next(looks)
