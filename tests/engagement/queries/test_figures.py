"""Figures over a small month whose digits can be worked out by hand."""

import pytest

from services.engagement.domain import errors
from services.engagement.domain.metrics.catalogue import METRICS
from shared.contracts.events import RegistrationCancelled
from shared.kernel.identifiers import named_id
from tests.engagement.stage import Stage
from tests.support.engagement_builders import (
    LIBRARY,
    Stay,
    Talk,
    Wish,
    at,
    capacity,
    described,
    person,
    population,
    space,
)

SIGN_UP = (
    "registration_id",
    "library_event_id",
    "library_id",
    "patron_id",
    "programme",
    "space_kind",
    "starts_at",
)


@pytest.fixture
def november(stage: Stage) -> Stage:
    """Three people, four stays, two activities, a suggestion with two supports, one withdrawn."""
    set_the_scene(stage)
    four_stays(stage)
    two_activities(stage)
    a_suggestion(stage)
    return stage


def set_the_scene(stage: Stage) -> None:
    stage.tell(population({"Science": 40, "Law": 60}))
    for who, faculty in ((1, "Science"), (2, "Science"), (3, "Law")):
        stage.tell(described(who, faculty), at(7, day=1))
    stage.tell(space())
    for day in (2, 3):
        stage.tell(capacity(day))


def four_stays(stage: Stage) -> None:
    tell = stage.tell
    used = Stay(1, who=1, starts_at=at(10), party=2)
    tell(used.confirmed())
    tell(used.checked_in(late=5), at(10, 5))
    tell(used.completed(late=5, used=40), at(10, 45))
    missed = Stay(2, who=2, starts_at=at(12), minutes=30)
    tell(missed.confirmed())
    tell(missed.no_show(), at(12, 15))
    given_up = Stay(3, who=3, starts_at=at(14))
    tell(given_up.confirmed())
    tell(given_up.cancelled())
    again = Stay(4, who=1, starts_at=at(9, day=3))
    tell(again.confirmed())
    tell(again.checked_in(), at(9, day=3))


def two_activities(stage: Stage) -> None:
    tell = stage.tell
    talk = Talk(1, starts_at=at(15), capacity=20)
    tell(talk.published())
    for who in (1, 2):
        tell(talk.registered(who))
    tell(talk.attended(1), at(15, 5))
    tell(talk.attended(3, walk_in=True), at(15, 5))
    tell(talk.headcount(9))
    tell(talk.missed(2))
    tell(talk.closed(), at(18))
    unmeasured = Talk(2, starts_at=at(15, day=3), capacity=50)
    tell(unmeasured.published())
    tell(unmeasured.registered(3))
    tell(unmeasured.closed(measured=False), at(18, day=3))


def a_suggestion(stage: Stage) -> None:
    tell = stage.tell
    wish = Wish(1, author=2, submitted_at=at(11, day=4))
    tell(wish.submitted(), at(11, day=4))
    tell(wish.supported(1), at(11, 30, day=4))
    tell(wish.supported(3), at(11, 30, day=4))
    tell(wish.withdrawn(3), at(11, 45, day=4))


@pytest.mark.parametrize(
    ("metric", "numerator", "denominator", "value"),
    [
        ("M01", 11, 100, "110.00"),  # two attendances and nine heads per hundred people
        ("M05a", 2 * 2, 2 * 6 * 40, "0.83"),  # 10:15 and 10:30, two people
        ("M05b", 40 * 2, 2 * 6 * 600, "1.11"),
        ("M06", 120 + 30 + 60, 2 * 6 * 600, "2.92"),
        ("M07", 20 * 2 + 30, 120 + 30, "46.67"),
        ("M10", 3, 100, "3.00"),
        ("M16", 1, 2, "50.00"),
        ("M17", 2, 5, "40.00"),  # one stay and one sign-up missed; two check-ins, one attendance
        ("M19", 2 + 9, 20, "55.00"),
        ("M24", 1, 3, "33.33"),  # only the first person came on another day
    ],
)
def test_each_metric_has_the_digits_worked_out_by_hand(
    november: Stage, metric: str, numerator: int, denominator: int, value: str
) -> None:
    told = november.whole(metric)
    assert (told.numerator, told.denominator, str(told.value)) == (numerator, denominator, value)


def test_space_balance_shares_sum_to_all_of_what_is_shared(november: Stage) -> None:
    shares = {c.cell: (c.numerator, c.denominator) for c in november.figure("M36c").cells}
    # Learning: person 1; cultural: 1 and 3; creative: 1 and 2; three people took part at all.
    assert shares == {"learning": (1, 3), "cultural": (2, 3), "creative": (2, 3)}


def test_a_split_by_faculty_is_over_that_facultys_people(november: Stage) -> None:
    cells = {c.cell: (c.numerator, c.denominator) for c in november.figure("M10", "faculty").cells}
    assert cells == {"Science": (2, 40), "Law": (1, 60)}


