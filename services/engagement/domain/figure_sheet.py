"""A figure as a sheet of rows: its words first, in both languages, then its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from services.engagement.domain.figure import Figure
from services.engagement.domain.names import Names

if TYPE_CHECKING:
    from services.engagement.domain.metrics.definition import Definition

Value = str | int | Decimal | None

HEADINGS = (
    "单元 Cell",
    "名称 Name",
    "分子 Numerator",
    "分母 Denominator",
    "值 Value",
    "未统计到场的活动 Not measured",
    "说明 Why there is no value",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFrame:
    """What a sheet says of its figure besides its cells."""

    definition: "Definition"
    first_day: date
    last_day: date
    library_id: UUID | None
    names: Names
    hide_below: int
    reasons: dict[str, str]
    """Reasons in both languages, by code."""


def words_of(figure: Figure, frame: SheetFrame) -> Sequence[Sequence[Value]]:
    """Return the rows that say what the table is of, and an empty one after them."""
    words = frame.definition
    standard = " ".join(
        part for part in (words.standard, words.edition, words.indicator_no) if part
    )
    return [
        ["指标 Metric", f"{words.id} v{words.version}", words.name_zh, words.name_en],
        ["公式 Formula", words.formula_zh, words.formula_en],
        ["不计 Left out", words.exclusions_zh, words.exclusions_en],
        ["标准 Standard", standard or "—"],
        ["首日 First day", frame.first_day.isoformat()],
        ["末日 Last day", frame.last_day.isoformat()],
        ["图书馆 Library", frame.names.library(frame.library_id)],
        ["划分 Split", figure.split or "不划分 None"],
        protection(frame.hide_below),
        [],
    ]


def table_of(figure: Figure, frame: SheetFrame) -> Sequence[Sequence[Value]]:
    """Return headings and cells; text is as it is, to be made harmless by whoever writes it."""
    cells = [
        [
            cell.cell,
            frame.names.cell(figure.split, cell.cell),
            cell.numerator,
            cell.denominator,
            cell.value,
            cell.unmeasured or None,
            frame.reasons.get(cell.reason or "", ""),
        ]
        for cell in figure.cells
    ]
    return [list(HEADINGS), *cells]


def protection(hide_below: int) -> Sequence[Value]:
    """Return the row that says what is held back."""
    return [
        "保护 Small cells",
        f"涉及不足 {hide_below} 人的数字及会泄露它的数字不予显示",
        f"Held back: numbers of fewer than {hide_below} people, or giving one away",
    ]
