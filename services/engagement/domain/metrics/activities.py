"""Who comes to activities, who stays away, and how full they are."""

from typing import Any

import ibis

from services.engagement.domain.metrics.definition import ISO_11620, Definition, Metric
from services.engagement.domain.metrics.expressions import (
    BOOKING,
    EVENTS,
    count,
    first_per,
    in_scope,
    over_people,
    weigh,
)
from services.engagement.domain.metrics.facts import Facts
from shared.contracts.booking import (
    ReservationCheckedIn,
    ReservationCompleted,
    ReservationNoShow,
    ReservationNoShowVoided,
)
from shared.contracts.events import (
    AttendanceRecorded,
    AttendanceVoided,
    HeadcountRecorded,
    LibraryEventClosed,
    RegistrationConfirmed,
    RegistrationNoShow,
)

PERSON_SPLITS = ("faculty", "level")


def _measured(facts: Facts) -> Any:
    held = in_scope(facts, facts.library_event)
    return held.filter(held.status == "closed", held.attendance_measured)


def _measured_by_name(facts: Facts) -> Any:
    """List activities of which one knows who came: heads alone do not tell who stayed away."""
    held = _measured(facts)
    return held.filter(held.attendance_named)


def unmeasured(facts: Facts, split: str | None) -> Any:
    """List activities that were held and whose attendance nobody took."""
    held = in_scope(facts, facts.library_event)
    return _weigh_activities(held.filter(held.status == "closed", ~held.attendance_measured), split)


def unnamed(facts: Facts, split: str | None) -> Any:
    """List activities that were held and of which nobody knows who came."""
    held = in_scope(facts, facts.library_event)
    by_name = held.attendance_measured & held.attendance_named
    return _weigh_activities(held.filter(held.status == "closed", ~by_name), split)


def _weigh_activities(held: Any, split: str | None) -> Any:
    if split in PERSON_SPLITS:  # an activity belongs to no faculty
        held = held.filter(ibis.literal(value=False))
        split = None
    return weigh(held, split, 1)


def _headcounts(split: str | None, held: Any) -> Any:
    counted = held.filter(held.headcount.notnull())
    if split in PERSON_SPLITS:
        counted = counted.mutate(faculty=ibis.null("string"), level=ibis.null("string"))
    return count(counted, split, EVENTS, "headcount_message_id", counted.headcount)


def attended(facts: Facts, split: str | None) -> Any:
    """List attendances in the period, and the people counted without names."""
    came = in_scope(facts, facts.attendance)
    called_off = facts.library_event.filter(facts.library_event.status == "cancelled")
    came = came.filter(came.valid).anti_join(called_off, "library_event_id")
    held = in_scope(facts, facts.library_event)
    held = held.filter(held.status != "cancelled")
    named = count(came, split, EVENTS, "message_id", came.party_size)
    return ibis.union(named, _headcounts(split, held))


def _served(facts: Facts, split: str | None) -> Any:
    return over_people(facts, split, attended(facts, split))


def _live_sign_ups(facts: Facts) -> Any:
    signed = facts.registration.filter(facts.registration.status.isin(["confirmed", "no_show"]))
    held = _measured_by_name(facts).select("library_event_id", "space_kind", day="local_day")
    joined = signed.inner_join(held, "library_event_id")
    return joined.drop("local_day").rename(local_day="day")


def _attended_sign_ups(facts: Facts) -> Any:
    came = facts.attendance.filter(facts.attendance.valid)
    came = came.select("registration_id", "message_id", "quarter_hour", source=ibis.literal(EVENTS))
    firsts = first_per(came.filter(came.registration_id.notnull()), ("registration_id",))
    return _live_sign_ups(facts).inner_join(firsts.drop("quarter_hour"), "registration_id")


def _shown_up(facts: Facts, split: str | None) -> Any:
    return count(_attended_sign_ups(facts), split, EVENTS, "message_id", 1)


def _expected(facts: Facts, split: str | None) -> Any:
    return weigh(_live_sign_ups(facts), split, 1)


def _stays(facts: Facts, *statuses: str) -> Any:
    stays = in_scope(facts, facts.stay)
    return stays.filter(stays.status.isin(list(statuses)))


def _missing_sign_ups(facts: Facts) -> Any:
    signed = _live_sign_ups(facts)
    return signed.filter(signed.status == "no_show").anti_join(
        _attended_sign_ups(facts), "registration_id"
    )


def _stayed_away(facts: Facts, split: str | None) -> Any:
    stays = _stays(facts, "no_show")
    signed = _missing_sign_ups(facts)
    return ibis.union(
        count(stays, split, BOOKING, "no_show_message_id", 1),
        count(signed, split, EVENTS, "status_message_id", 1),
    )


