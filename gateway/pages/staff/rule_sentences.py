"""Rules in plain language: every number of a rulebook in the sentence it belongs to."""

from collections.abc import Iterator, Mapping
from typing import Any

from gateway.pages.language import gettext as _
from gateway.pages.language import ngettext
from gateway.pages.wording import minutes_long

Json = Mapping[str, Any]
A_DAY = 24 * 60


def sentences(body: Json) -> list[str]:
    """Return what a rulebook says, sentence by sentence."""
    return [
        *_lengths(body),
        *_notice(body),
        *_limits(body),
        *_presence(body),
        *_approval(body),
    ]


def changed_sentences(before: Json | None, after: Json) -> tuple[list[str], list[str]]:
    """Return what a version says anew, and what it no longer says."""
    old = [] if before is None else sentences(before)
    new = sentences(after)
    return [one for one in new if one not in old], [one for one in old if one not in new]


def patron_classes() -> dict[str, str]:
    """Return the words for whom a rulebook is."""
    return {
        "": _("Everybody"),
        "undergraduate": _("Undergraduates"),
        "postgraduate": _("Postgraduates"),
        "academic": _("Academics"),
        "professional": _("Other staff"),
    }


def rule_names() -> dict[str, str]:
    """Return the words for the codes of rules that say no."""
    return {
        "too_short": _("Too short"),
        "too_long": _("Too long"),
        "start_off_step": _("Start at another minute"),
        "end_off_minute": _("End at another minute"),
        "in_the_past": _("In the past"),
        "too_soon": _("Too little notice"),
        "beyond_window": _("Too far ahead"),
        "party_too_large": _("Too many people"),
        "party_too_small": _("Too few people"),
        "already_elsewhere": _("In two places at once"),
        "quota_minutes_day": _("Time per day used up"),
        "quota_minutes_week": _("Time per week used up"),
        "quota_count_day": _("Bookings per day used up"),
        "quota_count_week": _("Bookings per week used up"),
        "too_many_ahead": _("Too many bookings ahead"),
    }


def _lengths(body: Json) -> Iterator[str]:
    yield _(
        "A booking lasts from %(least)s to %(most)s, usually %(usual)s.",
        least=minutes_long(body["min_minutes"]),
        most=minutes_long(body["max_minutes"]),
        usual=minutes_long(body["default_minutes"]),
    )
    yield _("It starts every %(step)s.", step=minutes_long(body["start_step_minutes"]))
    if body["padding_before_minutes"] or body["padding_after_minutes"]:
        most = max(body["padding_before_minutes"], body["padding_after_minutes"])
        yield _("Between two bookings %(pause)s stay free.", pause=minutes_long(most))


def _notice(body: Json) -> Iterator[str]:
    yield ngettext(
        "One books up to %(num)s day ahead.",
        "One books up to %(num)s days ahead.",
        body["window_days"],
    )
    if body["create_notice_minutes"]:
        notice = minutes_long(body["create_notice_minutes"])
        yield _("One books at least %(notice)s before the start.", notice=notice)
    if body["change_notice_minutes"]:
        notice = minutes_long(body["change_notice_minutes"])
        yield _("Changes are possible until %(notice)s before the start.", notice=notice)
    if body["cancel_notice_minutes"]:
        notice = minutes_long(body["cancel_notice_minutes"])
        yield _("Cancelling within %(notice)s of the start counts as late.", notice=notice)


def _limits(body: Json) -> Iterator[str]:
    for quota in body["quotas"]:
        yield _quota(quota)
    if body["max_active_future"] is not None:
        yield ngettext(
            "At most %(num)s booking ahead at once.",
            "At most %(num)s bookings ahead at once.",
            body["max_active_future"],
        )
    if body["min_party"] > 1:
        yield _("For %(count)s people or more.", count=body["min_party"])
    if body["no_simultaneous"] is False:
        yield _("One may be booked in two places at once.")


def _quota(quota: Json) -> str:
    whole = quota["scope"] == "library"
    if quota["unit"] == "minutes":
        limit = minutes_long(quota["limit"])
        if quota["period"] == "day":
            text = _("At most %(limit)s per person and day.", limit=limit)
        else:
            text = _("At most %(limit)s per person and week.", limit=limit)
    elif quota["period"] == "day":
        text = ngettext(
            "At most %(num)s booking per person and day.",
            "At most %(num)s bookings per person and day.",
            quota["limit"],
        )
    else:
        text = ngettext(
            "At most %(num)s booking per person and week.",
            "At most %(num)s bookings per person and week.",
            quota["limit"],
        )
    return text + (_(" (All kinds of space together.)") if whole else "")


def _presence(body: Json) -> Iterator[str]:
    if not body["check_in_required"]:
        yield _("Nobody has to check in.")
        return
    yield _(
        "Check-in opens %(before)s before the start; who is not there %(after)s after it"
        " loses the space.",
        before=minutes_long(body["check_in_opens_before_minutes"]),
        after=minutes_long(body["check_in_late_after_minutes"]),
    )


def _approval(body: Json) -> Iterator[str]:
    if body["approval_required"]:
        lapses = minutes_long(body["approval_expires_minutes"])
        yield _(
            "The library has to approve; a request unanswered for %(time)s lapses.", time=lapses
        )
