"""A report as a sheet of rows: its words first, in both languages, then each of its lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.engagement.domain.figure import WHOLE, ToldCell
from services.engagement.domain.figure_sheet import Value, protection
from services.engagement.domain.names import Names
from services.engagement.domain.reports import Report

LISTS: Mapping[str, str] = {
    "hours": "星期-钟点 Weekday-hour (1: 星期一 Monday)",
    "steps": "步骤 Step",
    "persons": "人与日 Persons and days",
    "code": "规则 Rule",
    "space_kind": "空间类型 Kind of space",
    "hour": "钟点 Hour",
    "waiting": "候补 Waiting",
}
NUMBERS = ("分子 Numerator", "分母 Denominator", "值 Value", "说明 Why there is no value")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFrame:
    """What a sheet says of its report besides its cells."""

    report: Report
    first_day: date
    last_day: date
    library_id: UUID
    names: Names
    space_kind: str | None
    hide_below: int
    reasons: Mapping[str, str]
    """Reasons in both languages, by code."""


def report_sheet(
    lists: Mapping[str, Sequence[ToldCell]], frame: ReportFrame
) -> Sequence[Sequence[Value]]:
    """Return the rows of a sheet; text is as it is, to be made harmless by whoever writes it."""
    words = frame.report
    rows: list[Sequence[Value]] = [
        ["报表 Report", f"{words.id} v{words.version}", words.name_zh, words.name_en],
        ["公式 Formula", words.formula_zh, words.formula_en],
        ["不计 Left out", words.exclusions_zh, words.exclusions_en],
        ["首日 First day", frame.first_day.isoformat()],
        ["末日 Last day", frame.last_day.isoformat()],
        ["图书馆 Library", frame.names.library(frame.library_id)],
        ["空间类型 Kind of space", frame.names.cell("space_kind", frame.space_kind or WHOLE)],
        protection(frame.hide_below),
    ]
    for name, cells in lists.items():
        rows += [[], [LISTS[name], *NUMBERS]]
        rows += [
            [
                cell.cell,
                cell.numerator,
                cell.denominator,
                cell.value,
                frame.reasons.get(cell.reason or "", ""),
            ]
            for cell in cells
        ]
    return rows