def test_a_split_by_day_uses_the_librarys_days(november: Stage) -> None:
    cells = {c.cell: c.numerator for c in november.figure("M10", "day").cells}
    assert cells == {"2026-11-02": 2, "2026-11-03": 1, "2026-11-04": 2}


def test_an_activity_nobody_measured_is_neither_nought_nor_a_no_show(november: Stage) -> None:
    told = november.whole("M16", days=(3, 3))
    assert (told.value, told.reason, told.unmeasured) == (None, "not_measured", 1)


def test_heads_alone_do_not_make_no_shows_of_those_who_signed_up(november: Stage) -> None:
    heads = Talk(3, starts_at=at(15, day=5), capacity=10)
    november.tell(heads.published())
    for who in (1, 2, 3):
        november.tell(heads.registered(who))
    november.tell(heads.headcount(3))
    november.tell(heads.closed(named=False), at(18, day=5))
    shown_up = november.whole("M16")
    assert (shown_up.numerator, shown_up.denominator, shown_up.unmeasured) == (1, 2, 2)
    assert november.whole("M17").unmeasured == 2
    filled = november.whole("M19")
    assert (filled.numerator, filled.denominator, filled.unmeasured) == (2 + 9 + 3, 20 + 10, 1)


def test_an_activity_called_off_counts_neither_heads_nor_names(november: Stage) -> None:
    off = Talk(3, starts_at=at(15, day=5))
    november.tell(off.published())
    november.tell(off.attended(1, walk_in=True), at(15, 5, day=5))
    november.tell(off.headcount(5))
    assert november.whole("M01").numerator == 11 + 6
    november.tell(off.called_off(), at(16, day=5))
    assert november.whole("M01").numerator == 11


@pytest.mark.parametrize(
    ("metric", "reason"),
    [
        ("M01", "population_unknown"),
        ("M05a", "capacity_unknown"),
        ("M05b", "capacity_unknown"),
        ("M06", "capacity_unknown"),
        ("M07", "nothing_ended"),
        ("M10", "population_unknown"),
        ("M16", "nothing_closed"),
        ("M17", "nothing_ended"),
        ("M19", "nothing_closed"),
        ("M24", "nobody_took_part"),
    ],
)
def test_over_nothing_there_is_no_number_but_a_reason(
    stage: Stage, metric: str, reason: str
) -> None:
    told = stage.whole(metric)
    assert (told.value, told.denominator, told.reason) == (None, 0, reason)


def test_another_librarys_figures_are_its_own(november: Stage) -> None:
    assert november.parts("M06", library_id=LIBRARY) == november.parts("M06")
    elsewhere = november.whole("M06", library_id=SOMEWHERE_ELSE)
    assert elsewhere.reason == "capacity_unknown"


def test_a_split_that_makes_no_sense_is_refused_with_those_that_do(november: Stage) -> None:
    with pytest.raises(errors.SplitMeaningless) as refused:
        november.figure("M05b", "faculty")
    assert refused.value.numbers["possible"] == "space_kind, day, library"


def test_what_a_figure_counts_and_what_its_drill_down_lists_are_one(november: Stage) -> None:
    for metric in METRICS.values():
        for split in (None, *metric.definition.splits):
            told = november.figure(metric.definition.id, split)
            listed = november.acts(metric.definition.id, split)
            for cell in told.cells:
                amounts = [act["amount"] for act in listed if act["cell"] == cell.cell]
                assert sum(amounts) == cell.numerator, (metric.definition.id, split, cell)
            assert {act["cell"] for act in listed} <= {cell.cell for cell in told.cells}


def test_a_drill_down_names_no_person_and_no_time_finer_than_a_quarter_hour(
    november: Stage,
) -> None:
    for act in november.acts("M10"):
        assert set(act) == LISTED
        assert act["quarter_hour"].minute % 15 == act["quarter_hour"].second == 0


SOMEWHERE_ELSE = named_id("engagement tests", "elsewhere")
LISTED = {
    "cell", "source", "message_id", "type", "quarter_hour",
    "library_id", "space_id", "space_kind", "amount",
}  # fmt: skip


def test_giving_up_late_counts_against_all_who_signed_up(stage: Stage) -> None:
    talk = Talk(1, starts_at=at(15))
    stage.tell(talk.published())
    for who in (1, 2, 3):
        stage.tell(talk.registered(who))
    terms = {name: getattr(talk.registered(3), name) for name in SIGN_UP}
    stage.tell(RegistrationCancelled(**terms, late=True, previous_status="confirmed"))
    stage.tell(talk.registered(4))
    early = {**terms, "registration_id": talk.registration_id(4), "patron_id": person(4)}
    stage.tell(RegistrationCancelled(**early, late=False, previous_status="confirmed"))
    assert stage.parts("M18") == (1, 4)
