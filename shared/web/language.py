"""Which language the caller reads: English, or Chinese as written in mainland China."""

from flask import has_request_context, request

ENGLISH = "en"
CHINESE = "zh-CN"
LANGUAGES = (ENGLISH, CHINESE)


def current_language() -> str:
    """Return the best of our languages for this request's Accept-Language; English when none."""
    if not has_request_context() or "Accept-Language" not in request.headers:
        return ENGLISH
    for tag, quality in request.accept_languages:
        primary = tag.lower().replace("_", "-").split("-")[0]
        if quality > 0 and primary in {"zh", "en"}:
            return CHINESE if primary == "zh" else ENGLISH
    return ENGLISH
