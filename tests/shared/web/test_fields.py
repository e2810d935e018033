"""Fields take what their documentation says, and give back what they took."""

import unicodedata
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

from shared.web.fields import CalendarDate, FreeText, Identifier, UtcDateTime, WholeNumber, YesNo
from shared.web.schemas import StrictSchema

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-24T12:00:00Z", NOON),
        ("2026-11-24t12:00:00z", NOON),
        ("2026-11-24T20:00:00+08:00", NOON),
        ("2026-11-24T12:00:00.5Z", NOON.replace(microsecond=500_000)),
        ("2026-11-24T12:00:00.123456789Z", NOON.replace(microsecond=123_456)),
    ],
)
def test_an_instant_is_utc_whatever_its_offset(text: str, instant: datetime):
    read = UtcDateTime().deserialize(text)
    assert read == instant
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-24T12:00:00",
        "2026-11-24",
        "20261124T120000Z",
        "2026-W48-2T12:00:00Z",
        "2026-11-24 12:00:00Z",
        "2026-02-30T12:00:00Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T12:00:60Z",
        "2026-11-24T12:00:00+25:00",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "２０２６-11-24T12:00:00Z",
        "2026-11-24T12:00:00Z\n",
        1764000000,
        True,
        [],
    ],
)
def test_what_is_no_instant_with_an_offset_is_refused(value: object):
    with pytest.raises(ValidationError):
        UtcDateTime().deserialize(value)


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30), timezones=st.just(UTC)))  # noqa: DTZ001 bounds are naive
def test_an_instant_goes_out_as_it_came_in(instant: datetime):
    sent = UtcDateTime()._serialize(instant, "", None)
    assert sent is not None
    assert sent.endswith("Z")
    assert UtcDateTime().deserialize(sent) == instant


def test_nothing_goes_out_as_nothing():
    class Schema(StrictSchema):
        at = UtcDateTime(allow_none=True)

    assert Schema().dump({"at": None}) == {"at": None}


@pytest.mark.parametrize("value", ["2026-1-1", "20260101", "2026-02-30", "1899-12-31", 5, None])
def test_what_is_no_day_is_refused(value: object):
    with pytest.raises(ValidationError):
        CalendarDate().deserialize(value)


def test_a_day_is_a_day():
    assert CalendarDate().deserialize("2026-11-24") == date(2026, 11, 24)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_text_is_kept_exactly(text: str):
    assert FreeText(most=10_000).deserialize(text) == text


def test_text_is_not_normalised_behind_its_authors_back():
    decomposed = unicodedata.normalize("NFD", "é")
    assert FreeText(most=10).deserialize(decomposed) == decomposed
    assert FreeText(most=10).deserialize("  spaces  ") == "  spaces  "


@pytest.mark.parametrize("value", ["a\x00b", "abcd", "", 5, None, ["a"]])
def test_text_out_of_bounds_is_refused(value: object):
    with pytest.raises(ValidationError):
        FreeText(most=3, least=1).deserialize(value)


@pytest.mark.parametrize("value", ["5", 5.0, True, None, 2**63, "", "x"])
def test_in_json_a_whole_number_is_a_number(value: object):
    with pytest.raises(ValidationError):
        WholeNumber().deserialize(value)
    assert WholeNumber().deserialize(5) == 5


@pytest.mark.parametrize("value", ["05", "+5", "5_0", "٥", " 5", "5.0", "1" * 19, 5])
def test_in_a_query_a_whole_number_is_plain_digits(value: object):
    with pytest.raises(ValidationError):
        WholeNumber(from_text=True).deserialize(value)
    assert WholeNumber(from_text=True).deserialize("-50") == -50


@pytest.mark.parametrize("value", ["yes", "True", 1, 0, "on", None, "true"])
def test_in_json_yes_or_no_is_true_or_false(value: object):
    with pytest.raises(ValidationError):
        YesNo().deserialize(value)
    assert YesNo().deserialize(False) is False  # noqa: FBT003 the value under test
    assert YesNo(from_text=True).deserialize("true") is True


@pytest.mark.parametrize(
    "value",
    ["", "5", 5, "{00000000-0000-4000-8000-000000000005}", "00000000000040008000000000000005"],
)
def test_an_identifier_has_one_spelling(value: object):
    with pytest.raises(ValidationError):
        Identifier().deserialize(value)
    spelt = "00000000-0000-4000-8000-000000000005"
    assert Identifier().deserialize(spelt) == UUID(spelt)


def test_a_schema_refuses_what_it_does_not_declare():
    class Schema(StrictSchema):
        name = fields.String()

    with pytest.raises(ValidationError, match="role"):
        Schema().load({"name": "a", "role": "admin"})
