"""How far people come, and what they asked for and did not get."""

from typing import Any

from flask import Blueprint, render_template

from gateway.pages import codes, services, visitor
from gateway.pages.language import gettext as _
from gateway.pages.participation.question import (
    library_choices,
    period_choices,
    read_question,
)
from gateway.pages.participation.series import count_bars, step_bars
from gateway.pages.participation.words import question_words

blueprint = Blueprint("demand", __name__)
Json = dict[str, Any]


@blueprint.get("/figures/demand")
@visitor.signed_in(*visitor.FIGURE_ROLES)
def demand() -> str:
    """Show both funnels and unmet demand: three questions to the service."""
    question = read_question()
    reports: dict[str, Json | None] = {"booking": None, "sign_up": None, "unmet": None}
    if question.library:
        kind = question.cell if question.group == "space_kind" else None
        asked = question.asked | {"space_kind": kind}
        engagement = services.engagement()
        reports = {
            "booking": engagement.report("funnels/booking", asked),
            "sign_up": engagement.report("funnels/sign-up", asked),
            "unmet": engagement.report("unmet-demand", asked),
        }
    return render_template(
        "participation/demand.html",
        **reports,
        funnels=[
            (report, step_bars(report, _steps()))
            for report in (reports["booking"], reports["sign_up"])
            if report
        ],
        lists=_lists(reports["unmet"]) if reports["unmet"] else [],
        question=question,
        said=question_words(question),
        periods=period_choices(question),
        groups={},
        libraries=library_choices(),
    )


def _lists(unmet: Json) -> list[tuple[str, Any, list[Json]]]:
    hours = {cell["cell"]: f"{cell['cell']}:00" for cell in unmet["hour"]}
    by_hour = sorted(unmet["hour"], key=lambda cell: str(cell["cell"]))
    asked = [
        (
            _("By rule"),
            _("Refused requests by the rule that said no."),
            unmet["code"],
            rule_names(),
        ),
        (
            _("By kind of space"),
            _("Refused requests by the kind of space that was wanted."),
            unmet["by_space_kind"],
            codes.space_kinds(),
        ),
        (_("By hour"), _("Refused requests by the hour they were to begin."), by_hour, hours),
    ]
    return [
        (title, count_bars(cells, sentence, names), cells)
        for title, sentence, cells, names in asked
        if cells
    ]


def _steps() -> dict[str, str]:
    return {
        "asked": _("Asked"),
        "booked": _("Booked"),
        "kept": _("Not given up"),
        "checked_in": _("Checked in"),
        "completed": _("Used to the end"),
        "signed_up": _("Signed up"),
        "placed": _("Had a place"),
        "attended": _("Attended"),
    }


def rule_names() -> dict[str, str]:
    """Return the words for why requests are refused."""
    return {
        "slot_taken": _("Already taken"),
        "already_elsewhere": _("Another booking at that time"),
        "space_closed": _("Closed then"),
        "space_out_of_use": _("Out of use"),
        "beyond_window": _("Too far ahead"),
        "too_many_ahead": _("Too many bookings ahead"),
        "start_off_step": _("Start at another minute"),
        "too_short": _("Too short"),
        "too_long": _("Too long"),
        "party_too_large": _("Too many people"),
        "party_too_small": _("Too few people"),
        "too_soon": _("Too late to ask"),
        "in_the_past": _("In the past"),
        "end_off_minute": _("End at another minute"),
        "not_reservable": _("Not to be reserved"),
        "patron_inactive": _("Account not active"),
        "quota_count_day": _("Bookings of the day used up"),
        "quota_count_week": _("Bookings of the week used up"),
        "quota_minutes_day": _("Minutes of the day used up"),
        "quota_minutes_week": _("Minutes of the week used up"),
    }
