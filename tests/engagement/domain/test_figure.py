"""How a figure is told: rounded once, null with a reason, small cells held back together."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.engagement.domain.figure import Cell, Figure, Telling, told, value_of


def telling(hide_below: int = 10, empty: str = "nothing") -> Telling:
    return Telling(scale=100, empty=empty, hide_below=hide_below)


def split(*cells: Cell, hide_below: int = 10, by: str = "faculty") -> dict[str, int | None]:
    figure: Figure = told(cells, split=by, telling=telling(hide_below))
    return {cell.cell: cell.numerator for cell in figure.cells}


def a_cell(name: str, persons: int, base_persons: int = 0) -> Cell:
    return Cell(
        cell=name, numerator=persons, denominator=100, persons=persons, base_persons=base_persons
    )


def test_one_small_cell_takes_the_smallest_other_one_with_it() -> None:
    shown = split(a_cell("A", 3), a_cell("B", 50), a_cell("C", 20))
    assert shown == {"A": None, "B": 50, "C": None}


def test_two_small_cells_hide_each_other() -> None:
    shown = split(a_cell("A", 3), a_cell("B", 9), a_cell("C", 10))
    assert shown == {"A": None, "B": None, "C": 10}


def test_an_empty_cell_points_at_nobody_and_hides_nobody() -> None:
    shown = split(a_cell("A", 3), a_cell("B", 0), a_cell("C", 20))
    assert shown == {"A": None, "B": 0, "C": None}


def test_few_people_in_the_denominator_are_as_telling() -> None:
    assert split(a_cell("A", 0, base_persons=3), a_cell("B", 30, base_persons=90)) == {
        "A": None,
        "B": None,
    }


def test_the_whole_is_held_back_like_any_cell() -> None:
    for persons, numerator in ((9, None), (10, 10), (0, 0)):
        figure = told([a_cell("all", persons)], split=None, telling=telling())
        assert figure.cells[0].numerator == numerator


def test_two_small_cells_that_are_few_people_together_take_a_third_with_them() -> None:
    shown = split(a_cell("A", 1), a_cell("B", 2), a_cell("C", 20), a_cell("D", 30))
    assert shown == {"A": None, "B": None, "C": None, "D": 30}


def test_the_days_of_each_week_are_held_back_for_themselves() -> None:
    monday, tuesday, week_after = "2026-11-02", "2026-11-03", "2026-11-09"
    cells = (a_cell(monday, 12), a_cell(tuesday, 3), a_cell(week_after, 4))
    assert split(*cells, by="day") == {monday: None, tuesday: None, week_after: None}


def test_few_people_in_the_first_or_last_week_hold_a_cell_back() -> None:
    large = Cell(cell="A", numerator=50, denominator=100, persons=50, edge_persons=3)
    assert split(large, a_cell("B", 60)) == {"A": None, "B": None}


def test_few_people_served_hold_a_cell_back() -> None:
    few = Cell(cell="A", numerator=0, denominator=3, served=3)
    assert split(few, a_cell("B", 60)) == {"A": None, "B": None}


@given(st.lists(st.integers(0, 30), min_size=2, max_size=8), st.sampled_from([5, 10]))
def test_a_hidden_cell_is_never_alone_and_never_shown(persons: list[int], below: int) -> None:
    cells = [a_cell(str(number), count) for number, count in enumerate(persons)]
    shown = split(*cells, hide_below=below)
    hidden = [name for name, numerator in shown.items() if numerator is None]
    for number, count in enumerate(persons):
        if 0 < count < below:
            assert str(number) in hidden
    if hidden and sum(c > 0 for c in persons) > 1:
        assert len(hidden) > 1
    if sum(persons) >= below and hidden:  # else the whole itself is held back
        assert sum(persons[int(name)] for name in hidden) >= below


@given(st.integers(0, 10**12), st.integers(1, 10**9), st.sampled_from([100, 1000]))
def test_a_value_is_within_half_a_hundredth_of_the_truth(
    numerator: int, denominator: int, scale: int
) -> None:
    value = value_of(numerator, denominator, scale)
    assert value is not None
    truth = Fraction(numerator * scale, denominator)
    assert abs(Fraction(value) - truth) <= Fraction(1, 200)


@pytest.mark.parametrize(("numerator", "value"), [(1, "0.13"), (3, "0.38"), (5, "0.63")])
def test_halves_are_rounded_up(numerator: int, value: str) -> None:
    assert value_of(numerator, 800, 100) == Decimal(value)  # 0.125, 0.375, 0.625


def test_an_unmeasured_cell_says_so_rather_than_that_it_is_empty() -> None:
    cell = Cell(cell="all", unmeasured=2)
    figure = told([cell], split=None, telling=telling(0, "nothing_closed"))
    assert (figure.cells[0].value, figure.cells[0].reason) == (None, "not_measured")
