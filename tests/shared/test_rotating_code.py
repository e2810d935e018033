"""The digits at the door: RFC 6238's own vectors, and who is let in when."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.kernel.rotating_code import (
    code_at,
    code_valid,
    one_time_password,
    seconds_left,
)

RFC_SECRET = b"12345678901234567890123456789012"
NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "password"),
    [
        (59, "46119246"),
        (1111111109, "68084774"),
        (1111111111, "67062674"),
        (1234567890, "91819424"),
        (2000000000, "90698825"),
        (20000000000, "77737706"),
    ],
)
def test_the_vectors_of_rfc_6238_come_out(seconds: int, password: str) -> None:
    assert one_time_password(RFC_SECRET, seconds // 30, digits=8) == password


def test_the_code_shown_is_six_digits_and_stays_for_its_minute() -> None:
    shown = {code_at(RFC_SECRET, NOON + timedelta(seconds=s)) for s in range(60)}
    assert len(shown) == 1
    assert len(min(shown)) == 6
    assert min(shown).isdigit()


@pytest.mark.parametrize("later", [0, 59, 60, 119])
def test_the_code_of_this_minute_or_the_one_before_is_taken(later: int) -> None:
    shown = code_at(RFC_SECRET, NOON)
    assert code_valid(RFC_SECRET, shown, NOON + timedelta(seconds=later))


@pytest.mark.parametrize("later", [-1, 120], ids=["not shown yet", "two minutes old"])
def test_a_code_of_another_time_is_not_taken(later: int) -> None:
    shown = code_at(RFC_SECRET, NOON)
    assert not code_valid(RFC_SECRET, shown, NOON + timedelta(seconds=later))


def test_a_code_of_another_space_is_not_taken() -> None:
    assert not code_valid(b"another secret", code_at(RFC_SECRET, NOON), NOON)


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "\x00", "\ud800"]
)
def test_what_is_no_code_is_not_taken(typed: str) -> None:
    assert not code_valid(RFC_SECRET, typed, NOON)


def test_spaces_around_the_digits_do_not_matter() -> None:
    assert code_valid(RFC_SECRET, f" {code_at(RFC_SECRET, NOON)}\n", NOON)


@pytest.mark.parametrize(("second", "left"), [(0, 60), (1, 59), (59, 1)])
def test_the_display_knows_when_the_next_code_comes(second: int, left: int) -> None:
    assert seconds_left(NOON + timedelta(seconds=second)) == left
