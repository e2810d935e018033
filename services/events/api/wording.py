"""Every code of this service in the words of its readers, and the words that stand for no code."""

from services.events.api.wording_of_doors import WORDING as OF_THE_DOOR
from services.events.api.wording_of_files import WORDING as OF_FILES
from services.events.api.wording_of_lists import WORDING as OF_LISTS
from services.events.api.wording_of_plans import WORDING as OF_PLANS
from services.events.api.wording_of_rooms import WORDING as OF_ROOMS

WORDING: dict[str, dict[str, str]] = {
    **OF_PLANS,
    **OF_LISTS,
    "no_such_library_event": {
        "en": "There is no such activity, or it is not yours to see.",
        "zh-CN": "没有这个活动，或您无权查看。",
    },
    "no_such_registration": {
        "en": "There is no such sign-up, or it is not yours.",
        "zh-CN": "没有这条报名记录，或它不属于您。",
    },
    "no_such_attendance": {
        "en": "There is no such attendance, or it was taken back already.",
        "zh-CN": "没有这条到场记录，或它已被撤销。",
    },
    "sign_up_refused": {
        "en": "You cannot sign up; see violations for every reason.",
        "zh-CN": "无法报名，原因详见 violations。",
    },
    "not_open_for_signup": {
        "en": "The activity takes no sign-ups: it is not published, or it is over or called off.",
        "zh-CN": "该活动不接受报名：尚未发布、已结束或已取消。",
    },
    "already_started": {
        "en": "The activity began at {starts_at}; please ask the staff at the door.",
        "zh-CN": "活动已于 {starts_at} 开始，请在现场询问工作人员。",
    },
    "signup_not_open_yet": {
        "en": "Sign-up opens at {opens_at}.",
        "zh-CN": "报名将于 {opens_at} 开始。",
    },
    "signup_closed": {
        "en": "Sign-up closed at {closes_at}.",
        "zh-CN": "报名已于 {closes_at} 截止。",
    },
    "party_too_large": {
        "en": "You want {party_size} places; one sign-up may take {limit}.",
        "zh-CN": "您申请 {party_size} 个名额，每次报名最多 {limit} 个。",
    },
    "already_signed_up": {
        "en": "You have signed up already.",
        "zh-CN": "您已报名。",
    },
    "full": {
        "en": "{free} of {capacity} places are free, you want {party_size}; there is no waiting "
        "list.",
        "zh-CN": "共 {capacity} 个名额，剩余 {free} 个，您需要 {party_size} 个；该活动不设候补。",
    },
    "cannot_cancel": {
        "en": "This sign-up can no longer be given up.",
        "zh-CN": "该报名已无法取消。",
    },
    "no_offer_open": {
        "en": "There is no offer to answer.",
        "zh-CN": "没有待答复的候补通知。",
    },
    "offer_expired": {
        "en": "The offer ended at {expired_at}; the place goes to the next in line.",
        "zh-CN": "候补通知已于 {expired_at} 失效，名额将给予下一位。",
    },
    "wrong_attendance_code": {
        "en": "This is not the code shown in the room now.",
        "zh-CN": "该签到码与现场显示的不符。",
    },
    "too_many_wrong_codes": {
        "en": "Wrong digits {most} times; please ask the staff to enter you.",
        "zh-CN": "签到码已输错 {most} 次，请到服务台签到。",
    },
    "attendance_not_open": {
        "en": "Attendance is taken from {opens_at} until the activity, which ends at {ends_at}, is "
        "closed; by code, until it ends.",
        "zh-CN": "签到自 {opens_at} 起开放，至结项为止；签到码至 {ends_at} 活动结束为止。",
    },
    "attendance_refused": {
        "en": "Some entries make no sense; nothing was recorded. See violations.",
        "zh-CN": "部分记录不合要求，均未登记，详见 violations。",
    },
    "attended_at_out_of_range": {
        "en": "{attended_at} is not between {earliest} and {latest}.",
        "zh-CN": "{attended_at} 不在 {earliest} 至 {latest} 之间。",
    },
    **OF_THE_DOOR,
    "no_place": {
        "en": "The code is for those who have a place; please see the staff at the door.",
        "zh-CN": "签到码仅供已有名额者使用，请在现场联系工作人员。",
    },
}
LABELS: dict[str, dict[str, str]] = {**OF_ROOMS, **OF_FILES}
