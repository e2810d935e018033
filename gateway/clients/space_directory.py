"""Names of libraries and spaces, kept for a few minutes: lists of reservations hold only ids."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from gateway.clients.service import Request, ServiceClient, ServiceDown

Json = dict[str, Any]
KEPT_SECONDS = 300.0
LEAST_SECONDS = 5.0  # between two readings for the sake of something unknown
PAGE = 200


@dataclass(frozen=True, slots=True)
class Places:
    """Every library and space by its id."""

    libraries: Mapping[str, Json] = field(default_factory=dict)
    spaces: Mapping[str, Json] = field(default_factory=dict)
    newer: "Callable[[], Places] | None" = field(default=None, compare=False, repr=False)

    def space(self, space_id: str) -> Json:
        """Return a space, or something to show in its stead when nobody knows it.

        One that was defined since the inventory was read is looked for once more.
        """
        unknown = {"id": space_id, "name_zh": "", "name_en": "", "library_id": "", "capacity": 0}
        return self.spaces.get(space_id) or self._newest().spaces.get(space_id, unknown)

    def library_of(self, space_id: str) -> Json:
        """Return the library a space belongs to."""
        return self.library(self.space(space_id)["library_id"])

    def library(self, library_id: str) -> Json:
        """Return a library, looked for once more if it is new; empty when nobody knows it."""
        return self.libraries.get(library_id) or self._newest().libraries.get(library_id, {})

    def timezone_of(self, space_id: str) -> str | None:
        """Return the time zone of a space's library, None when unknown."""
        return self.library_of(space_id).get("timezone")

    def bookable_libraries(self) -> list[Json]:
        """Return the libraries that have spaces, the one with the most first."""
        spaces = Counter(space["library_id"] for space in self.spaces.values() if space["in_use"])
        order = sorted(spaces, key=lambda library_id: (-spaces[library_id], library_id))
        return [self.libraries[library_id] for library_id in order if library_id in self.libraries]

    def features(self, library_id: str) -> list[str]:
        """Return what a library's spaces have, the most frequent first."""
        counted = Counter(
            feature
            for space in self.spaces.values()
            if space["library_id"] == library_id
            for feature in space["features"]
        )
        return sorted(counted, key=lambda feature: (-counted[feature], feature))

    def _newest(self) -> "Places":
        return self.newer() if self.newer else self


class SpaceDirectory:
    """Reads the public inventory page by page, in each process once in five minutes or when due."""

    def __init__(self, http: httpx.Client) -> None:
        """Ask the booking service through this client, in nobody's name."""
        self._booking = ServiceClient("booking", http, None, "en")
        self._lock = threading.Lock()
        self._places = Places()
        self._read_again_at = 0.0
        self._read_at = 0.0

    def places(self) -> Places:
        """Return the inventory, as last read while it cannot be read anew.

        Raises ServiceDown when it was never read and cannot be now.
        """
        if time.monotonic() < self._read_again_at:
            return self._places
        with self._lock:
            if time.monotonic() >= self._read_again_at:
                self._read_again_at = time.monotonic() + self._read()
        return self._places

    def _read(self) -> float:
        """Read the inventory; return for how many seconds what is known now will do."""
        try:
            self._places = Places(
                {library["id"]: library for library in self._all("/libraries")},
                {space["id"]: space for space in self._all("/spaces")},
                self._newer,
            )
        except ServiceDown:  # what is known can still be shown: forms keep what was typed
            if not self._places.spaces:
                raise
            return LEAST_SECONDS
        self._read_at = time.monotonic()
        return KEPT_SECONDS if self._places.spaces else 0

    def _newer(self) -> Places:
        """Read again for the sake of something unknown, unless that was done a moment ago."""
        due = self._read_again_at
        if time.monotonic() >= self._read_at + LEAST_SECONDS:
            self._read_again_at = 0.0
        try:
            return self.places()
        except ServiceDown:  # what is known can still be shown
            self._read_again_at = due
            return self._places

    def _all(self, path: str) -> Iterator[Json]:
        cursor: str | None = ""
        while cursor is not None:
            # Not `get`, which keeps strangers' answers: this is what is kept of these.
            page = Request("GET", path, {"cursor": cursor, "limit": PAGE})
            answer = self._booking.ask(page).body
            yield from answer["items"]
            cursor = answer["next_cursor"]
