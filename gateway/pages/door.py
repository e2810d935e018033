"""The screen beside a door: free or taken, until when, and the code to arrive with. No names.

A screen opens its address once with the key the staff gave it; a cookie of that one address keeps
it. Without a key the page says when the space is taken, and shows no code.
"""

from typing import Any
from uuid import UUID

import segno
from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from gateway.clients.service import ApiProblem
from gateway.pages import services
from gateway.parts import current_parts

blueprint = Blueprint("door", __name__)
COOKIE = "atrium_display"
KEY_UNKNOWN = "display_key_unknown"
LONGEST_KEY = 100
A_YEAR = 365 * 24 * 3600
REFRESH_SECONDS = 30
Json = dict[str, Any]


@blueprint.get("/door/<uuid:space_id>")
def door(space_id: UUID) -> ResponseReturnValue:
    """Show the space as it is now; the page loads itself again."""
    key = _readable(request.args.get("key", ""))
    if request.args.get("key"):
        return _keep(space_id, key)
    shown, trouble = _shown(space_id, _readable(request.cookies.get(COOKIE, "")))
    code = shown["check_in"]
    return render_template(
        "door.html",
        door=shown,
        trouble=trouble,
        zone=shown["timezone"],
        coming=[one for one in shown["busy"] if one["starts_at"] > shown["now"]][:4],
        qr=None if code is None else _qr(space_id, code["code"]),
        refresh=min(REFRESH_SECONDS, (code or {}).get("seconds_left", REFRESH_SECONDS)) + 1,
    )


def _shown(space_id: UUID, key: str) -> tuple[Json, str]:
    """Return the space, and what is wrong with the screen's key.

    A screen keeps a key that was taken back and goes on saying so until it has another: somebody
    comes by and sees it, and until then it is a door without a code.
    """
    booking = services.booking()
    try:
        return booking.door(space_id, key), ""
    except ApiProblem as problem:
        if problem.code != KEY_UNKNOWN:
            raise
        return booking.door(space_id, ""), problem.detail


def _readable(key: str) -> str:
    """Return what may be a key; nonsense is none, and goes into no header."""
    return key if len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() else ""


def _keep(space_id: UUID, key: str) -> ResponseReturnValue:
    """Keep the key in a cookie of this door alone, and out of the address."""
    address = url_for(".door", space_id=space_id)
    response = make_response(redirect(address))
    response.set_cookie(
        COOKIE,
        key,
        max_age=A_YEAR,
        path=address,
        httponly=True,
        secure=current_parts().settings.is_secure,
        samesite="Lax",
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _qr(space_id: UUID, code: str) -> Markup:
    """Return the QR code of where one arrives with this code."""
    origin = current_parts().settings.public_url.rstrip("/")
    address = origin + url_for("arrive.at_the_space", space=space_id, code=code)
    picture = segno.make(address, error="m", micro=False)
    drawn = picture.svg_inline(scale=4, border=2, omitsize=True, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 # drawn by the library from an address of ours, escaped by it
