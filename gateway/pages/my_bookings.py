"""My bookings: look, check in, change, leave, cancel, take them into a calendar."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gateway.clients.service import ApiProblem
from gateway.pages import codes, services, sign_ups, visitor
from gateway.pages.answers import clock, day, instant, one_of, whole_number
from gateway.pages.floors import floor_name
from gateway.pages.language import current_language
from gateway.pages.language import gettext as _
from gateway.pages.wording import here
from gateway.parts import current_parts

blueprint = Blueprint("my_bookings", __name__)
COMING = ("pending", "confirmed", "checked_in", "away")


@dataclass(frozen=True, slots=True)
class Typed:
    """A change as somebody typed it, on the library's clock; refused, it is shown again."""

    day: date
    starts: time
    minutes: int
    party: int


@blueprint.get("/my-bookings")
@visitor.signed_in()
def bookings() -> str:
    """List what is to come, or what has been."""
    when = one_of("when", ("coming", "past"), "coming")
    now, cursor = current_parts().clock.now(), request.args.get("cursor", "")[:1000]
    booking = services.booking()
    if when == "coming":
        found = booking.my_reservations(ends_after=now, cursor=cursor)
        found = {**found, "items": [one for one in found["items"] if one["status"] in COMING]}
        signed_up = sign_ups.coming(now)
    else:
        found = booking.my_reservations(starts_before=now, newest_first=True, cursor=cursor)
        signed_up = sign_ups.past(now)
    return render_template(
        "my_bookings.html",
        found=found,
        when=when,
        places=services.places(),
        tags=codes.RESERVATION_TAGS,
        signed_up=signed_up,
        sign_up_tags=codes.REGISTRATION_TAGS,
    )


@blueprint.get("/my-bookings/<uuid:reservation_id>")
@visitor.signed_in()
def booking(reservation_id: UUID) -> ResponseReturnValue:
    """Show one booking and what can be done with it."""
    return _booking(reservation_id)


def _booking(
    reservation_id: UUID, problem: ApiProblem | None = None, typed: Typed | None = None
) -> ResponseReturnValue:
    found, etag = services.booking().reservation(reservation_id)
    now = current_parts().clock.now()
    page = render_template(
        "booking.html",
        booking=found,
        etag=etag,
        typed=typed or as_it_is(found),
        not_changed=bool(problem and typed),
        places=services.places(),
        floor=floor_name(found["space_id"]),
        tags=codes.RESERVATION_TAGS,
        can_check_in=can_check_in(found, now),
        can_change=found["status"] == "confirmed"
        and now < datetime.fromisoformat(found["starts_at"]),
        problem=problem,
        alternatives=[one for one in _offered(problem) if not _is_now(one, found)],
    )
    return page, problem.page_status if problem else 200


