"""Why a number is not there, in the reader's words."""

from collections.abc import Mapping
from typing import Any

from shared.web.language import CHINESE, current_language

REASONS: Mapping[str, Mapping[str, str]] = {
    "suppressed": {
        "en": "So few people stand behind this that it is held back.",
        "zh-CN": "涉及人数过少，不予显示。",
    },
    "not_measured": {
        "en": "Attendance was not taken.",
        "zh-CN": "未统计到场情况。",
    },
    "population_unknown": {
        "en": "How many people are served is not known.",
        "zh-CN": "服务对象人数未知。",
    },
    "capacity_unknown": {
        "en": "What the library offered is not known.",
        "zh-CN": "开放座位数未知。",
    },
    "nothing_ended": {
        "en": "Nothing has ended in this period.",
        "zh-CN": "该时段内没有已结束的使用。",
    },
    "nothing_closed": {
        "en": "No activity has closed in this period.",
        "zh-CN": "该时段内没有已结束的活动。",
    },
    "nobody_took_part": {
        "en": "Nobody took part in this period.",
        "zh-CN": "该时段内无人参与。",
    },
}


def reason_text(reason: str | None) -> str | None:
    """Return the sentence for a reason, or None when there is a number."""
    if reason is None:
        return None
    return REASONS[reason]["zh-CN" if current_language() == CHINESE else "en"]


def in_language(words: Mapping[str, Any], *stems: str) -> dict[str, Any]:
    """Return the words with each stem in the reader's language, as `<stem>`."""
    ending = "zh" if current_language() == CHINESE else "en"
    return {**words, **{stem: words[f"{stem}_{ending}"] for stem in stems}}
