"""An activity as those who run it read it, and as nobody else does."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.events.api.parts import current_actor, current_parts
from services.events.api.shown import library_event_shown
from services.events.domain import errors
from services.events.domain.library_event import Status
from services.events.queries import library_events
from shared.kernel.refusal import NotAllowed
from shared.web.etags import check_if_match, etag_of, tag_answer

Row = Mapping[Any, Any]


def read_any(library_event_id: UUID) -> Row:
    """Return an activity's row, whoever asks; raises NoSuchLibraryEvent."""
    with current_parts().reading() as connection:
        row = library_events.one(connection, library_event_id)
    if row is None:
        raise errors.NoSuchLibraryEvent
    return row


def read_running(library_event_id: UUID) -> Row:
    """Return the row of an activity that is the caller's to run.

    Raises NoSuchLibraryEvent for a draft of somebody else, NotAllowed for what is public.
    """
    row = read_any(library_event_id)
    if not current_actor().runs(row["organizer_id"], row["library_id"]):
        raise errors.NoSuchLibraryEvent if row["status"] == Status.DRAFT else NotAllowed
    return row


def version_read(library_event_id: UUID) -> int:
    """Return the version If-Match names; raises NoSuchLibraryEvent, and what check_if_match does.

    Another's activity has version 0: the command refuses, and its version is not to be guessed.
    """
    row = read_any(library_event_id)
    if not current_actor().runs(row["organizer_id"], row["library_id"]):
        return 0
    check_if_match(etag_of(library_event_id, row["version"]))
    version: int = row["version"]
    return version


def shown_to_runner(library_event_id: UUID) -> dict[str, Any]:
    """Return the activity as its organizer sees it after a change, and say which version it is."""
    row = read_any(library_event_id)
    tag_answer(etag_of(library_event_id, row["version"]))
    return library_event_shown(row, current_actor())
