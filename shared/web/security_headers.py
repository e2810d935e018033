"""What browsers must not do with an API's answers."""

from flask import Response, request

_API = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}


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
