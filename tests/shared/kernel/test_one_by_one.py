"""One thing that cannot be done stops none behind it, and is heard of all the same."""

import logging

import pytest

from shared.kernel.one_by_one import LeftUndone, one_by_one


def test_what_was_done_is_added_up() -> None:
    assert one_by_one("count", [1, 2, 3], lambda number: number) == 6
    assert one_by_one("count", [], lambda number: number) == 0


def test_all_have_their_turn_and_then_the_failure_is_raised(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done: list[int] = []

    def do(number: int) -> int:
        if number % 2:
            raise ValueError(f"{number} is odd")
        done.append(number)
        return 1

    with caplog.at_level(logging.ERROR, "atrium.jobs"), pytest.raises(LeftUndone) as raised:
        one_by_one("halve", range(5), do)
    assert done == [0, 2, 4]
    assert raised.value.keys == [1, 3]
    assert str(raised.value) == "halve: 2 of 5 failed: 1, 3"
    assert str(raised.value.__cause__) == "1 is odd"
    assert "halve: 3 failed: ValueError: 3 is odd" in caplog.text


def test_an_order_to_stop_is_no_failure_of_one_thing() -> None:
    def interrupted(_: int) -> int:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        one_by_one("halve", [1, 2], interrupted)


def test_very_many_failures_are_counted_and_the_first_named() -> None:
    with pytest.raises(LeftUndone, match=r"30 of 30 failed: 0, .*, 19 and 10 more$"):
        one_by_one("divide", range(30), lambda number: number // 0)
