"""What each kind of notice says, in one language: for the page of notices and for mail alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from gateway.domain.notice import Notice, Topic
from gateway.domain.notice_ports import Told
from gateway.domain.places import KnownSpace
from gateway.letters.plain_text import one_line
from gateway.letters.sentences import LEADS, TITLES
from gateway.letters.speech import Speech


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that could be had instead, and the page that books it."""

    text: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A notice in words; `path` is the page it leads to, below the site's address."""

    title: str
    lead: str
    facts: Sequence[tuple[str, str]]
    link: str
    path: str
    what: str
    where: str
    offers_title: str
    offers: Sequence[Offer] = ()


def speech_for(told: Told, language: str, otherwise: str) -> Speech:
    """Speak a language on the clocks of the library; `otherwise` where that is not known."""
    zones = (told.space and told.space.timezone, told.activity and told.activity.timezone)
    return Speech(language, next((zone for zone in zones if zone), otherwise))


def words_of(told: Told, speech: Speech) -> Words:
    """Return a notice in words."""
    notice = told.notice
    what, where = _what(told, speech), _where(told, speech)
    return Words(
        title=TITLES[notice.kind](speech, what),
        lead=LEADS[notice.kind](speech, notice),
        facts=_facts(told, what, where, speech),
        link=_link(notice, speech),
        path=f"/{_area(notice)}/{notice.subject_id}",
        what=what,
        where=where,
        offers_title=speech.gettext("What could be had instead at that moment"),
        offers=_offers(told, speech),
    )


def _area(notice: Notice) -> str:
    if notice.topic is Topic.SUGGESTIONS:
        return "suggestions"
    return "whats-on" if notice.is_about_activity else "my-bookings"


def _link(notice: Notice, speech: Speech) -> str:
    if notice.topic is Topic.SUGGESTIONS:
        return speech.gettext("Read the answer")
    if notice.is_about_activity:
        return speech.gettext("See the activity")
    return speech.gettext("See the booking")


def _what(told: Told, speech: Speech) -> str:
    if told.notice.topic is Topic.SUGGESTIONS:
        return speech.gettext("a suggestion")
    if told.notice.is_about_activity:
        known = told.activity
        title = one_line(speech.one_of(known.title_zh, known.title_en)) if known else ""
        return title or speech.gettext("an activity")
    known_space = told.space
    name = one_line(speech.one_of(known_space.name_zh, known_space.name_en)) if known_space else ""
    return name or speech.gettext("a space")


def _where(told: Told, speech: Speech) -> str:
    known = told.activity.place if told.activity else ""
    place = one_line(str(told.notice.details.get("place", known)))
    return place or _space(told.space, speech)


def _where_before(told: Told, speech: Speech) -> str:
    place = one_line(str(told.notice.details.get("previous_place", "")))
    was = told.notice.previous_space_id
    return place or _space(told.instead.get(was) if was else None, speech)


def _space(space: KnownSpace | None, speech: Speech) -> str:
    if space is None:
        return ""
    name = speech.one_of(space.name_zh, space.name_en)
    library = speech.one_of(space.library_zh, space.library_en)
    code = "" if space.code in name.split() else space.code
    parts = [one_line(part) for part in (name, code, library)]
    return (" · ").join(dict.fromkeys(part for part in parts if part))


def _offers(told: Told, speech: Speech) -> list[Offer]:
    """Return the alternatives; one in a space that was never described is passed over."""
    party = int(told.notice.details.get("party_size", 1))
    found = []
    for one in told.notice.alternatives:
        if (space := told.instead.get(one.space_id)) is None:
            continue
        name = one_line(speech.one_of(space.name_zh, space.name_en))
        asked = {
            "space_id": one.space_id,
            "starts_at": one.starts_at.isoformat(),
            "ends_at": one.ends_at.isoformat(),
            "party": party,
        }
        span = speech.span(one.starts_at, one.ends_at)
        found.append(Offer(text=f"{name} · {span}", path=f"/find/confirm?{urlencode(asked)}"))
    return found


def _facts(told: Told, what: str, where: str, speech: Speech) -> list[tuple[str, str]]:
    notice = told.notice
    if notice.topic is Topic.SUGGESTIONS:
        return []
    before = notice.instant("previous_starts_at")
    until = notice.instant("offer_expires_at")
    answer = notice.instant("answer_until")
    reason = one_line(str(notice.details.get("reason", "")))
    party = int(notice.details.get("party_size", 1))
    rows = [
        (speech.gettext("Activity") if notice.is_about_activity else speech.gettext("Space"), what),
        (speech.gettext("When"), speech.span(notice.starts_at, notice.ends_at)),
        (
            speech.gettext("Until now"),
            speech.span(before, notice.instant("previous_ends_at")) if before else "",
        ),
        (speech.gettext("Where"), where),
        (speech.gettext("Where until now"), _where_before(told, speech)),
        (speech.gettext("Persons"), str(party) if party > 1 else ""),
        (speech.gettext("Kept for you until"), speech.moment(until) if until else ""),
        (speech.gettext("Answered by"), speech.moment(answer) if answer else ""),
        (speech.gettext("Reason given"), reason),
    ]
    return [(name, value) for name, value in rows if value]
