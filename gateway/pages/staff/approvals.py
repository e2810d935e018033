"""Requests that wait for the library: each with everybody who wants the same time."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.pages import services, visitor
from gateway.pages.language import gettext as _
from gateway.pages.people_directory import names_of
from gateway.pages.staff.at_work import STAFF_ROLES, back_to, doing, my_libraries, my_library
from gateway.pages.staff.desk import MOST_REASON

blueprint = Blueprint("staff_approvals", __name__, url_prefix="/staff/approvals")


@blueprint.get("")
@visitor.signed_in(*STAFF_ROLES)
def approvals() -> str:
    """List the requests by start."""
    library = my_library()
    found = services.desk().approvals(library["id"], request.args.get("cursor", "")[:1000])
    people = [who["patron_id"] for one in found["items"] for who in (one, *one["rivals"])]
    return render_template(
        "staff/approvals.html",
        library=library,
        libraries=my_libraries(),
        found=found,
        places=services.places(),
        names=names_of(people),
    )


@blueprint.post("/<uuid:reservation_id>/approve")
@visitor.signed_in(*STAFF_ROLES)
def approve(reservation_id: UUID) -> ResponseReturnValue:
    """Say yes."""
    return doing(
        lambda: services.desk().approve(str(reservation_id)),
        _("Approved. The person is told; so are others who wanted the time."),
        back_to(url_for(".approvals")),
    )


@blueprint.post("/<uuid:reservation_id>/reject")
@visitor.signed_in(*STAFF_ROLES)
def reject(reservation_id: UUID) -> ResponseReturnValue:
    """Say no, and why."""
    reason = request.form.get("reason", "").strip()[:MOST_REASON]
    back = back_to(url_for(".approvals"))
    if not reason:
        flash(_("Please say why: the person reads it."), "bad")
        return redirect(back)
    return doing(lambda: services.desk().reject(str(reservation_id), reason), _("Rejected."), back)