def _came_or_not(facts: Facts, split: str | None) -> Any:
    return ibis.union(
        weigh(_stays(facts, "no_show", "checked_in", "completed"), split, 1),
        weigh(_missing_sign_ups(facts), split, 1),
        weigh(_attended_sign_ups(facts), split, 1),
    )


def _filled(facts: Facts, split: str | None) -> Any:
    held = _measured(facts)
    came = facts.attendance.filter(facts.attendance.valid).drop("local_day", "space_kind")
    came = came.inner_join(
        held.select("library_event_id", "space_kind", "local_day"), "library_event_id"
    )
    named = count(came, split, EVENTS, "message_id", came.party_size)
    return ibis.union(named, _headcounts(split, held))


def _seats(facts: Facts, split: str | None) -> Any:
    held = _measured(facts)
    return weigh(held, split, held.capacity)


M01 = Metric(
    definition=Definition(
        id="M01",
        version=1,
        name_en="Attendances at activities (per 1,000 people served)",
        name_zh="活动参加人次（每千名服务对象）",
        scale=1000,
        formula_en=(
            "Attendances with their parties + anonymous head-counts - voided ones, / people served"
            " at the middle of the period x 1,000."
        ),
        formula_zh=(
            "（实到人次（含同行者）+ 不具名的现场人数 − 已作废）÷ 时段中点的服务人口 × 1000。"
        ),
        counted=(AttendanceRecorded.type, HeadcountRecorded.type, AttendanceVoided.type),
        exclusions_en=(
            "Cancelled activities. Split by faculty or level, head-counts stand in the cell"
            " `unknown`."
        ),
        exclusions_zh="已取消的活动不计；按院系或层次划分时，不具名的现场人数归入“未知”。",
        panel="participation",
        splits=("faculty", "level", "space_kind", "day", "library"),
        empty="population_unknown",
        standard=ISO_11620,
        edition="2008",
        indicator_no="B.2.2.4",
        over_people=True,
    ),
    counted=attended,
    base=_served,
)
M16 = Metric(
    definition=Definition(
        id="M16",
        version=2,
        name_en="Show-up rate at activities (%)",
        name_zh="活动到场率（%）",
        scale=100,
        formula_en="Sign-ups that attended / sign-ups live when the activity closed.",
        formula_zh="已到场的报名数 ÷ 活动结束时有效的报名数。",
        counted=(AttendanceRecorded.type, RegistrationConfirmed.type, LibraryEventClosed.type),
        exclusions_en=(
            "Walk-ins; waiting and cancelled sign-ups; activities not measured, or by heads alone."
        ),
        exclusions_zh="未报名到场者；候补与已取消的报名；未统计到场或只清点了人数的活动。",
        panel="benefit",
        splits=("faculty", "level", "space_kind", "day", "library"),
        empty="nothing_closed",
    ),
    counted=_shown_up,
    base=_expected,
    unmeasured=unnamed,
)
M17 = Metric(
    definition=Definition(
        id="M17",
        version=2,
        name_en="No-show rate, stays and activities (%)",
        name_zh="爽约率，空间与活动合计（%）",
        scale=100,
        formula_en="No-shows / (no-shows + check-ins + attended sign-ups).",
        formula_zh="爽约 ÷（爽约 + 签到 + 到场的报名）。",
        counted=(
            ReservationNoShow.type,
            RegistrationNoShow.type,
            ReservationCheckedIn.type,
            ReservationCompleted.type,
            ReservationNoShowVoided.type,
            AttendanceRecorded.type,
        ),
        exclusions_en=(
            "Walk-ins; cancelled or excused; activities not yet closed, not measured, or by heads"
            " alone."
        ),
        exclusions_zh="未报名到场者；已取消或获准免责者；尚未结束、未统计到场或只清点了人数的活动。",
        panel="trust",
        splits=("faculty", "level", "space_kind", "day", "library"),
        empty="nothing_ended",
    ),
    counted=_stayed_away,
    base=_came_or_not,
    unmeasured=unnamed,
)
M19 = Metric(
    definition=Definition(
        id="M19",
        version=1,
        name_en="Fill rate of activities (%)",
        name_zh="活动上座率（%）",
        scale=100,
        formula_en="(Attendances with their parties + head-counts) / places offered at close.",
        formula_zh="（实到人次（含同行者）+ 不具名的现场人数）÷ 活动结束时的座位数。",
        counted=(AttendanceRecorded.type, HeadcountRecorded.type, LibraryEventClosed.type),
        exclusions_en="Activities not yet closed, cancelled or not measured.",
        exclusions_zh="尚未结束、已取消或未统计到场的活动。",
        panel="benefit",
        splits=("space_kind", "day", "library"),
        empty="nothing_closed",
    ),
    counted=_filled,
    base=_seats,
    unmeasured=unmeasured,
)
