"""What booking says to people when something cannot be done, by code."""

from shared.web.wording import Wording

RESERVATIONS: Wording = {
    "rules_not_met": {
        "en": "This cannot be reserved; see violations for every reason.",
        "zh-CN": "无法预约，具体原因见 violations。",
    },
    "slot_taken": {
        "en": "Somebody else has this space at that time.",
        "zh-CN": "该空间在此时段已被预约。",
    },
    "space_unknown": {
        "en": "There is no such space.",
        "zh-CN": "没有这个空间。",
    },
    "ends_before_start": {
        "en": "The reservation would end before it starts.",
        "zh-CN": "结束时间早于开始时间。",
    },
    "status_forbids": {
        "en": "That is not possible with a reservation that is {status}.",
        "zh-CN": "预约当前状态为 {status}，无法进行该操作。",
    },
    "has_started": {
        "en": "Too late: the reservation started at {started_at}.",
        "zh-CN": "预约已于 {started_at} 开始，无法再更改。",
    },
    "has_ended": {
        "en": "Too late: the reservation ended at {ended_at}.",
        "zh-CN": "预约已于 {ended_at} 结束。",
    },
    "too_late_to_change": {
        "en": "Changes are possible until {notice_minutes} minutes before the start.",
        "zh-CN": "只能在开始前 {notice_minutes} 分钟以前更改。",
    },
    "needs_approval": {
        "en": "The library has to approve that; please cancel, and ask for it anew.",
        "zh-CN": "此更改须经图书馆审批，请取消后重新申请。",
    },
    "check_in_too_early": {
        "en": "Check-in opens at {opens_at}.",
        "zh-CN": "签到于 {opens_at} 开始。",
    },
    "check_in_too_late": {
        "en": "Check-in closed at {closed_at}.",
        "zh-CN": "签到已于 {closed_at} 截止。",
    },
    "wrong_code": {
        "en": "These are not the digits shown at the space.",
        "zh-CN": "签到码不正确。",
    },
    "too_many_wrong_codes": {
        "en": "Wrong digits {most} times; please ask the staff to check you in.",
        "zh-CN": "签到码已输错 {most} 次，请到服务台签到。",
    },
    "belongs_to_activity": {
        "en": "An activity holds this room; change it where the activity is planned.",
        "zh-CN": "该空间由活动占用，请在活动中更改。",
    },
}
