"""The public calendar as a feed for calendar programs (RFC 5545)."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Response
from icalendar import Calendar, Event

from services.events.api.library_event_schemas import FeedArgs
from services.events.api.parts import current_parts
from services.events.api.shown import title_of
from services.events.domain.library_event import Status
from services.events.queries import library_events
from services.events.queries.library_events import CalendarFilter
from shared.kernel.calendar_file import calendar_file
from shared.web.blueprint import Blueprint
from shared.web.etags import etag_of, unless_held
from shared.web.language import CHINESE, current_language

blueprint = Blueprint("feeds", __name__)

KEPT = timedelta(days=30)
"""How long what is over or cancelled stays in the feed, so that subscribers see it change."""
MOST_ENTRIES = 1000
NAMES = {"en": "What's on in the library", CHINESE: "图书馆活动"}


@blueprint.route("/calendar.ics", methods=["GET"])
@blueprint.arguments(FeedArgs, location="query")
@blueprint.response(200, {"type": "string"}, content_type="text/calendar")
def calendar_feed(args: dict[str, Any]) -> Response:
    """Subscribe to what is on. Cancelled activities stay, marked, for a while."""
    parts = current_parts()
    language = args.pop("language", None) or current_language()
    wanted = CalendarFilter(since=parts.clock.now() - KEPT, **args)
    with parts.reading() as connection:
        rows = library_events.for_feed(connection, wanted, limit=MOST_ENTRIES)
    body = _calendar(rows, language, parts.settings.public_url)
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = etag_of(hashlib.blake2b(body, digest_size=16).hexdigest())
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Vary"] = "Accept-Language"
    return unless_held(response)


def _calendar(rows: Any, language: str, public_url: str) -> bytes:
    feed = Calendar()
    feed.add("prodid", "-//Atrium//Activities//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", NAMES[language])
    for row in rows:
        feed.add_component(_entry(row, language, public_url))
    return calendar_file(feed)


def _entry(row: Mapping[Any, Any], language: str, public_url: str) -> Event:
    chinese = language == CHINESE
    entry = Event()
    entry.add("uid", f"{row['id']}@events.atrium")
    entry.add("sequence", row["calendar_sequence"])
    entry.add("dtstamp", row["changed_at"])
    entry.add("last-modified", row["changed_at"])
    entry.add("dtstart", row["starts_at"])
    entry.add("dtend", row["ends_at"])
    entry.add("summary", title_of(row, language))
    first, second = ("description_zh", "description_en")
    description = (row[first] or row[second]) if chinese else (row[second] or row[first])
    if description:
        entry.add("description", description)
    location = row["place"] or row["name_zh" if chinese else "name_en"]
    if location:
        entry.add("location", location)
    entry.add("categories", [row["programme"]])
    entry.add("url", f"{public_url}/whats-on/{row['id']}")
    cancelled = row["status"] == Status.CANCELLED
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return entry
