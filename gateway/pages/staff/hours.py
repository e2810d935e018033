"""Hours: the week of a library, a zone or a space, and the days that are different."""

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any
from uuid import UUID

from babel.dates import get_day_names
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from gateway.clients.service import ApiProblem
from gateway.letters.catalogues import locale_of
from gateway.pages import services, visitor
from gateway.pages.answers import day, form_key, values
from gateway.pages.language import current_language
from gateway.pages.language import gettext as _
from gateway.pages.refusals import about_fields
from gateway.pages.staff.at_work import STAFF_ROLES, my_libraries, my_library
from gateway.pages.staff.scopes import scope_names, scope_of, scope_options
from gateway.pages.wording import today

blueprint = Blueprint("staff_hours", __name__, url_prefix="/staff/hours")
Json = dict[str, Any]


@blueprint.get("")
@visitor.signed_in(*STAFF_ROLES)
def hours() -> ResponseReturnValue:
    """Show the week and the dated exceptions of a scope."""
    return _page(None)


@blueprint.post("/week")
@visitor.signed_in(*STAFF_ROLES)
def set_week() -> ResponseReturnValue:
    """Set the weekly hours of the version that was shown."""
    scope, etag = _scope(), request.form.get("version", "")[:200]
    days = [
        {"weekday": weekday, "spans": _spans(text)}
        for weekday in range(7)
        if (text := request.form.get(f"day{weekday}", "").strip()[:200]) != "="
    ]
    return _acting(
        lambda: services.closures().set_weekly(scope, days, etag=etag), _weekday_labels(days)
    )


@blueprint.post("/exceptions")
@visitor.signed_in(*STAFF_ROLES)
def add_exception() -> ResponseReturnValue:
    """Say that some days are different; whoever has booked keeps their booking."""
    scope, key = _scope(), form_key()
    first = day("first_day", today(my_library()["timezone"]))
    zh, en = (request.form.get(name, "").strip()[:200] for name in ("name_zh", "name_en"))
    weekday = request.form.get("as_weekday", "")
    body: Json = {
        "first_day": first.isoformat(),
        "last_day": day("last_day", first).isoformat(),
        "name_zh": zh or en,
        "name_en": en or zh,
        "spans": _spans(request.form.get("open", "").strip()[:200]),
        "as_weekday": int(weekday) if weekday in set("0123456") else None,
    }
    labels = {"first_day": _("First day"), "last_day": _("Last day")}
    labels |= {"name_zh": _("Name in Chinese"), "name_en": _("Name in English")}
    labels |= _span_labels("spans", body["spans"], _("Open"))
    return _acting(lambda: services.closures().add_exception(scope, body, key=key), labels)


@blueprint.post("/exceptions/<uuid:exception_id>/remove")
@visitor.signed_in(*STAFF_ROLES)
def remove_exception(exception_id: UUID) -> ResponseReturnValue:
    """Let the usual hours hold again."""
    return _acting(lambda: services.closures().remove_exception(str(exception_id)))


@blueprint.post("/import")
@visitor.signed_in(*STAFF_ROLES)
def import_calendar() -> ResponseReturnValue:
    """Take closed days over from a calendar file, and tell what became of each entry."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return redirect(url_for(".hours", library=my_library()["id"], scope=_scope()))
    with closing(upload):
        text = upload.read().decode("utf-8", errors="replace").replace("\x00", "")
    look = request.form.get("look") == "yes"
    try:
        report = services.closures().import_calendar(_scope(), text, look=look, key=form_key())
    except ApiProblem as problem:
        return _page(problem)
    return render_template(
        "staff/hours_import.html",
        library=my_library(),
        scope=_scope(),
        scope_name=scope_names(my_library())[_scope()],
        report=report,
        look=look,
    )


def _scope() -> str:
    return scope_of(my_library(), values().get("scope", ""))


def _acting(
    act: Callable[[], None], labels: Mapping[str, str] | None = None
) -> ResponseReturnValue:
    try:
        act()
    except ApiProblem as problem:
        return _page(about_fields(problem, labels or {}))
    flash(_("Kept."), "good")
    return redirect(url_for(".hours", library=my_library()["id"], scope=_scope()))


def _weekday_labels(days: list[Json]) -> dict[str, str]:
    """Return the weekday for every time of day the service may complain of."""
    names = weekday_names()
    return {
        field: name
        for number, one in enumerate(days)
        for field, name in _span_labels(
            f"days.{number}.spans", one["spans"], names[one["weekday"]]
        ).items()
    }


def _span_labels(within: str, spans: list[Json], label: str) -> dict[str, str]:
    fields = (f"{within}.{number}" for number in range(len(spans)))
    return {f"{one}.{end}": label for one in fields for end in ("opens", "closes")}


def _page(problem: ApiProblem | None) -> ResponseReturnValue:
    library, scope = my_library(), _scope()
    weekly, etag = services.closures().weekly(scope)
    told = {one["weekday"]: _text(one["spans"]) for one in weekly["days"]}
    told_days = [(one, _text(one["spans"])) for one in services.closures().exceptions(scope)]
    this_day = today(library["timezone"]).isoformat()
    usual = "" if scope.startswith("library/") else "="
    typed = request.form if problem else MultiDict()
    page = render_template(
        "staff/hours.html",
        library=library,
        libraries=my_libraries(),
        scope=scope,
        scopes=scope_options(library),
        week=[
            (n, name, typed.get(f"day{n}", told.get(n, usual)))
            for n, name in enumerate(weekday_names())
        ],
        typed=typed,
        weekdays=[("", "—"), *enumerate(weekday_names())],
        etag=etag,
        coming=[one for one in told_days if one[0]["last_day"] >= this_day],
        past=[one for one in told_days if one[0]["last_day"] < this_day][::-1],
        problem=problem,
    )
    return page, problem.page_status if problem else 200


def weekday_names() -> list[str]:
    """Return the names of the days of the week, Monday first."""
    names = get_day_names("wide", "stand-alone", locale_of(current_language()))
    return [names[number] for number in range(7)]


def _spans(text: str) -> list[dict[str, str]]:
    """Return what `08:00-12:00, 14:00-22:00` says; what it does not say the service refuses."""
    parts = [one.strip() for one in text.replace("，", ",").split(",") if one.strip()]
    found = []
    for part in parts:
        opens, _dash, closes = part.replace("–", "-").replace("—", "-").partition("-")
        found.append({"opens": opens.strip(), "closes": closes.strip()})
    return found


def _text(spans: list[Json]) -> str:
    return ", ".join(f"{one['opens']}-{one['closes']}" for one in spans)
