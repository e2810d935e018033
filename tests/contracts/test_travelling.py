"""Whatever a message says arrives as it was said."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts.catalogue import MESSAGES
from shared.contracts.domain_event import DomainEvent
from shared.messaging.codec import (
    UnreadableMessage,
    envelope_from_json,
    envelope_to_json,
    from_envelope,
)
from tests.support.messages import a_message, a_release, an_envelope
from tests.support.strategies import any_message


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda message: message.type)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_every_message_survives_the_journey(kind: type[DomainEvent], data: st.DataObject) -> None:
    message = data.draw(any_message(kind))
    envelope = an_envelope(message)
    body = envelope_to_json(envelope)
    arrived = envelope_from_json(body)
    assert envelope_to_json(arrived) == body
    assert from_envelope(arrived) == message


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda message: message.type)
def test_a_field_of_a_later_version_is_passed_over(kind: type[DomainEvent]) -> None:
    message = a_message(kind)
    envelope = an_envelope(message)
    later = dataclasses.replace(envelope, data={**envelope.data, "said_later": 1})
    assert from_envelope(later) == message


@pytest.mark.parametrize("kind", MESSAGES, ids=lambda message: message.type)
def test_a_missing_field_is_refused_and_not_guessed(kind: type[DomainEvent]) -> None:
    envelope = an_envelope(a_message(kind))
    short = {name: value for name, value in envelope.data.items() if name != kind.subject_field}
    with pytest.raises(UnreadableMessage, match=kind.subject_field):
        from_envelope(dataclasses.replace(envelope, data=short))


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=200))
def test_bytes_that_are_no_envelope_are_unreadable_and_nothing_else(body: bytes) -> None:
    with pytest.raises(UnreadableMessage):
        envelope_from_json(body)


@settings(max_examples=100, deadline=None)
@given(cut=st.integers(min_value=0, max_value=200))
def test_half_an_envelope_is_unreadable(cut: int) -> None:
    body = envelope_to_json(an_envelope(a_release()))
    with pytest.raises(UnreadableMessage):
        envelope_from_json(body[:cut])
