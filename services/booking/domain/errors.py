"""Refusals of booking, each named for its reason, with a stable public code."""

from typing import ClassVar

from shared.kernel.refusal import Refusal


class RulesNotMet(Refusal):
    """One or more rules say no; the violations name every one of them."""

    code: ClassVar[str] = "rules_not_met"


class SlotTaken(Refusal):
    """Somebody else holds the space at some instant of that time."""

    code: ClassVar[str] = "slot_taken"


class SpaceUnknown(Refusal):
    """There is no such space."""

    code: ClassVar[str] = "space_unknown"
    status: ClassVar[int] = 422


class MakesNoTime(Refusal):
    """The reservation would end before it starts."""

    code: ClassVar[str] = "ends_before_start"
    status: ClassVar[int] = 422


class StatusForbids(Refusal):
    """A reservation in this status cannot become what was asked."""

    code: ClassVar[str] = "status_forbids"


class HasStarted(Refusal):
    """It is too late for that: the reservation has started."""

    code: ClassVar[str] = "has_started"


class HasEnded(Refusal):
    """It is too late for that: the reservation has ended."""

    code: ClassVar[str] = "has_ended"


class TooLateToChange(Refusal):
    """The rules ask for more notice before the start."""

    code: ClassVar[str] = "too_late_to_change"


class CheckInTooEarly(Refusal):
    """The check-in window has not opened yet."""

    code: ClassVar[str] = "check_in_too_early"


class CheckInTooLate(Refusal):
    """The check-in window has closed."""

    code: ClassVar[str] = "check_in_too_late"


class WrongCode(Refusal):
    """These are not the digits shown at the space."""

    code: ClassVar[str] = "wrong_code"
    status: ClassVar[int] = 422


class TooManyWrongCodes(Refusal):
    """Somebody guesses; from now on only staff check this reservation in."""

    code: ClassVar[str] = "too_many_wrong_codes"


class NeedsApproval(Refusal):
    """The library has to approve that: it is asked for anew instead of being changed."""

    code: ClassVar[str] = "needs_approval"


class RulebookInvalid(Refusal):
    """The rulebook's body makes no sense; the violations name every mistake."""

    code: ClassVar[str] = "rulebook_invalid"
    status: ClassVar[int] = 422


class BelongsToActivity(Refusal):
    """An activity holds this room; it is changed and given back where the activity is."""

    code: ClassVar[str] = "belongs_to_activity"
