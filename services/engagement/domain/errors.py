"""Refusals of engagement, each with a stable code."""

from typing import ClassVar

from shared.kernel.refusal import NotFound, Refusal


class SuggestionNotFound(NotFound):
    """There is no such suggestion."""

    code: ClassVar[str] = "suggestion_not_found"


class LibraryUnknown(Refusal):
    """No space of such a library has been told of."""

    code: ClassVar[str] = "library_unknown"
    status: ClassVar[int] = 422


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


class PeriodNotWholeWeeks(Refusal):
    """Figures are over whole weeks, so that no two of them differ by a day of few people."""

    code: ClassVar[str] = "period_not_whole_weeks"
    status: ClassVar[int] = 422


class WeekNotOver(Refusal):
    """Groups of people are told of once the week is over: nobody watches them come in."""

    code: ClassVar[str] = "week_not_over"
    status: ClassVar[int] = 422


class PeriodToCome(Refusal):
    """Nothing is known of days that are still to come: a nought would look like a measurement."""

    code: ClassVar[str] = "period_to_come"
    status: ClassVar[int] = 422


class LibraryNeeded(Refusal):
    """Parts are told of within one library: all less the others would tell of the last."""

    code: ClassVar[str] = "library_needed"
    status: ClassVar[int] = 422


class RuleBeginsTooSoon(Refusal):
    """A rule of points begins on a coming day: what a day earns is known when it begins."""

    code: ClassVar[str] = "rule_begins_too_soon"
    status: ClassVar[int] = 422


class RuleCapBelowAmount(Refusal):
    """A day's limit below what one act earns would give nothing, ever."""

    code: ClassVar[str] = "rule_cap_below_amount"
    status: ClassVar[int] = 422


class RuleOfOtherActs(Refusal):
    """All versions of a rule of points are about the same acts."""

    code: ClassVar[str] = "rule_of_other_acts"
    status: ClassVar[int] = 409


class TermNotFound(NotFound):
    """The library has no such term."""

    code: ClassVar[str] = "term_not_found"


class TermCodeMalformed(Refusal):
    """A term's code stands in addresses: letters, digits, dots, dashes."""

    code: ClassVar[str] = "term_code_malformed"
    status: ClassVar[int] = 422


class TermOverlaps(Refusal):
    """Two terms of a library share no day."""

    code: ClassVar[str] = "term_overlaps"
    status: ClassVar[int] = 409


class CellSuppressed(Refusal):
    """So few people are behind the cell that its acts would point at them."""

    code: ClassVar[str] = "cell_suppressed"
    status: ClassVar[int] = 403
