"""A sheet as a file for spreadsheets: nothing in it computes when it is opened."""

import io
from collections.abc import Sequence

import xlsxwriter
from flask import Response

from services.engagement.api.reasons import REASONS
from services.engagement.domain.figure_sheet import Value
from shared.web.csv_answer import CONTENT_TYPE, csv_text

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE, NARROW = 44, 16
Sheet = Sequence[Sequence[Value]]


def csv_file(rows: Sheet, name: str) -> Response:
    """Return comma-separated values, UTF-8 with a byte order mark.

    Lines have as many fields as the longest (RFC 4180, section 2, 4), the words above it too.
    """
    width = max(len(row) for row in rows)
    head, *others = ([*row, *[None] * (width - len(row))] for row in rows)
    return _file(csv_text(head, others).encode(), CONTENT_TYPE, f"{name}.csv")


def xlsx_file(rows: Sheet, name: str) -> Response:
    """Return a workbook: text is written as text, never as a formula or a link."""
    return _file(workbook(rows), XLSX, f"{name}.xlsx")


def workbook(rows: Sheet) -> bytes:
    """Return the rows as the one sheet of a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.set_column(0, 0, NARROW + 8)
        page.set_column(1, 3, WIDE)
        for nth, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(nth, place, value)
                elif value is not None:
                    page.write_number(nth, place, value)
    return out.getvalue()


def reasons_in_both() -> dict[str, str]:
    """Return why a number is not there, in both languages, by code."""
    return {code: f"{words['zh-CN']} {words['en']}" for code, words in REASONS.items()}


def _file(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
