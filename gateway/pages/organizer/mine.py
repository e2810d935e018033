"""My activities: what one plans, what is coming, what is over."""

from datetime import datetime
from typing import Any

from flask import render_template, request

from gateway.pages import activity_codes, services, visitor
from gateway.pages.answers import one_of
from gateway.pages.organizer.blueprint import ROLES, blueprint
from gateway.pages.wording import on_the_wire
from gateway.parts import current_parts

VIEWS = ("coming", "drafts", "past")


@blueprint.get("")
@visitor.signed_in(*ROLES)
def mine() -> str:
    """List the activities the visitor runs; staff may look at their whole libraries'."""
    view = one_of("view", VIEWS, "coming")
    words = request.args.get("q", "").replace("\x00", "")[:100]
    everybody = visitor.current_account().roles.isdisjoint({"staff", "admin"}) is False
    whole = everybody and one_of("whose", ("all",)) == "all"
    found = services.organizing().mine(
        **_wanted(view),
        q=words,
        own="" if whole else "true",
        cursor=request.args.get("cursor", "")[:1000],
        limit=20,
    )
    return render_template(
        "organizer/mine.html",
        found=_without_running(found) if view == "past" else found,
        view=view,
        words=words,
        whole=whole,
        everybody=everybody,
        room_tags=activity_codes.ROOM_TAGS,
    )


def _without_running(found: dict[str, Any]) -> dict[str, Any]:
    """Leave out what has begun and not ended: it stands with what is coming."""
    now = current_parts().clock.now()
    over = [one for one in found["items"] if datetime.fromisoformat(one["ends_at"]) <= now]
    return {**found, "items": over}


def _wanted(view: str) -> dict[str, Any]:
    now = on_the_wire(current_parts().clock.now())
    if view == "drafts":
        return {"status": "draft", "order": "soonest"}
    if view == "past":
        return {"to": now, "order": "latest"}
    return {"from": now, "order": "soonest"}
