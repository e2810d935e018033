"""A form that came too late: nothing of it is done, and what was typed is not lost.

Somebody whose session ended while they wrote gets their words back, below the form to sign in with;
signed in, they see them once more with a button that sends them. Nothing is ever sent anew without
that press and a form token of the new session. Only what this site's own pages sent is kept (the
browser says so): another site's words are nobody's to send.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from gateway.pages import visitor

PREFIX = "unsent."
ACTION, PAGE, FIELD = f"{PREFIX}action", f"{PREFIX}page", f"{PREFIX}field."
PARTIAL = f"{PREFIX}partial"
MOST_FIELDS = 200
MOST_LETTERS = 100_000
LONGEST_ADDRESS = 2000
SECRET = ("password", "secret", "token")
CODE = re.compile(r"[a-z_]+|[\d:T.-]+", re.ASCII)
"""What machines say: choices, numbers, days."""
OURS = frozenset({"csrf_token"})
MACHINERY = frozenset({"idempotency_key", "version", "seen", "next"})
NEVER_KEPT = frozenset({"sign_in", "campus_sign_in"})
"""Blueprints whose forms hold nothing worth keeping, and passwords."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not obeyed: where it goes, the page it stands on, what was typed.

    Not `whole`, it held what is never kept (a password, a file), so that it can be read and
    copied, and not be sent from here.
    """

    action: str
    page: str
    fields: tuple[tuple[str, str], ...]
    whole: bool = True

    @property
    def words(self) -> list[str]:
        """What a person may have written, to be read: no ids, no switches."""
        written = [value for name, value in self.fields if _is_written(name, value)]
        # What can only be copied is shown whole, though some of it may be a choice's code.
        return [text for text in written if not (self.whole and CODE.fullmatch(text.strip()))]

    @property
    def acts_once(self) -> bool:
        """Whether sending it twice does it once: it has a key, or names the version it changes."""
        return any(name in {"idempotency_key", "version"} for name, _value in self.fields)

    @property
    def for_people(self) -> bool:
        """Whether only who is signed in may send it."""
        view = current_app.view_functions.get(endpoint_of(self.action) or "")
        return visitor.is_guarded(view)

    @property
    def hidden(self) -> Iterator[tuple[str, str]]:
        """The form as fields of another form, which carries it along."""
        yield ACTION, self.action
        yield PAGE, self.page
        if not self.whole:
            yield PARTIAL, "1"
        yield from ((f"{FIELD}{name}", value) for name, value in self.fields)


def of_this_request() -> Unsent | None:
    """Return the form this request brought, if it is one of ours and not too long to keep."""
    if request.method != "POST" or request.blueprint in NEVER_KEPT or not is_from_us():
        return None
    sent = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in OURS and not _is_secret(name)
    ]
    action = request.full_path.rstrip("?")
    if not _is_bounded(sent) or len(action) > LONGEST_ADDRESS:
        return None
    secrets = [name for name in request.form if name not in OURS and _is_secret(name)]
    whole = not request.files and not secrets
    return Unsent(action, page_it_stands_on(), tuple(sent), whole)


def carried() -> Unsent | None:
    """Return the form that a form to sign in with, or to go on with, carries along."""
    action = request.form.get(ACTION, "")
    if endpoint_of(action) is None:
        return None
    sent = [
        (name.removeprefix(FIELD), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(FIELD) and not _is_secret(name)
    ]
    if not _is_bounded(sent):
        return None
    page = visitor.local_path(request.form.get(PAGE))
    return Unsent(action, page, tuple(sent), PARTIAL not in request.form)


def is_from_us() -> bool:
    """Tell whether the browser says that a page of this site sent the form."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched == "same-origin"
    return request.headers.get("Origin") == request.host_url.rstrip("/")


def page_it_stands_on() -> str:
    """Return the path of the page whose form was sent, or of the home page."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return "/"
    query = f"?{came_from.query}" if came_from.query else ""
    return visitor.local_path(f"{came_from.path}{query}"[:LONGEST_ADDRESS])


def endpoint_of(action: str) -> str | None:
    """Return which form of ours an address takes; None when it takes none that is ever kept."""
    path = urlsplit(action).path
    if not action or len(action) > LONGEST_ADDRESS or visitor.local_path(action) != action:
        return None
    if path.startswith("/api/"):
        return None
    try:
        endpoint, _values = current_app.create_url_adapter(request).match(path, method="POST")  # type: ignore[union-attr]  # there is one within a request
    except HTTPException:
        return None
    name = str(endpoint)
    return None if name.partition(".")[0] in {*NEVER_KEPT, "unsent"} else name


def _is_bounded(sent: list[tuple[str, str]]) -> bool:
    letters = sum(len(name) + len(value) for name, value in sent)
    return len(sent) <= MOST_FIELDS and letters <= MOST_LETTERS


def _is_secret(name: str) -> bool:
    return any(part in name.lower() for part in SECRET)


def _is_written(name: str, value: str) -> bool:
    return bool(value.strip()) and name not in MACHINERY and not name.endswith("_id")
