"""A table as a file for spreadsheets (RFC 4180), in UTF-8 with the mark Excel looks for.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV
injection): what people typed into a title must not run on a librarian's computer.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask import Response

CONTENT_TYPE = "text/csv; charset=utf-8"
# Full-width signs too: a spreadsheet in Chinese takes them for formulas.
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Cell = str | int | float | Decimal | None


def csv_answer(name: str, head: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Response:
    """Return the table as an attachment; `name` is its file name in ASCII, `.csv` included."""
    response = Response(csv_text(head, rows), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Vary"] = "Accept-Language"
    return response


def csv_text(head: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> str:
    """Return the table as text; nothing (None) is an empty cell, and a number stays a number."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow([_safe(cell) for cell in head])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.lstrip(" \u3000").startswith(_FORMULA_BEGINS):
        return f"'{cell}"
    return "" if cell is None else cell
