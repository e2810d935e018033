"""What browsers must not do with an API's answers, and of what type they are."""

from flask import Response, request

_API = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


NO_CONTENT = 204


def name_no_type_of_nothing(response: Response) -> Response:
    """Take the type off an answer without content: a client would parse what is not there."""
    if response.status_code == NO_CONTENT:
        response.headers.pop("Content-Type", None)
    return response


def secure(response: Response) -> Response:
    """Add the headers an API answer lacks; pages bring their own policy, all get nosniff."""
    headers = response.headers
    if not request.path.startswith("/api/"):
        headers.setdefault("X-Content-Type-Options", "nosniff")
        return response
    for name, value in _API.items():
        if name not in headers:
            headers[name] = value
    return response
