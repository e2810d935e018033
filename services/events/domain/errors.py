"""Every no of this service, with its public code and HTTP status."""

from shared.kernel.refusal import NotFound, Refusal


class NoSuchLibraryEvent(NotFound):
    """There is no such activity, or it is a draft of somebody else."""

    code = "no_such_library_event"


class NoSuchRegistration(NotFound):
    """There is no such sign-up, or it is somebody else's."""

    code = "no_such_registration"


class NoSuchAttendance(NotFound):
    """There is no such attendance, or it was voided already."""

    code = "no_such_attendance"


class PlanRefused(Refusal):
    """The plan makes no sense; every reason is a violation."""

    code = "plan_refused"
    status = 422


class WindowMakesNoSense(Refusal):
    """Nothing can take place within that time; the violation says why."""

    code = "window_makes_no_sense"
    status = 422


class NotPossibleNow(Refusal):
    """The activity's status does not allow this."""

    code = "not_possible_in_this_status"


class RoomNotHeld(Refusal):
    """An activity is published only when its room is held."""

    code = "room_not_held"


class RoomNotWanted(Refusal):
    """There is no room to ask for, or it is asked for or held already."""

    code = "room_not_wanted"


class NoSuchAlternative(Refusal):
    """The booking service did not name this space and time, or the room was asked for since."""

    code = "no_such_alternative"


class StartsInThePast(Refusal):
    """An activity that has begun is not put on the calendar."""

    code = "starts_in_the_past"


class PublishedCannotMove(Refusal):
    """People have planned with it: a change of time or room is a move, of which they are told."""

    code = "published_cannot_move"


class HasBegun(Refusal):
    """What has begun is not moved any more."""

    code = "activity_has_begun"


class MoveWaits(Refusal):
    """A move waits for its answer: that comes first, or the move is dropped."""

    code = "move_waits"


class MovesNowhere(Refusal):
    """The activity is at this time and place already."""

    code = "moves_nowhere"


class NoMove(Refusal):
    """There is no move to drop: it was carried out, or dropped before."""

    code = "no_move"


class CapacityBelowTaken(Refusal):
    """Places people already have cannot be taken away."""

    code = "capacity_below_taken"


class NotOverYet(Refusal):
    """An activity is closed after its end."""

    code = "not_over_yet"


class AlreadyOver(Refusal):
    """What has taken place is closed, not cancelled."""

    code = "already_over"


class PeopleCame(Refusal):
    """What people came to took place: it is closed, or their attendance is taken back first."""

    code = "people_came"


class SignUpRefused(Refusal):
    """No place and no wait; every rule that said no is a violation."""

    code = "sign_up_refused"


class CannotCancel(Refusal):
    """A sign-up that has ended, or whose activity has begun, stays as it is."""

    code = "cannot_cancel"


class NoOfferOpen(Refusal):
    """There is no offer to accept or decline."""

    code = "no_offer_open"


class OfferExpired(Refusal):
    """The offer ran out before it was answered."""

    code = "offer_expired"


class WrongAttendanceCode(Refusal):
    """The code is not the one shown in the room now."""

    code = "wrong_attendance_code"
    status = 422


class TooManyWrongCodes(Refusal):
    """Somebody guesses; from now on only staff enter this person at this activity."""

    code = "too_many_wrong_codes"


class AttendanceNotOpen(Refusal):
    """Attendance is taken from shortly before the start; by code until the end."""

    code = "attendance_not_open"


class AttendanceRefused(Refusal):
    """Some of the people cannot be recorded as sent; every reason is a violation."""

    code = "attendance_refused"
    status = 422


class TicketRefused(Refusal):
    """Nobody comes in by this ticket; the kinds below say why."""

    code = "ticket_refused"


class TicketUnknown(TicketRefused):
    """No sign-up has these digits."""

    code = "ticket_unknown"
    status = 422


class TicketOfAnotherActivity(TicketRefused):
    """The ticket is good, but not here."""

    code = "ticket_of_another_activity"


class TicketCancelled(TicketRefused):
    """The sign-up was given up, or ended without a place."""

    code = "ticket_cancelled"


class TicketWaiting(TicketRefused):
    """The person waits for a place; whoever stands at the door may let them in."""

    code = "ticket_waiting"


class NoTicket(Refusal):
    """A sign-up that has ended has no ticket."""

    code = "no_ticket"


class HeadcountRefused(Refusal):
    """A count cannot fall below nobody."""

    code = "headcount_refused"
    status = 422


class NoPlace(Refusal):
    """The code serves those who have a place; others see the staff at the door."""

    code = "no_place"
