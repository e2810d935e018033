"""What engagement's refusals say to people."""

from collections.abc import Mapping

WORDING: Mapping[str, Mapping[str, str]] = {
    "suggestion_not_found": {
        "en": "There is no such suggestion.",
        "zh-CN": "没有这条建议。",
    },
    "library_unknown": {
        "en": "No space of the library {library_id} is known.",
        "zh-CN": "图书馆 {library_id} 尚无已知空间。",
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
    "period_not_whole_weeks": {
        "en": "Figures are over whole weeks, Monday to Sunday: ask for {first} to {last}.",
        "zh-CN": "统计以整周（周一至周日）为单位，请改为 {first} 至 {last}。",
    },
    "period_to_come": {
        "en": "These days are still to come; today is {today}.",
        "zh-CN": "所选日期尚未到来；今天是 {today}。",
    },
    "week_not_over": {
        "en": "Faculties and levels are told of only for weeks that are over.",
        "zh-CN": "按院系或层次的统计只提供已结束的整周。",
    },
    "library_needed": {
        "en": "A figure is split within one library; name the library as well.",
        "zh-CN": "划分统计须限于一个图书馆，请同时指定图书馆。",
    },
    "rule_begins_too_soon": {
        "en": "A rule of points begins on a coming day: {earliest} or later.",
        "zh-CN": "积分规则只能从之后的日期开始生效：最早 {earliest}。",
    },
    "rule_cap_below_amount": {
        "en": "At most {cap_per_day} points a day is less than the {amount} of one act.",
        "zh-CN": "每日上限 {cap_per_day} 分低于单次的 {amount} 分，永远无法得分。",
    },
    "rule_of_other_acts": {
        "en": "This rule is about {act_type}; give a rule about other acts a code of its own.",
        "zh-CN": "该规则针对 {act_type}；针对其他行为的规则请另取代码。",
    },
    "term_not_found": {
        "en": "This library has no such term.",
        "zh-CN": "该图书馆没有这个学期。",
    },
    "term_code_malformed": {
        "en": "The code of a term has 1 to 20 letters (a to z), digits, dots, dashes or"
        " underscores, and begins with a letter or a digit, such as 2026-1.",
        "zh-CN": "学期代码为 1 至 20 个字母（a 至 z）、数字、点、连字符或下划线，"
        "且以字母或数字开头，例如 2026-1。",
    },
    "term_overlaps": {
        "en": "Another term of this library has some of these days.",
        "zh-CN": "与该图书馆的另一学期有重叠的日期。",
    },
    "cell_suppressed": {
        "en": "Fewer than {people} people stand behind this; its acts would point at them.",
        "zh-CN": "涉及人数不足 {people} 人，明细会暴露个人，不予显示。",
    },
}
