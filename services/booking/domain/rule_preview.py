"""What a change of the rules would have meant: reservations and refusals held against both.

A case counts when the draft says otherwise than the rules in force now. Only the rules with
numbers are asked: whether a space was open, in use or free has nothing to do with the draft.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from services.booking.domain import rules
from services.booking.domain.ports import Terms
from services.booking.domain.quotas import Use
from services.booking.domain.rulebook import Rulebook
from services.booking.domain.rules import Asked
from shared.kernel.time_span import TimeSpan

WITH_NUMBERS = (
    rules.lasts_long_enough,
    rules.lasts_not_too_long,
    rules.starts_on_a_step,
    rules.gives_notice,
    rules.ends_within_the_window,
    rules.party_fits,
    rules.nobody_is_in_two_places,
    rules.stays_within_the_quotas,
    rules.not_too_many_ahead,
)
ABOUT_THE_PARTY = frozenset({"party_too_large", "party_too_small"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What somebody asked for once: who, which space, when, and at which instant."""

    id: UUID
    space_id: UUID
    patron_id: UUID
    patron_class: str
    span: TimeSpan
    asked_at: datetime
    party_size: int = 1
    counts: bool = True
    """Whether it counted towards quotas: not when it was cancelled or refused."""
    codes: frozenset[str] = frozenset()
    """Why it was refused, if it was."""


@dataclass(slots=True)
class Tally:
    """How many were looked at, and how many the draft decides otherwise; no persons."""

    looked_at: int = 0
    differ: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    by_class: Counter[str] = field(default_factory=Counter)

    def count(self, case: Case, codes: Iterable[str]) -> None:
        """Note a case that the draft decides otherwise, by these rules."""
        self.differ += 1
        self.by_rule.update(codes)
        self.by_class[case.patron_class or "?"] += 1


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The spaces of a library, a draft beside their rulebooks, and what everybody had."""

    terms: Mapping[UUID, Terms]
    draft: Rulebook
    now: datetime
    had: Mapping[UUID, Sequence[Case]]

    def newly_refused(self, cases: Iterable[Case]) -> Tally:
        """Count what is allowed now and would not be."""
        tally = Tally()
        for case in cases:
            if (bodies := self._bodies(case)) is None:
                continue
            tally.looked_at += 1
            before, after = (self._codes(case, body) for body in bodies)
            if after and not before:
                tally.count(case, after)
        return tally

    def newly_allowed(self, refusals: Iterable[Case]) -> Tally:
        """Count what was refused for its numbers and would not be; the party is not known."""
        tally = Tally()
        for case in refusals:
            if (bodies := self._bodies(case)) is None or not case.codes:
                continue
            tally.looked_at += 1
            before, after = (self._codes(case, body) - ABOUT_THE_PARTY for body in bodies)
            if case.codes <= before and not after:
                tally.count(case, case.codes)
        return tally

    def _bodies(self, case: Case) -> tuple[Rulebook, Rulebook] | None:
        """Return the rulebooks now and then; None where the draft is not the one in force."""
        terms = self.terms.get(case.space_id)
        if terms is None:
            return None
        present = terms.in_force(case.patron_class, self.now)
        with_draft = replace(terms, rulebooks=(*terms.rulebooks, self.draft))
        then = with_draft.in_force(case.patron_class, self.now)
        if present is None or then is not self.draft:
            return None
        return present, self.draft

    def _codes(self, case: Case, rulebook: Rulebook) -> frozenset[str]:
        terms = self.terms[case.space_id]
        asked = Asked(
            reservation_id=case.id,
            space=terms.space,
            hours=terms.hours,
            rules=rulebook.body,
            span=case.span,
            party_size=case.party_size,
            now=case.asked_at,
            others=[*self._others(case)],
        )
        return frozenset(one.code for one in rules.violations(asked, WITH_NUMBERS))

    def _others(self, case: Case) -> Iterable[Use]:
        for other in self.had.get(case.patron_id, ()):
            earlier = (other.asked_at, other.id) < (case.asked_at, case.id)
            if earlier and other.counts and (terms := self.terms.get(other.space_id)):
                space = terms.space
                ahead = other.span.end > case.asked_at
                yield Use(other.id, space.library_id, space.space_type, other.span, ahead)


def by_person(cases: Iterable[Case]) -> Mapping[UUID, Sequence[Case]]:
    """Return the cases of each person."""
    found: dict[UUID, list[Case]] = defaultdict(list)
    for case in cases:
        found[case.patron_id].append(case)
    return found
