"""A refusal: the ordinary answer of a rule that says no, with its code and its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that was not met: a stable code, and the numbers a person needs to understand it.

    `numbers` holds only what can be shown to the caller (str, int, float, bool, ISO 8601 text);
    wordings in every language are looked up by `code` and filled from `numbers`.
    """

    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


class Refusal(Exception):
    """What was asked cannot be done, for a named reason; nothing has changed.

    Subclasses set `code` (public, stable, snake_case) and `status` (the HTTP status the edge gives:
    403 not theirs to do, 404 not there, 409 the state forbids it, 422 the request makes no sense).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, **numbers: Any) -> None:
        """Keep the numbers that explain the refusal."""
        super().__init__(self.code)
        self.numbers: dict[str, Any] = numbers
        self.violations: Sequence[Violation] = ()
        self.extensions: dict[str, Any] = {}

    def because(self, violations: Sequence[Violation]) -> "Refusal":
        """Name every rule that failed, not only the first; returns itself."""
        self.violations = tuple(violations)
        return self

    def offering(self, **extensions: Any) -> "Refusal":
        """Add members to the answer, such as `alternatives`; returns itself."""
        self.extensions.update(extensions)
        return self


class NotFound(Refusal):
    """There is no such thing, or it is not the caller's to see."""

    code = "not_found"
    status = 404


class NotAllowed(Refusal):
    """The caller's role does not cover this."""

    code = "not_allowed"
    status = 403


class VersionConflict(Refusal):
    """Somebody changed it meanwhile (RFC 9110, If-Match)."""

    code = "version_conflict"
    status = 412
