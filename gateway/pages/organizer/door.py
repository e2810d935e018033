"""The door: tickets, walk-ins, people counted, who came in last, and taking back."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import activity_codes, services, visitor
from gateway.pages.answers import identifier, one_of, whole_number
from gateway.pages.language import gettext as _
from gateway.pages.organizer.activity import doors_open, running
from gateway.pages.organizer.blueprint import ROLES, blueprint
from gateway.pages.people_directory import find_people, names_of

ADDRESS = "/<uuid:library_event_id>/door"
CAMERA = "camera=(self)"
LATEST = 12


@blueprint.get(ADDRESS)
@visitor.signed_in(*ROLES)
def door(library_event_id: UUID) -> ResponseReturnValue:
    """Show the door: scan or type, walk-ins, counting, live numbers."""
    return _door(library_event_id)


@blueprint.post(f"{ADDRESS}/ticket")
@visitor.signed_in(*ROLES)
def ticket(library_event_id: UUID) -> ResponseReturnValue:
    """Let in by a ticket that was typed."""
    code = request.form.get("ticket_code", "").replace("\x00", "").strip()[:100] or "-"
    body: dict[str, Any] = {"ticket_code": code}
    if "let_in" in request.form:
        body["let_in_waiting"] = True
    return _let_in(library_event_id, body, code=code)


@blueprint.post(f"{ADDRESS}/walk-in")
@visitor.signed_in(*ROLES)
def walk_in(library_event_id: UUID) -> ResponseReturnValue:
    """Let in somebody without a sign-up: by number or name; of several, one is chosen."""
    person = identifier("patron_id")
    who = request.form.get("who", "")[:200]
    if person is None:
        found = find_people(who)
        if len(found) != 1:
            if not found:
                flash(_("Nobody is found by that number or name."), "bad")
            return _door(library_event_id, found=found, who=who)
        person = found[0].patron_id
    return _let_in(library_event_id, {"attendees": [{"patron_id": str(person)}]})


@blueprint.post(f"{ADDRESS}/heads")
@visitor.signed_in(*ROLES)
def heads(library_event_id: UUID) -> ResponseReturnValue:
    """Count people without names: one more, one fewer, or all of them."""
    body: dict[str, Any] = {}
    if "anonymous" in request.form:
        body["anonymous"] = whole_number("anonymous", 0, least=0, most=100_000)
    else:
        body["more"] = -1 if "fewer" in request.form else 1
        if audience := one_of("audience", activity_codes.audiences()):
            body["audience"] = audience
    return _done(library_event_id, "head-counts", body)


@blueprint.post(f"{ADDRESS}/take-back")
@visitor.signed_in(*ROLES)
def take_back(library_event_id: UUID) -> ResponseReturnValue:
    """Take back an entry made by mistake."""
    attendance = identifier("attendance_id")
    if attendance is None:
        abort(404)
    try:
        services.organizing().take_back(attendance, _("Entered by mistake at the door."))
    except ApiProblem as problem:
        return _door(library_event_id, problem=problem)
    flash(_("Taken back."), "good")
    return redirect(url_for(".door", library_event_id=library_event_id))


def _let_in(library_event_id: UUID, body: dict[str, Any], *, code: str = "") -> ResponseReturnValue:
    try:
        answer = services.organizing().let_in(library_event_id, body)
    except ApiProblem as problem:
        return _door(library_event_id, problem=problem, code=code)
    [entry] = answer["items"]
    person = names_of([entry["patron_id"]]).get(entry["patron_id"])
    name = person.display_name if person else _("This person")
    if answer["recorded"]:
        said = _("%(name)s is in. Places: %(places)s.", name=name, places=entry["party_size"])
        flash(said, "good")
    else:
        flash(_("%(name)s is in already.", name=name))
    return redirect(url_for(".door", library_event_id=library_event_id))


def _done(library_event_id: UUID, what: str, body: dict[str, Any]) -> ResponseReturnValue:
    try:
        services.organizing().act(library_event_id, what, body)
    except ApiProblem as problem:
        return _door(library_event_id, problem=problem)
    return redirect(url_for(".door", library_event_id=library_event_id, _anchor="heads"))


def _door(
    library_event_id: UUID, *, problem: ApiProblem | None = None, **shown: Any
) -> ResponseReturnValue:
    if problem is not None and problem.status == 404:
        raise problem
    found, _etag = running(library_event_id)
    organizing = services.organizing()
    arrivals = [
        entry
        for entry in organizing.latest_arrivals(library_event_id, LATEST)
        if entry["voided_at"] is None
    ]
    numbers = problem.body.get("numbers", {}) if problem else {}
    waiting = numbers.get("patron_id") if problem and problem.code == "ticket_waiting" else None
    ids = [entry["patron_id"] for entry in arrivals] + ([waiting] if waiting else [])
    page = render_template(
        "organizer/door.html",
        activity=found,
        open=doors_open(found),
        results=organizing.results(library_event_id),
        arrivals=arrivals,
        people=names_of(ids),
        problem=problem,
        waiting=waiting,
        audiences=activity_codes.audiences(),
        **{"found": (), "who": "", "code": "", **shown},
    )
    return _with_camera(page, problem)


def _with_camera(page: str, problem: ApiProblem | None) -> Response:
    response = make_response(page, problem.page_status if problem else 200)
    response.headers["Permissions-Policy"] = CAMERA
    return response
