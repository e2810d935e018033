"""What booking says to people about rules, by code."""

from shared.web.wording import Wording

RULES: Wording = {
    "not_reservable": {
        "en": "Nobody has published rules for this space, so it cannot be reserved.",
        "zh-CN": "该空间尚未发布预约规则，暂不可预约。",
    },
    "patron_inactive": {
        "en": "Your account may not reserve at present.",
        "zh-CN": "您的账户目前不能预约。",
    },
    "space_out_of_use": {
        "en": "The space is out of use.",
        "zh-CN": "该空间已停用。",
    },
    "space_closed": {
        "en": "The space is not open all that time; open on {day}: {open}.",
        "zh-CN": "该空间并非全程开放；{day} 开放时间：{open}。",
    },
    "too_short": {
        "en": "{minutes} minutes are too short; at least {min_minutes}.",
        "zh-CN": "{minutes} 分钟太短，至少 {min_minutes} 分钟。",
    },
    "too_long": {
        "en": "{minutes} minutes are too long; at most {max_minutes}.",
        "zh-CN": "{minutes} 分钟太长，最多 {max_minutes} 分钟。",
    },
    "start_off_step": {
        "en": "Reservations start every {start_step_minutes} minutes.",
        "zh-CN": "预约开始时间须为 {start_step_minutes} 分钟的整数倍。",
    },
    "end_off_minute": {
        "en": "Reservations end on a whole minute.",
        "zh-CN": "预约结束时间须为整分钟。",
    },
    "in_the_past": {
        "en": "That time has passed; the earliest start is {earliest}.",
        "zh-CN": "该时间已过，最早可从 {earliest} 开始。",
    },
    "too_soon": {
        "en": "Reserve {notice_minutes} minutes ahead; the earliest start is {earliest}.",
        "zh-CN": "须提前 {notice_minutes} 分钟预约，最早可从 {earliest} 开始。",
    },
    "beyond_window": {
        "en": "Reservations end within {window_days} days, on {last_day} at the latest.",
        "zh-CN": "只能预约 {window_days} 天内的时段，最晚至 {last_day}。",
    },
    "party_too_large": {
        "en": "{party_size} people do not fit; there are {capacity} places.",
        "zh-CN": "{party_size} 人超出容量，共有 {capacity} 个座位。",
    },
    "party_too_small": {
        "en": "This space is for {min_party} people or more, not {party_size}.",
        "zh-CN": "该空间至少 {min_party} 人使用，当前为 {party_size} 人。",
    },
    "already_elsewhere": {
        "en": "You have another reservation from {starts_at} to {ends_at}.",
        "zh-CN": "您在 {starts_at} 至 {ends_at} 已有其他预约。",
    },
    "quota_minutes_day": {
        "en": "Reservations are limited to {limit} minutes a day: {remaining} are left on {day}, "
        "{asked} asked for. From {frees_on} on it counts anew.",
        "zh-CN": "每天最多预约 {limit} 分钟：{day} 还剩 {remaining} 分钟，"
        "本次需要 {asked} 分钟。{frees_on} 起重新计算。",
    },
    "quota_minutes_week": {
        "en": "Reservations are limited to {limit} minutes a week: {remaining} are left in the "
        "week of {day}, {asked} asked for. From {frees_on} on it counts anew.",
        "zh-CN": "每周最多预约 {limit} 分钟：{day} 起的一周还剩 {remaining} 分钟，"
        "本次需要 {asked} 分钟。{frees_on} 起重新计算。",
    },
    "quota_count_day": {
        "en": "Reservations are limited to {limit} a day, and you have {used} on {day}. "
        "From {frees_on} on it counts anew.",
        "zh-CN": "每天最多预约 {limit} 次，您在 {day} 已有 {used} 次。{frees_on} 起重新计算。",
    },
    "quota_count_week": {
        "en": "Reservations are limited to {limit} a week, and you have {used} in the week of "
        "{day}. From {frees_on} on it counts anew.",
        "zh-CN": "每周最多预约 {limit} 次，您在 {day} 起的一周已有 {used} 次。"
        "{frees_on} 起重新计算。",
    },
    "too_many_ahead": {
        "en": "Reservations ahead are limited to {limit}, and you have {held}. When one of them "
        "is over or given up, you can reserve again.",
        "zh-CN": "您已有 {held} 个未完成的预约，最多 {limit} 个。结束或取消其中一个后即可再预约。",
    },
    "rulebook_invalid": {
        "en": "These rules make no sense; see violations for every mistake.",
        "zh-CN": "规则有误，详见 violations。",
    },
    "rule_unknown": {
        "en": "There is no rule called {field}.",
        "zh-CN": "没有名为 {field} 的规则。",
    },
    "rule_out_of_range": {
        "en": "{field} must be a whole number from {least} to {most}.",
        "zh-CN": "{field} 须为 {least} 至 {most} 之间的整数。",
    },
    "rule_not_a_choice": {
        "en": "{field} must be one of: {choices}.",
        "zh-CN": "{field} 须为以下之一：{choices}。",
    },
    "rule_not_a_list": {
        "en": "{field} must be a list.",
        "zh-CN": "{field} 须为列表。",
    },
    "rule_not_an_object": {
        "en": "{field} must be an object.",
        "zh-CN": "{field} 须为对象。",
    },
    "rule_contradiction": {
        "en": "{field} does not fit {other}.",
        "zh-CN": "{field} 与 {other} 矛盾。",
    },
}
