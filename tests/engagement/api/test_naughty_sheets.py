"""Whatever somebody once typed: in a file for spreadsheets it is text, and the same text."""

import csv
import io
import json
from pathlib import Path

import openpyxl
from openpyxl.utils.escape import unescape

from services.engagement.api.sheet_files import workbook
from shared.web.csv_answer import csv_text

STRINGS = json.loads(
    (Path(__file__).parents[2] / "outside" / "data" / "naughty_strings.json").read_text()
)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://evil")', "{=1+1}"]
TYPED = [*STRINGS, *FORMULAS, "http://evil.example", "mailto:evil@example", "internal:Sheet1!A1"]


def test_in_a_csv_nothing_begins_like_a_formula_and_nothing_else_changes() -> None:
    text = csv_text(["typed"], [[typed] for typed in TYPED])
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:]
    assert len(rows) == len(TYPED) >= 515
    for typed, row in zip(TYPED, rows, strict=True):
        assert "".join(row) in {typed, f"'{typed}"}
        assert not row or row[0].lstrip(" \u3000")[:1] not in {*"=+-@＝＋－＠", "\t", "\r", "\n"}


def test_in_a_workbook_all_of_it_is_text_without_formula_or_link() -> None:
    page = openpyxl.load_workbook(io.BytesIO(workbook([[typed] for typed in TYPED]))).active
    for nth, typed in enumerate(TYPED, start=1):
        cell = page.cell(nth, 1)
        assert cell.hyperlink is None
        assert cell.data_type in {"s", "n"}
        assert unescape(cell.value or "") == typed or cell.value == typed
