"""Reserve ahead for somebody: pick the person at the desk, then find and book as for oneself."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from gateway.pages import on_behalf, visitor
from gateway.pages.language import gettext as _
from gateway.pages.people_directory import the_one_called
from gateway.pages.staff.at_work import STAFF_ROLES, back_to, my_library

blueprint = Blueprint("staff_reserving", __name__, url_prefix="/staff/reserving")


@blueprint.post("")
@visitor.signed_in(*STAFF_ROLES)
def begin() -> ResponseReturnValue:
    """Begin to reserve for the person of this number or name."""
    library = my_library()
    person = the_one_called(request.form.get("person", ""))
    if person is None:
        flash(_("Nobody, or more than one person, has this number or name."), "bad")
        return redirect(back_to(url_for("staff_desk.desk", library=library["id"])))
    on_behalf.begin(person)
    return redirect(url_for("find_a_space.find", library=library["id"]))


@blueprint.post("/end")
@visitor.signed_in(*STAFF_ROLES)
def end() -> ResponseReturnValue:
    """Reserve for oneself again."""
    on_behalf.end()
    return redirect(url_for("staff_desk.desk"))
