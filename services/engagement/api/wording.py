"""What engagement's refusals say to people."""

from collections.abc import Mapping

WORDING: Mapping[str, Mapping[str, str]] = {
    "suggestion_not_found": {
        "en": "There is no such suggestion.",
        "zh-CN": "没有这条建议。",
    },
    "own_suggestion": {
        "en": "This is your own suggestion; having made it already counts.",
        "zh-CN": "这是您自己的建议，提出时即已计入。",
    },
    "already_supported": {
        "en": "You support this suggestion already.",
        "zh-CN": "您已支持过这条建议。",
    },
    "not_supported": {
        "en": "You do not support this suggestion, so there is nothing to withdraw.",
        "zh-CN": "您并未支持这条建议，无从撤回。",
    },
    "metric_not_found": {
        "en": "The catalogue has no metric {metric}.",
        "zh-CN": "指标目录中没有 {metric}。",
    },
    "split_meaningless": {
        "en": "{metric} cannot be split by {split}; it can by: {possible}.",
        "zh-CN": "{metric} 不能按 {split} 划分，可用的划分：{possible}。",
    },
    "split_needed": {
        "en": "A cell belongs to a split; name the split as well.",
        "zh-CN": "单元格属于某种划分，请同时指定划分方式。",
    },
    "period_invalid": {
        "en": "A period ends on or after its first day and has at most {most_days} days.",
        "zh-CN": "时段的末日不得早于首日，且最长 {most_days} 天。",
    },
    "cell_suppressed": {
        "en": "Fewer than {people} people stand behind this; its acts would point at them.",
        "zh-CN": "涉及人数不足 {people} 人，明细会暴露个人，不予显示。",
    },
}
