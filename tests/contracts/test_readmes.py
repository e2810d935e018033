"""What each service's page says it publishes and listens to is what the catalogue says."""

import re
from pathlib import Path

import pytest

from shared.contracts.catalogue import LISTENERS, MESSAGES, SERVICES, publisher_of

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`([a-z]+(?:\.[a-z_]+){2}(?: \| [a-z_]+)*)`")


def page_of(service: str) -> str:
    folder = "gateway" if service == "gateway" else f"services/{service}"
    return " ".join((ROOT / folder / "README.md").read_text(encoding="utf-8").split())


def named_under(heading: str, page: str) -> list[str]:
    """Return the messages named between a bold heading and the next; `a.b.c | d` are two."""
    paragraph = page.partition(f"**{heading}** ")[2].partition(" **")[0]
    found = []
    for names in NAMED.findall(paragraph):
        first, *others = names.split(" | ")
        subject = first.rpartition(".")[0]
        found += [first, *(f"{subject}.{other}" for other in others)]
    return sorted(found)


def plain(types: list[str]) -> list[str]:
    """Return types without their versions."""
    return sorted(one.rpartition(".")[0] for one in types)


@pytest.mark.parametrize("service", SERVICES)
def test_a_page_names_every_message_the_service_publishes(service: str) -> None:
    said = [message.type for message in MESSAGES if publisher_of(message) == service]
    assert named_under("Publishes", page_of(service)) == plain(said)


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "engagement"])
def test_a_page_names_every_message_the_service_listens_to(service: str) -> None:
    heard = [message.type for message in LISTENERS[service]]
    assert named_under("Listens to", page_of(service)) == plain(heard)


def test_the_ledgers_page_says_that_it_listens_to_everything() -> None:
    assert LISTENERS["engagement"] == MESSAGES
    assert "**Listens to** everything" in page_of("engagement")


def test_a_message_left_out_would_be_seen() -> None:
    page = "**Listens to** `events.room.requested | given_back`, `a.b.c`. **By** `d.e.f`"
    heard = ["a.b.c", "events.room.given_back", "events.room.requested"]
    assert named_under("Listens to", page) == heard
