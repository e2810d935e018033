"""The words of the reports that are more than one number: when, how far, and what was missed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report counts, and over what, in both languages."""

    id: str
    version: int = 1
    name_en: str
    name_zh: str
    formula_en: str
    formula_zh: str
    exclusions_en: str
    exclusions_zh: str


_STARTS = Report(
    id="starts",
    name_en="Stays begun, by weekday and hour",
    name_zh="各星期与时段开始的使用次数",
    formula_en=(
        "Stays whose holder came, by the hour of their booked start, / how often that weekday"
        " occurs in the period. Hours are the library's."
    ),
    formula_zh=(
        "按预约开始的钟点统计已签到的使用次数 ÷ 时段内该星期几出现的次数；钟点为图书馆当地时间。"
    ),
    exclusions_en="Cancelled reservations, no-shows, rooms held for activities.",
    exclusions_zh="已取消的预约、爽约，以及为活动保留的房间。",
)
_OCCUPIED = Report(
    id="occupied",
    name_en="Place-minutes in use, by weekday and hour",
    name_zh="各星期与时段占用的座位分钟数",
    formula_en=(
        "Quarter hours in use x 15 minutes x party, by the hour they lie in, / how often that"
        " weekday occurs in the period. Hours are the library's."
    ),
    formula_zh=(
        "按所在钟点统计使用中的刻钟数 × 15 分钟 × 人数 ÷ 时段内该星期几出现的次数；"
        "钟点为图书馆当地时间。"
    ),
    exclusions_en="Stays not yet ended, rooms held for activities.",
    exclusions_zh="尚未结束的使用，以及为活动保留的房间。",
)
_BOOKING = Report(
    id="booking",
    name_en="From asking for a space to having used it",
    name_zh="从申请空间到使用完毕",
    formula_en=(
        "Requests for the period's days (accepted or refused); of those the booked; of those the"
        " ones not given up; then checked in; then ended in use. Each over all requests."
    ),
    formula_zh=(
        "时段内各日的预约申请（接受与拒绝合计）；其中预约成功；其中未取消；其中已签到；其中使用完毕。"
        "各步均除以全部申请。"
    ),
    exclusions_en="Looking without asking is not recorded. Rooms held for activities.",
    exclusions_zh="只查询而未申请者不作记录；为活动保留的房间不计。",
)
_SIGN_UP = Report(
    id="sign-up",
    name_en="From signing up to attending",
    name_zh="从报名到参加",
    formula_en=(
        "Sign-ups for activities of the period; of those the ones with a place at the end; of"
        " those the ones that attended. Each over all sign-ups."
    ),
    formula_zh="时段内活动的报名；其中最终有名额；其中实际参加。各步均除以全部报名。",
    exclusions_en="Walk-ins; heads counted without names.",
    exclusions_zh="未报名到场者；不具名的现场人数。",
)
_UNMET = Report(
    id="unmet-demand",
    version=2,
    name_en="Unmet demand: wanted a space that day and got none",
    name_zh="未满足的需求：当天想用空间而未得",
    formula_en=(
        "Persons refused for a day who have no reservation on that day, each once per day, / those"
        " and the persons with a reservation, each once per day. Of one kind of space: those"
        " whose first request (or reservation) of the day was for it. By rule: refused requests,"
        " one for each rule that said no."
    ),
    formula_zh=(
        "某日申请被拒且当日没有任何预约的人数（每人每日计一次）÷ 这些人与当日有预约者之和。"
        "按某一空间类型：当日首次申请（或预约）为该类型的人。"
        "按规则：被拒的申请次数，每条未通过的规则各计一次。"
    ),
    exclusions_en="Looking without asking is not recorded.",
    exclusions_zh="只查询而未申请者不作记录。",
)

REPORTS: Mapping[str, Report] = MappingProxyType(
    {report.id: report for report in (_STARTS, _OCCUPIED, _BOOKING, _SIGN_UP, _UNMET)}
)
