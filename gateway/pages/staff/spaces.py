"""Spaces: list them, describe them, take them out of use with a reason, give screens their keys."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import services, visitor
from gateway.pages.answers import one_of, whole_number
from gateway.pages.codes import features, space_kinds, space_types
from gateway.pages.language import gettext as _
from gateway.pages.staff.at_work import STAFF_ROLES, doing, my_libraries, my_library
from gateway.parts import current_parts

blueprint = Blueprint("staff_spaces", __name__, url_prefix="/staff/spaces")
STEP_FREE = "wheelchair"
KEPT = ("code", "zone_id", "space_type", "plan")
Json = dict[str, Any]


@blueprint.get("")
@visitor.signed_in(*STAFF_ROLES)
def spaces() -> str:
    """List a library's spaces by code."""
    library = my_library()
    space_type = one_of("type", tuple(space_types()))
    cursor = request.args.get("cursor", "")[:1000]
    found = services.spaces().spaces(library["id"], space_type=space_type, cursor=cursor)
    return render_template(
        "staff/spaces.html",
        library=library,
        libraries=my_libraries(),
        found=found,
        types=space_types(),
        space_type=space_type,
    )


@blueprint.get("/<uuid:space_id>")
@visitor.signed_in(*STAFF_ROLES)
def space(space_id: UUID) -> ResponseReturnValue:
    """Show one space and what can be done with it."""
    return _page(space_id)


@blueprint.post("/<uuid:space_id>/change")
@visitor.signed_in(*STAFF_ROLES)
def change(space_id: UUID) -> ResponseReturnValue:
    """Describe the space anew."""
    found, _etag = services.spaces().space(str(space_id))
    body = {
        **{name: found[name] for name in KEPT},
        "name_zh": request.form.get("name_zh", "").strip()[:200],
        "name_en": request.form.get("name_en", "").strip()[:200],
        "space_kind": one_of("space_kind", tuple(space_kinds()), found["space_kind"]),
        "capacity": whole_number("capacity", found["capacity"], most=10_000),
        "features": _features(found),
        "accessible": _step_free(),
    }
    etag = request.form.get("version", "")[:200]
    return _acting(space_id, lambda: services.spaces().change(str(space_id), body, etag=etag))


@blueprint.post("/<uuid:space_id>/use")
@visitor.signed_in(*STAFF_ROLES)
def use(space_id: UUID) -> ResponseReturnValue:
    """Take the space out of use, or put it into use again."""
    withdraw = request.form.get("use") == "no"
    because = request.form.get("because", "").strip()[:500]
    if withdraw and not because:
        flash(_("Please say why: people read it."), "bad")
        return redirect(url_for(".space", space_id=space_id))
    etag = request.form.get("version", "")[:200]
    reason = because if withdraw else ""
    return _acting(
        space_id, lambda: services.spaces().use(str(space_id), because=reason, etag=etag)
    )


@blueprint.post("/<uuid:space_id>/screens")
@visitor.signed_in(*STAFF_ROLES)
def add_screen(space_id: UUID) -> ResponseReturnValue:
    """Give a screen its key; the address to open on it is shown this once."""
    label = request.form.get("label", "").strip()[:200]
    try:
        secret = services.spaces().issue_key(str(space_id), label)
    except ApiProblem as problem:
        if problem.status == 404:
            raise
        return _page(space_id, problem)
    address = url_for("door.door", space_id=space_id, key=secret)
    return _page(space_id, secret=f"{current_parts().settings.public_url.rstrip('/')}{address}")


@blueprint.post("/<uuid:space_id>/screens/<uuid:key_id>/remove")
@visitor.signed_in(*STAFF_ROLES)
def remove_screen(space_id: UUID, key_id: UUID) -> ResponseReturnValue:
    """Take a screen's key back."""
    return doing(
        lambda: services.spaces().revoke_key(str(key_id)),
        _("The screen shows no code any more."),
        url_for(".space", space_id=space_id),
    )


def _acting(space_id: UUID, act: Callable[[], None]) -> ResponseReturnValue:
    try:
        act()
    except ApiProblem as problem:
        if problem.status == 404:
            raise
        return _page(space_id, problem)
    flash(_("Kept."), "good")
    return redirect(url_for(".space", space_id=space_id))


def _page(
    space_id: UUID, problem: ApiProblem | None = None, *, secret: str | None = None
) -> ResponseReturnValue:
    found, etag = services.spaces().space(str(space_id))
    page = render_template(
        "staff/space.html",
        space=found,
        etag=etag,
        keys=services.spaces().keys(str(space_id)),
        kinds=space_kinds(),
        features=_choices(found),
        secret=secret,
        problem=problem,
        zone=services.places().timezone_of(str(space_id)),
    )
    return page, problem.page_status if problem else 200


def _choices(found: Json) -> dict[str, str]:
    """Return what a space can have: what we have words for, and what this one has besides.

    That it is step-free has a tick of its own.
    """
    known = {**{one: one for one in found["features"]}, **features()}
    return {code: text for code, text in known.items() if code != STEP_FREE}


def _features(found: Json) -> list[str]:
    """Return what was ticked; a step-free space is also found by those who look for that."""
    ticked = [one for one in request.form.getlist("feature") if one in _choices(found)]
    return [*ticked, STEP_FREE] if _step_free() else ticked


def _step_free() -> bool:
    return request.form.get("accessible") == "yes"
