"""Who may sign up, and when: one function per rule, and the list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.events.domain.library_event import LibraryEvent, Status
from services.events.domain.registration import Registration
from services.events.domain.waiting_list import Tally
from shared.kernel.refusal import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Everything the rules look at."""

    library_event: LibraryEvent
    party_size: int
    now: datetime
    tally: Tally
    existing: Registration | None


Rule = Callable[[Request], Violation | None]


def the_activity_is_published(request: Request) -> Violation | None:
    """Drafts, cancelled and closed activities take nobody."""
    status = request.library_event.status
    if status is Status.PUBLISHED:
        return None
    return Violation("not_open_for_signup", {"status": status.value})


def the_activity_has_not_started(request: Request) -> Violation | None:
    """Whoever comes later is a walk-in."""
    starts_at = request.library_event.plan.starts_at
    if request.now < starts_at:
        return None
    return Violation(
        "already_started", {"starts_at": request.library_event.setting.wall(starts_at)}
    )


def signing_up_has_opened(request: Request) -> Violation | None:
    """Not before the window opens."""
    opens_at = request.library_event.plan.signup_opens_at
    if opens_at is None or request.now >= opens_at:
        return None
    return Violation(
        "signup_not_open_yet", {"opens_at": request.library_event.setting.wall(opens_at)}
    )


def signing_up_has_not_closed(request: Request) -> Violation | None:
    """Not after the window has closed."""
    closes_at = request.library_event.plan.closes_at
    if request.now < closes_at or request.now >= request.library_event.plan.starts_at:
        return None  # once it has started, that is the reason to name
    return Violation("signup_closed", {"closes_at": request.library_event.setting.wall(closes_at)})


def the_party_is_not_too_large(request: Request) -> Violation | None:
    """As many as the organizer lets one person bring, and never more than there are places."""
    plan = request.library_event.plan
    limit = min(plan.party_limit, plan.capacity)
    if 1 <= request.party_size <= limit:
        return None
    return Violation("party_too_large", {"party_size": request.party_size, "limit": limit})


def nobody_signs_up_twice(request: Request) -> Violation | None:
    """One live sign-up per person and activity."""
    existing = request.existing
    if existing is None:
        return None
    numbers = {"registration_id": str(existing.id), "status": existing.status.value}
    return Violation("already_signed_up", numbers)


def there_is_a_place_or_a_list(request: Request) -> Violation | None:
    """Take nobody into a full activity without a waiting list."""
    plan = request.library_event.plan
    if plan.waiting_list or has_place_now(request):
        return None
    free = request.tally.free(plan.capacity)
    numbers = {"capacity": plan.capacity, "free": free, "party_size": request.party_size}
    return Violation("full", numbers)


RULES: Sequence[Rule] = (
    the_activity_is_published,
    the_activity_has_not_started,
    signing_up_has_opened,
    signing_up_has_not_closed,
    the_party_is_not_too_large,
    nobody_signs_up_twice,
    there_is_a_place_or_a_list,
)


def violations_of(request: Request) -> list[Violation]:
    """Return every rule that says no."""
    answers = (rule(request) for rule in RULES)
    return [violation for violation in answers if violation is not None]


def has_place_now(request: Request) -> bool:
    """Tell whether the party gets its places at once: nobody waits, and all of it fits."""
    free = request.tally.free(request.library_event.plan.capacity)
    return request.tally.waiting == 0 and request.party_size <= free
