"""A message once published keeps its shape: listeners of yesterday understand it tomorrow."""

import copy
import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from shared.contracts import booking, engagement, events, gateway
from shared.contracts.catalogue import BY_TYPE, LISTENERS, MESSAGES, SERVICES, publisher_of
from shared.contracts.domain_event import DomainEvent
from shared.messaging.codec import envelope_from_json, from_envelope
from tests.contracts.golden import (
    HEARD_BEFORE,
    PUBLISHED,
    broken_promises,
    golden_of,
    shape_of,
)

GRAMMAR = re.compile(r"(?P<publisher>[a-z]+)\.[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\.v[1-9][0-9]*")
PERSONAL = re.compile(r"(^|_)(mail|email|phone|address|birth\w*|gender|surname|first_name)(_|$)")
NAMES_OF_THINGS = {"name_zh", "name_en"}  # of spaces; people have none outside the gateway
MODULES = {"booking": booking, "engagement": engagement, "events": events, "gateway": gateway}

every_message = pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.type)


def every_field(schema: dict[str, Any]) -> list[str]:
    """Return the names of all fields, those of parts included."""
    names: list[str] = []
    for name, field in schema.get("properties", {}).items():
        names += [name, *every_field(field), *every_field(field.get("items", {}))]
    return names


@every_message
def test_published_fields_are_kept(message: type[DomainEvent]) -> None:
    assert broken_promises(golden_of(message), shape_of(message)) == []


@every_message
def test_new_fields_are_written_down(message: type[DomainEvent]) -> None:
    assert golden_of(message) == shape_of(message), "run python -m tests.contracts.golden"


def test_there_is_no_golden_file_without_its_message() -> None:
    assert {file.stem for file in PUBLISHED.glob("*.json")} == set(BY_TYPE)


@pytest.mark.parametrize("sample", sorted(HEARD_BEFORE.glob("*.json")), ids=lambda file: file.stem)
def test_a_message_heard_before_is_still_understood(sample: Path) -> None:
    envelope = envelope_from_json(sample.read_bytes())
    message = from_envelope(envelope)
    assert message.subject() == envelope.subject


def test_every_message_has_been_heard_before() -> None:
    heard = {envelope_from_json(file.read_bytes()).type for file in HEARD_BEFORE.glob("*.json")}
    assert heard == set(BY_TYPE)


@every_message
def test_a_type_reads_publisher_subject_action_version(message: type[DomainEvent]) -> None:
    found = GRAMMAR.fullmatch(message.type)
    assert found is not None
    assert found["publisher"] in SERVICES


@every_message
def test_a_message_is_frozen_and_named_for_its_subject(message: type[DomainEvent]) -> None:
    parameters = message.__dataclass_params__  # type: ignore[attr-defined]  # every dataclass has it
    assert parameters.frozen
    assert message.subject_field in {field.name for field in dataclasses.fields(message)}
    assert all(field.kw_only for field in dataclasses.fields(message))


@every_message
def test_a_message_is_said_by_the_module_it_is_in(message: type[DomainEvent]) -> None:
    assert getattr(MODULES[publisher_of(message)], message.__name__) is message


@every_message
def test_a_message_names_nobody(message: type[DomainEvent]) -> None:
    for name in every_field(shape_of(message)["data"]):
        assert not PERSONAL.search(name)
        assert "name" not in name.split("_") or name in NAMES_OF_THINGS


def test_no_two_messages_share_a_type() -> None:
    assert len({message.type for message in MESSAGES}) == len(MESSAGES)


def test_every_message_of_the_contracts_is_in_the_catalogue_and_heard_by_somebody() -> None:
    declared = {
        found
        for module in MODULES.values()
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, DomainEvent) and hasattr(found, "type")
    }
    assert declared == set(MESSAGES)
    assert set().union(*LISTENERS.values()) == set(MESSAGES)


def shape_without(path: tuple[str, ...], value: Any = None) -> dict[str, Any]:
    shape = copy.deepcopy(shape_of(booking.CapacityPublished))
    place: Any = shape
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return shape


SPACE = ("data", "properties", "spaces", "items", "properties", "places")


@pytest.mark.parametrize(
    ("now", "breach"),
    [
        (shape_without(("data", "properties", "day")), ".data.properties.day"),
        (shape_without(SPACE), "." + ".".join(SPACE)),
        (shape_without((*SPACE, "type"), "string"), "." + ".".join(SPACE) + ".type"),
        (shape_without(("data", "required"), ["day", "library_id"]), ".data.required"),
        (shape_without(("type",), "booking.capacity.said.v1"), ".type"),
    ],
    ids=["a field gone", "a part's field gone", "a type changed", "optional now", "renamed"],
)
def test_a_changed_shape_is_noticed(now: dict[str, Any], breach: str) -> None:
    assert broken_promises(shape_of(booking.CapacityPublished), now) == [breach]


@pytest.mark.parametrize(
    "wrong", ["booking.reservation.v1", "booking.Reservation.made.v1", "booking.a.b", "a.b.c.v0"]
)
def test_a_type_outside_the_grammar_is_noticed(wrong: str) -> None:
    assert GRAMMAR.fullmatch(wrong) is None
