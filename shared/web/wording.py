"""What the edge says to people, in every language: the codes all services share."""

from collections.abc import Mapping

Wording = Mapping[str, Mapping[str, str]]

# Titles belong to the status: short, the same for every problem of a kind.
TITLES: Mapping[int, Mapping[str, str]] = {
    400: {"en": "Not understood", "zh-CN": "无法理解该请求"},
    401: {"en": "Sign in first", "zh-CN": "请先登录"},
    403: {"en": "Not allowed", "zh-CN": "没有权限"},
    404: {"en": "Not found", "zh-CN": "未找到"},
    405: {"en": "Not possible here", "zh-CN": "不支持该方法"},
    409: {"en": "Not possible now", "zh-CN": "当前无法进行"},
    410: {"en": "Gone", "zh-CN": "已不存在"},
    412: {"en": "Changed meanwhile", "zh-CN": "内容已被更改"},
    413: {"en": "Too large", "zh-CN": "内容过大"},
    415: {"en": "Wrong kind of content", "zh-CN": "内容类型不受支持"},
    422: {"en": "Does not make sense", "zh-CN": "内容不合要求"},
    428: {"en": "Version needed", "zh-CN": "需要版本信息"},
    429: {"en": "Too many requests", "zh-CN": "请求过于频繁"},
    500: {"en": "Our mistake", "zh-CN": "系统出错"},
    503: {"en": "Not available just now", "zh-CN": "暂时无法提供服务"},
}

COMMON: Wording = {
    "bad_request": {
        "en": "The request could not be understood.",
        "zh-CN": "无法理解该请求。",
    },
    "malformed_json": {
        "en": "The body is not well-formed JSON in UTF-8.",
        "zh-CN": "正文不是格式正确的 UTF-8 JSON。",
    },
    "not_signed_in": {
        "en": "This needs a signed-in person.",
        "zh-CN": "该操作需要登录。",
    },
    "token_refused": {
        "en": "The access token is not valid; sign in again.",
        "zh-CN": "访问令牌无效，请重新登录。",
    },
    "not_allowed": {
        "en": "Your role does not cover this.",
        "zh-CN": "您的角色无权进行该操作。",
    },
    "scope_missing": {
        "en": "This token does not carry the scope {scope}.",
        "zh-CN": "该令牌不含权限范围 {scope}。",
    },
    "not_found": {
        "en": "There is no such thing, or it is not yours to see.",
        "zh-CN": "没有该内容，或您无权查看。",
    },
    "method_not_allowed": {
        "en": "This address does not take that method.",
        "zh-CN": "该地址不支持此方法。",
    },
    "conflict": {
        "en": "The present state does not allow this.",
        "zh-CN": "当前状态不允许该操作。",
    },
    "refused": {
        "en": "The present state does not allow this.",
        "zh-CN": "当前状态不允许该操作。",
    },
    "idempotency_key_missing": {
        "en": "Send an Idempotency-Key header with this request.",
        "zh-CN": "请在请求中附上 Idempotency-Key 头。",
    },
    "idempotency_key_invalid": {
        "en": "An Idempotency-Key has 1 to {most} printable ASCII characters.",
        "zh-CN": "Idempotency-Key 应为 1 至 {most} 个可打印的 ASCII 字符。",
    },
    "idempotency_key_reused": {
        "en": "This Idempotency-Key was used for another request.",
        "zh-CN": "该 Idempotency-Key 已用于另一个请求。",
    },
    "idempotency_in_flight": {
        "en": "The first request with this Idempotency-Key is still being worked on.",
        "zh-CN": "使用该 Idempotency-Key 的首个请求仍在处理中。",
    },
    "version_conflict": {
        "en": "It was changed meanwhile; read it again and repeat.",
        "zh-CN": "内容已被更改，请重新读取后再试。",
    },
    "version_required": {
        "en": "Say in If-Match which version you are changing.",
        "zh-CN": "请在 If-Match 中注明所要更改的版本。",
    },
    "body_too_large": {
        "en": "The body is larger than {limit_bytes} bytes.",
        "zh-CN": "正文超过 {limit_bytes} 字节。",
    },
    "unsupported_media_type": {
        "en": "The body must be application/json.",
        "zh-CN": "正文类型必须是 application/json。",
    },
    "invalid_input": {
        "en": "Some of what was sent does not make sense; see violations.",
        "zh-CN": "部分内容不合要求，详见 violations。",
    },
    "invalid_field": {
        "en": "This field does not make sense; what stands beside it says why: {message}",
        "zh-CN": "该字段不合要求，原因：{message}",
    },
    "cursor_invalid": {
        "en": "The cursor is not one we gave for this list.",
        "zh-CN": "游标不是本列表给出的。",
    },
    "value_not_storable": {
        "en": "A value is out of the range that can be kept.",
        "zh-CN": "某个值超出可保存的范围。",
    },
    "rate_limited": {
        "en": "More than {limit} requests in {seconds} seconds; wait {retry_seconds} seconds.",
        "zh-CN": "{seconds} 秒内请求超过 {limit} 次，请等待 {retry_seconds} 秒。",
    },
    "internal_error": {
        "en": "Something went wrong on our side; it has been noted under this request's number.",
        "zh-CN": "系统出错，已按此请求编号记录。",
    },
    "temporarily_unavailable": {
        "en": "This cannot be done just now; try again in a moment.",
        "zh-CN": "暂时无法处理，请稍后再试。",
    },
    "not_ready": {
        "en": "Not ready: {failed}.",
        "zh-CN": "尚未就绪：{failed}。",
    },
}