def as_it_is(found: dict[str, Any]) -> Typed:
    """Return what the form for changes says of a booking nobody has changed."""
    start, end = (datetime.fromisoformat(found[name]) for name in ("starts_at", "ends_at"))
    wall = here(start, services.places().timezone_of(found["space_id"]))
    minutes = int((end - start).total_seconds() // 60)
    return Typed(wall.date(), wall.time(), minutes, found["party_size"])


def _offered(problem: ApiProblem | None) -> list[dict[str, Any]]:
    return list(problem.body.get("alternatives", ())) if problem else []


def _is_now(offered: dict[str, Any], found: dict[str, Any]) -> bool:
    return all(offered[name] == found[name] for name in ("space_id", "starts_at", "ends_at"))


def can_check_in(found: dict[str, Any], now: datetime) -> bool:
    """Tell whether now is within a booking's window for checking in."""
    opens, closes = found["check_in_from"], found["check_in_until"]
    if found["status"] != "confirmed" or not (opens and closes):
        return False
    return datetime.fromisoformat(opens) <= now < datetime.fromisoformat(closes)


@blueprint.post("/my-bookings/<uuid:reservation_id>/check-in")
@visitor.signed_in()
def check_in(reservation_id: UUID) -> ResponseReturnValue:
    """Arrive, with the code shown at the space."""
    code = request.form.get("code", "").strip()[:20]
    return _doing(
        reservation_id,
        lambda: services.booking().check_in(reservation_id, code),
        _("Welcome! You are checked in."),
    )


@blueprint.post("/my-bookings/<uuid:reservation_id>/check-out")
@visitor.signed_in()
def check_out(reservation_id: UUID) -> ResponseReturnValue:
    """Leave; the rest of the time is free for others."""
    return _doing(
        reservation_id,
        lambda: services.booking().check_out(reservation_id),
        _("Thank you. The space is free for others now."),
    )


@blueprint.post("/my-bookings/<uuid:reservation_id>/cancel")
@visitor.signed_in()
def cancel(reservation_id: UUID) -> ResponseReturnValue:
    """Give the booking up."""
    etag = request.form.get("version", "")[:200]
    return _doing(
        reservation_id,
        lambda: services.booking().cancel(reservation_id, etag=etag),
        _("Cancelled."),
    )


@blueprint.post("/my-bookings/<uuid:reservation_id>/change")
@visitor.signed_in()
def change(reservation_id: UUID) -> ResponseReturnValue:
    """Move the booking, or change its length or party; every rule is asked again."""
    found, _etag = services.booking().reservation(reservation_id)
    now = as_it_is(found)
    typed = Typed(
        day("day", now.day),
        clock("starts", now.starts),
        whole_number("minutes", now.minutes, most=24 * 60),
        whole_number("party", now.party),
    )
    zone = here(found["starts_at"], services.places().timezone_of(found["space_id"])).tzinfo
    wall = instant(typed.day, typed.starts, str(zone))
    changes = {
        "starts_at": wall.isoformat(),
        "ends_at": (wall + timedelta(minutes=typed.minutes)).isoformat(),
        "party_size": typed.party,
    }
    return _changing(reservation_id, changes, typed)


@blueprint.post("/my-bookings/<uuid:reservation_id>/move")
@visitor.signed_in()
def move(reservation_id: UUID) -> ResponseReturnValue:
    """Move the booking to what was offered instead of a refused change."""
    changes = {
        **{name: request.form.get(name, "")[:100] for name in ("space_id", "starts_at", "ends_at")},
        **({"party_size": whole_number("party", 1)} if "party" in request.form else {}),
    }
    return _changing(reservation_id, changes)


def _changing(
    reservation_id: UUID, changes: dict[str, Any], typed: Typed | None = None
) -> ResponseReturnValue:
    etag = request.form.get("version", "")[:200]
    return _doing(
        reservation_id,
        lambda: services.booking().change(reservation_id, changes, etag=etag),
        _("Changed."),
        typed,
    )


def _doing(
    reservation_id: UUID, act: Callable[[], None], done: str, typed: Typed | None = None
) -> ResponseReturnValue:
    try:
        act()
    except ApiProblem as problem:
        if problem.status == 404:
            raise
        return _booking(reservation_id, problem, typed)
    flash(done, "good")
    return redirect(url_for(".booking", reservation_id=reservation_id))


@blueprint.get("/my-bookings/<uuid:reservation_id>/booking.ics")
@visitor.signed_in()
def as_calendar(reservation_id: UUID) -> Response:
    """Hand out the booking for a calendar program."""
    file = services.booking().as_calendar(reservation_id)
    disposition = f'attachment; filename="booking-{reservation_id}.ics"'
    return Response(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"},
    )


@blueprint.post("/my-bookings/calendar")
@visitor.signed_in()
def calendar() -> str:
    """Show the secret address of the visitor's feed, this once."""
    # Calendar programs name no language of their own when they ask.
    address = f"{services.booking().new_feed_address()}?language={current_language()}"
    return render_template("calendar_address.html", address=address)
