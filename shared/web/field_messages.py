"""Marshmallow's sentences about fields, in the caller's language."""

import re
from collections.abc import Sequence

from shared.web.language import CHINESE, current_language

_CHINESE: Sequence[tuple[str, str]] = (
    (r"Missing data for required field\.", "缺少必填内容。"),
    (r"Field may not be null\.", "不能为空值。"),
    (r"Unknown field\.", "未知字段。"),
    (r"Invalid input type\.", "类型不对。"),
    (r"Not a valid string\.", "不是有效的文本。"),
    (r"Not a valid integer\.", "不是有效的整数。"),
    (r"Not a valid number\.", "不是有效的数字。"),
    (r"Not a valid boolean\.", "不是有效的是/否值。"),
    (r"Not a valid UUID\.", "不是有效的 UUID。"),
    (r"Not a valid datetime\.", "不是有效的日期时间。"),
    (r"Not a valid date\.", "不是有效的日期。"),
    (r"Not a valid time\.", "不是有效的时间。"),
    (r"Not a valid list\.", "不是有效的列表。"),
    (r"Must be one of: (.*)\.", r"必须是其中之一：\1。"),
    (r"Must be greater than or equal to (.*)\.", r"不得小于 \1。"),
    (r"Must be less than or equal to (.*)\.", r"不得大于 \1。"),
    (r"Shorter than minimum length (.*)\.", r"长度不得小于 \1。"),
    (r"Longer than maximum length (.*)\.", r"长度不得超过 \1。"),
    (r"Length must be between (.*) and (.*)\.", r"长度应在 \1 与 \2 之间。"),
    (r"Must be later than opens\.", "必须晚于开放时间。"),
    (r"Must not name a weekday twice\.", "同一星期几不能出现两次。"),
    (r"Must say its offset from UTC\.", "必须注明与 UTC 的时差。"),
    (r"Must not contain the NUL character\.", "不能含有 NUL 字符。"),
    (r"Must not contain half of a surrogate pair\.", "不能含有不成对的代理字符。"),
    (r"Must fit into 64 bits\.", "必须在 64 位整数范围内。"),
    (r"Is too large a number\.", "数值过大。"),
)


def translated(message: str) -> str:
    """Return the sentence in the caller's language; one we have no words for stays English."""
    if current_language() != CHINESE:
        return message
    for pattern, chinese in _CHINESE:
        if match := re.fullmatch(pattern, message):
            return match.expand(chinese)
    return message
