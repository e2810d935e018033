"""Make the reservation that a wish becomes when every rule is met."""

from services.booking.commands.judging import Judgement
from services.booking.domain.reservation import Reservation, check_in_window, held_range
from services.booking.domain.rulebook import Rulebook


def reservation_for(judgement: Judgement, rulebook: Rulebook) -> Reservation:
    """Return the reservation that was wished for, under this rulebook; nothing is placed yet."""
    wish, now = judgement.wish, judgement.asked_at
    space, during = judgement.wanted.terms.space, judgement.wanted.span
    return Reservation(
        id=wish.reservation_id,
        library_id=space.library_id,
        space_id=space.id,
        space_type=space.space_type,
        space_kind=space.space_kind,
        patron_id=wish.patron.patron_id,
        during=during,
        held=held_range(during, rulebook.body),
        party_size=wish.party_size,
        rulebook_id=rulebook.id,
        rule_version=rulebook.version,
        created_at=now,
        changed_at=now,
        check_in_window=check_in_window(during, rulebook.body, asked_at=now),
    )
