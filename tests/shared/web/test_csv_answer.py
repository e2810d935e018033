"""Tables for spreadsheets: no cell is ever a formula."""

import csv
import io

import pytest

from shared.web.csv_answer import csv_text


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\u3000=1", '=HYPERLINK("x")'],
)
def test_what_would_be_a_formula_is_text(typed):
    text = csv_text(["a"], [[typed]])
    [_, [cell]] = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert cell == "'" + typed


def test_numbers_stay_numbers_and_nothing_is_an_empty_cell():
    text = csv_text(["数", "b", "c"], [[-5, None, 'say "yes", 好']])
    assert text == '\ufeff数,b,c\r\n-5,,"say ""yes"", 好"\r\n'
