"""Refusals of engagement, each with a stable code."""

from typing import ClassVar

from shared.kernel.refusal import NotFound, Refusal


class SuggestionNotFound(NotFound):
    """There is no such suggestion."""

    code: ClassVar[str] = "suggestion_not_found"


class OwnSuggestion(Refusal):
    """Whoever makes a suggestion already stands behind it; their support is not counted again."""

    code: ClassVar[str] = "own_suggestion"
    status: ClassVar[int] = 409


class AlreadySupported(Refusal):
    """A person supports a suggestion once."""

    code: ClassVar[str] = "already_supported"
    status: ClassVar[int] = 409


class NotSupported(Refusal):
    """There is no support of theirs to withdraw."""

    code: ClassVar[str] = "not_supported"
    status: ClassVar[int] = 409


class MetricNotFound(NotFound):
    """The catalogue has no such metric."""

    code: ClassVar[str] = "metric_not_found"


class SplitMeaningless(Refusal):
    """The metric cannot be told apart that way."""

    code: ClassVar[str] = "split_meaningless"
    status: ClassVar[int] = 422


class SplitNeeded(Refusal):
    """A cell was named without the split it belongs to."""

    code: ClassVar[str] = "split_needed"
    status: ClassVar[int] = 422


class PeriodInvalid(Refusal):
    """A period ends after it starts and is not longer than ten years."""

    code: ClassVar[str] = "period_invalid"
    status: ClassVar[int] = 422


class CellSuppressed(Refusal):
    """So few people are behind the cell that its acts would point at them."""

    code: ClassVar[str] = "cell_suppressed"
    status: ClassVar[int] = 403
