"""Names of libraries and spaces, kept for a few minutes: lists of reservations hold only ids."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from gateway.clients.service import ServiceClient

Json = dict[str, Any]
KEPT_SECONDS = 300.0
PAGE = 200


@dataclass(frozen=True, slots=True)
class Places:
    """Every library and space by its id."""

    libraries: Mapping[str, Json] = field(default_factory=dict)
    spaces: Mapping[str, Json] = field(default_factory=dict)

    def space(self, space_id: str) -> Json:
        """Return a space, or something to show in its stead when it is too new to be known."""
        unknown = {"id": space_id, "name_zh": "", "name_en": "", "library_id": "", "capacity": 0}
        return self.spaces.get(space_id, unknown)

    def library_of(self, space_id: str) -> Json:
        """Return the library a space belongs to."""
        return self.libraries.get(self.space(space_id)["library_id"], {})

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


class SpaceDirectory:
    """Reads the public inventory page by page, once in five minutes per process."""

    def __init__(self, http: httpx.Client) -> None:
        """Ask the booking service through this client, in nobody's name."""
        self._booking = ServiceClient("booking", http, None, "en")
        self._lock = threading.Lock()
        self._places = Places()
        self._read_again_at = 0.0

    def places(self) -> Places:
        """Return the inventory; raises ServiceDown when it was never read and cannot be now."""
        if time.monotonic() < self._read_again_at:
            return self._places
        with self._lock:
            if time.monotonic() >= self._read_again_at:
                self._places = Places(
                    {library["id"]: library for library in self._all("/libraries")},
                    {space["id"]: space for space in self._all("/spaces")},
                )
                self._read_again_at = time.monotonic() + (
                    KEPT_SECONDS if self._places.spaces else 0
                )
        return self._places

    def _all(self, path: str) -> Iterator[Json]:
        cursor: str | None = ""
        while cursor is not None:
            answer = self._booking.get(path, cursor=cursor, limit=PAGE)
            yield from answer["items"]
            cursor = answer["next_cursor"]
