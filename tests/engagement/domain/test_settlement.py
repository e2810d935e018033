"""Settling points, as arithmetic."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.engagement.domain.points import Account, Award, EarningAct, PointsRule, settlement

ACCOUNT = Account(id=UUID(int=1))
NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


def a_rule(cap: int | None, amount: int = 5) -> PointsRule:
    return PointsRule(
        code="attended",
        version=1,
        valid_from=date(2026, 1, 1),
        act_type="attended",
        amount=amount,
        cap_per_day=cap,
    )


def an_act(number: int, *, valid: bool = True, had: str = "nothing") -> EarningAct:
    award = None
    if had != "nothing":
        award = Award(
            transaction_id=UUID(int=number + 100),
            entry_id=UUID(int=number + 200),
            amount=5,
            rule_version=1,
            voided=had == "taken back",
        )
    return EarningAct(
        source="/atrium/events",
        message_id=UUID(int=number),
        quarter_hour=NINE + timedelta(minutes=15 * number),
        valid=valid,
        award=award,
    )


@given(
    valid=st.lists(st.booleans(), max_size=8),
    cap=st.one_of(st.none(), st.integers(5, 30)),
    awarded=st.integers(0, 3),
)
def test_after_settling_as_many_acts_hold_an_award_as_the_cap_allows(
    valid: list[bool], cap: int | None, awarded: int
) -> None:
    rule = a_rule(cap)
    awarded = min(awarded, rule.most_awards(len(valid)))
    acts = [
        an_act(n, valid=holds, had="an award" if n < awarded else "nothing")
        for n, holds in enumerate(valid)
    ]
    due = settlement(rule, acts, ACCOUNT)
    assert all(not act.valid for act in due.to_void)
    kept = awarded - len(due.to_void)
    assert kept + len(due.to_award) == rule.most_awards(sum(valid))


def test_the_earliest_act_that_had_nothing_comes_first() -> None:
    acts = [an_act(3), an_act(1), an_act(2)]
    due = settlement(a_rule(cap=5), acts, ACCOUNT)
    assert [act.message_id.int for act in due.to_award] == [1]


def test_what_was_taken_back_is_never_given_again() -> None:
    due = settlement(a_rule(cap=10), [an_act(1, had="taken back"), an_act(2)], ACCOUNT)
    assert [act.message_id.int for act in due.to_award] == [2]
    assert due.to_void == []


def test_who_opted_out_still_gives_back_what_was_not_theirs() -> None:
    away = Account(id=UUID(int=1), opted_out=True)
    due = settlement(a_rule(cap=10), [an_act(1, valid=False, had="an award"), an_act(2)], away)
    assert len(due.to_void) == 1
    assert due.to_award == ()


def test_a_rule_that_has_ended_gives_nothing_and_keeps_what_it_gave() -> None:
    ended = a_rule(cap=10, amount=0)
    due = settlement(ended, [an_act(1, had="an award"), an_act(2)], ACCOUNT)
    assert (due.to_void, due.to_award) == ([], [])
