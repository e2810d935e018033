"""Take a no-show back: the person was there after all, or is excused."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.pages import services, visitor
from gateway.pages.answers import one_of
from gateway.pages.language import gettext as _
from gateway.pages.staff.at_work import STAFF_ROLES, asking_about, back_to, doing

blueprint = Blueprint("staff_no_shows", __name__, url_prefix="/staff/desk")
OUTCOMES = ("was_there", "excused")
MOST_REASON = 500


@blueprint.get("/<uuid:reservation_id>/no-show")
@visitor.signed_in(*STAFF_ROLES)
def form(reservation_id: UUID) -> str:
    """Ask what is true instead, and why."""
    outcomes = [("was_there", _("The person was there")), ("excused", _("Excused"))]
    return asking_about(reservation_id, "staff/no_show.html", outcomes=outcomes)


@blueprint.post("/<uuid:reservation_id>/no-show")
@visitor.signed_in(*STAFF_ROLES)
def take_back(reservation_id: UUID) -> ResponseReturnValue:
    """Take it back; figures and points follow."""
    outcome = one_of("outcome", OUTCOMES, "")
    reason = request.form.get("reason", "").strip()[:MOST_REASON]
    back = back_to(url_for("staff_desk.desk"))
    if not outcome or not reason:
        flash(_("Please choose what is true, and say why."), "bad")
        return redirect(back)
    return doing(
        lambda: services.desk().void_no_show(str(reservation_id), outcome, reason),
        _("The no-show is taken back."),
        back,
    )
