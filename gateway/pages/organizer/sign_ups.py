"""Who signed up and who waits, by name, and as a file for spreadsheets."""

import csv
import io
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gateway.pages import codes, services, visitor
from gateway.pages.answers import one_of
from gateway.pages.language import gettext as _
from gateway.pages.organizer.activity import running
from gateway.pages.organizer.blueprint import ROLES, blueprint
from gateway.pages.people_directory import names_of
from shared.web.csv_answer import csv_answer

VIEWS = {
    "all": "",
    "places": "confirmed,attended,no_show",
    "waiting": "waitlisted,offered",
    "ended": "cancelled,lapsed,unserved",
}
PERSON = 1
"""The column of the service's file that holds who it is."""


@blueprint.get("/<uuid:library_event_id>/sign-ups")
@visitor.signed_in(*ROLES)
def sign_ups(library_event_id: UUID) -> str:
    """List who signed up in order of arrival, with what the waiting list last said."""
    found, _etag = running(library_event_id)
    view = one_of("view", VIEWS, "all")
    listed = services.organizing().sign_ups(
        library_event_id, status=VIEWS[view], cursor=request.args.get("cursor", "")[:1000]
    )
    return render_template(
        "organizer/sign_ups.html",
        activity=found,
        listed=listed,
        view=view,
        views=VIEWS,
        people=names_of(row["patron_id"] for row in listed["items"]),
        tags=codes.REGISTRATION_TAGS,
    )


@blueprint.get("/<uuid:library_event_id>/sign-ups.csv")
@visitor.signed_in(*ROLES)
def sign_ups_file(library_event_id: UUID) -> ResponseReturnValue:
    """Give the whole list as a file, with names and numbers in place of ids."""
    text = services.organizing().file(library_event_id, "registrations.csv").removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    people = names_of(row[PERSON] for row in rows)
    named = []
    for row in rows:
        person = people.get(row[PERSON])
        who = [person.display_name if person else "", (person.number if person else "") or ""]
        named.append([*row[:PERSON], *who, *row[PERSON + 1 :]])
    columns = [*head[:PERSON], _("Name"), _("Number"), *head[PERSON + 1 :]]
    return csv_answer(f"sign-ups-{library_event_id}.csv", columns, named)
