"""A person's ticket to an activity, ready to be shown at the door."""

from typing import Any
from uuid import UUID

import segno
from markupsafe import Markup

from gateway.pages import services

WITH_TICKET = ("confirmed", "offered", "attended")
GROUP = 4


def ticket_of(registration: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the ticket with its QR code, or None when there is none to show.

    Who has one and cannot be shown it just now gets `admits` alone, and is told so.
    """
    if registration is None or registration["status"] not in WITH_TICKET:
        return None
    events = services.events()
    found = services.if_it_answers(lambda: events.ticket(UUID(registration["id"])))
    if found is None:
        return {"admits": True, "picture": None}
    digits: str = found["code"]
    groups = " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))
    return {**found, "groups": groups, "picture": qr_picture(digits)}


def qr_picture(text: str) -> Markup:
    """Return a QR code as SVG to stand within a page; its size is left to the style sheet."""
    drawn = segno.make(text, micro=False, error="m").svg_inline(
        border=2, omitsize=True, svgclass="qr", lineclass=None
    )
    return Markup(drawn)  # noqa: S704  # squares alone: the text stands in it as modules
