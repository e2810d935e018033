"""When a space is open: which layer decides, and what the clock does to it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.booking.domain.opening_hours import (
    CLOSED,
    DayException,
    HoursLayer,
    OpeningHours,
    WallSpan,
)
from shared.kernel.time_span import TimeSpan

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = date(2026, 10, 9)
SATURDAY = date(2026, 10, 10)
SUNDAY = date(2026, 10, 11)


def hours(*texts: str) -> tuple[WallSpan, ...]:
    """Read "9:00-12:00"."""

    def minutes(text: str) -> int:
        hour, minute = text.split(":")
        return int(hour) * 60 + int(minute)

    return tuple(WallSpan(*map(minutes, text.split("-"))) for text in texts)


def every_day(*texts: str) -> HoursLayer:
    return HoursLayer(weekly=dict.fromkeys(range(7), hours(*texts)))


def weekdays(*texts: str) -> HoursLayer:
    return HoursLayer(weekly={**dict.fromkeys(range(5), hours(*texts)), 5: (), 6: ()})


def with_exceptions(layer: HoursLayer, **days: DayException) -> HoursLayer:
    named = {"friday": FRIDAY, "saturday": SATURDAY, "sunday": SUNDAY}
    return HoursLayer(layer.weekly, {named[name]: day for name, day in days.items()})


def opened(*layers: HoursLayer, timezone: ZoneInfo = SHANGHAI) -> OpeningHours:
    return OpeningHours(timezone, layers)


NOTHING = HoursLayer()
LIBRARY = every_day("7:30-22:30")
MAKER_SPACE = weekdays("9:00-12:00", "13:30-20:30")


def test_nobody_says_anything_so_it_is_closed() -> None:
    assert opened(NOTHING, NOTHING, NOTHING).open_spans(FRIDAY) == ()


def test_a_space_is_open_as_its_library_is() -> None:
    space = opened(LIBRARY, NOTHING, NOTHING)
    assert space.open_spans(FRIDAY) == (
        TimeSpan(
            datetime(2026, 10, 8, 23, 30, tzinfo=UTC), datetime(2026, 10, 9, 14, 30, tzinfo=UTC)
        ),
    )
    assert space.open_minutes(FRIDAY) == 15 * 60


def test_a_zone_with_hours_of_its_own_keeps_them_and_its_lunch_break() -> None:
    machine = opened(LIBRARY, MAKER_SPACE, NOTHING)
    assert machine.wall_spans(FRIDAY) == hours("9:00-12:00", "13:30-20:30")
    assert machine.open_minutes(FRIDAY) == (3 + 7) * 60
    assert machine.wall_spans(SATURDAY) == ()


def test_a_zone_may_stay_open_longer_than_its_library() -> None:
    night_room = opened(LIBRARY, every_day("0:00-24:00"), NOTHING)
    assert night_room.open_minutes(FRIDAY) == 24 * 60


def test_a_weekday_the_zone_does_not_mention_is_the_librarys() -> None:
    only_friday = HoursLayer(weekly={4: hours("10:00-11:00")})
    assert opened(LIBRARY, only_friday).wall_spans(FRIDAY) == hours("10:00-11:00")
    assert opened(LIBRARY, only_friday).wall_spans(SATURDAY) == hours("7:30-22:30")


def test_the_space_decides_before_its_zone() -> None:
    assert opened(LIBRARY, MAKER_SPACE, every_day("14:00-15:00")).wall_spans(SATURDAY) == hours(
        "14:00-15:00"
    )


def test_the_librarys_holiday_closes_a_zone_with_hours_of_its_own() -> None:
    holiday = with_exceptions(LIBRARY, friday=CLOSED)
    assert opened(holiday, NOTHING).wall_spans(FRIDAY) == ()
    assert opened(holiday, MAKER_SPACE, every_day("0:00-24:00")).wall_spans(FRIDAY) == ()


def test_a_zone_may_open_on_the_librarys_holiday_by_an_exception_of_its_own() -> None:
    holiday = with_exceptions(LIBRARY, friday=CLOSED)
    night_room = with_exceptions(NOTHING, friday=DayException(hours("8:00-24:00")))
    assert opened(holiday, night_room).wall_spans(FRIDAY) == hours("8:00-24:00")


def test_a_shorter_day_of_the_library_cuts_the_hours_of_a_zone() -> None:
    short_day = with_exceptions(LIBRARY, friday=DayException(hours("10:00-15:00")))
    assert opened(short_day, NOTHING).wall_spans(FRIDAY) == hours("10:00-15:00")
    assert opened(short_day, MAKER_SPACE).wall_spans(FRIDAY) == hours("10:00-12:00", "13:30-15:00")


def test_a_longer_day_of_the_library_does_not_lengthen_the_hours_of_a_zone() -> None:
    long_day = with_exceptions(LIBRARY, friday=DayException(hours("6:00-24:00")))
    assert opened(long_day, MAKER_SPACE).wall_spans(FRIDAY) == hours("9:00-12:00", "13:30-20:30")


def test_a_working_weekend_with_hours_of_its_own_opens_the_library() -> None:
    working = with_exceptions(weekdays("7:30-22:30"), saturday=DayException(hours("7:30-22:30")))
    assert opened(working, NOTHING).wall_spans(SATURDAY) == hours("7:30-22:30")
    assert opened(working, MAKER_SPACE).wall_spans(SATURDAY) == ()


def test_a_working_weekend_run_as_a_friday_opens_every_zone_as_on_fridays() -> None:
    working = with_exceptions(weekdays("7:30-22:30"), sunday=DayException(as_weekday=4))
    assert opened(working, NOTHING).wall_spans(SUNDAY) == hours("7:30-22:30")
    assert opened(working, MAKER_SPACE).wall_spans(SUNDAY) == hours("9:00-12:00", "13:30-20:30")


def test_the_narrowest_exception_decides() -> None:
    library = with_exceptions(LIBRARY, friday=CLOSED)
    zone = with_exceptions(MAKER_SPACE, friday=DayException(hours("9:00-10:00")))
    space = with_exceptions(NOTHING, friday=DayException(hours("11:00-13:00")))
    assert opened(library, zone, space).wall_spans(FRIDAY) == hours("11:00-13:00")


def test_a_zones_exception_bounds_the_weekly_hours_of_its_space() -> None:
    zone = with_exceptions(NOTHING, friday=DayException(hours("9:00-12:00")))
    space = every_day("11:00-20:00")
    assert opened(LIBRARY, zone, space).wall_spans(FRIDAY) == hours("11:00-12:00")


def test_spans_that_touch_or_overlap_are_one() -> None:
    layer = every_day("9:00-12:00", "12:00-14:00", "13:00-15:00", "16:00-17:00")
    assert opened(layer).wall_spans(FRIDAY) == hours("9:00-15:00", "16:00-17:00")


@pytest.mark.parametrize(("opens", "closes"), [(-1, 60), (60, 60), (61, 60), (0, 1441)])
def test_hours_outside_the_day_or_without_length_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="within a day"):
        WallSpan(opens, closes)


class TestOpenThroughout:
    def at(self, day: date, start: str, minutes: int) -> TimeSpan:
        opens = hours(f"{start}-24:00")[0].opens
        midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
        return TimeSpan.lasting(midnight + timedelta(minutes=opens), minutes)

    def test_a_stay_within_the_hours_is_possible_up_to_their_very_ends(self) -> None:
        assert opened(LIBRARY).is_open_throughout(self.at(FRIDAY, "7:30", 15 * 60))

    @pytest.mark.parametrize(("start", "minutes"), [("7:29", 30), ("22:00", 31)])
    def test_a_stay_may_not_begin_before_or_end_after_them(self, start: str, minutes: int) -> None:
        assert not opened(LIBRARY).is_open_throughout(self.at(FRIDAY, start, minutes))

    def test_a_stay_may_not_span_the_lunch_break(self) -> None:
        machine = opened(LIBRARY, MAKER_SPACE)
        assert machine.is_open_throughout(self.at(FRIDAY, "11:00", 60))
        assert not machine.is_open_throughout(self.at(FRIDAY, "11:00", 180))

    def test_a_stay_may_pass_midnight_where_both_days_are_open(self) -> None:
        assert opened(every_day("0:00-24:00")).is_open_throughout(self.at(FRIDAY, "23:00", 120))
        late = every_day("0:00-2:00", "18:00-24:00")
        assert opened(late).is_open_throughout(self.at(FRIDAY, "23:00", 180))
        assert not opened(late).is_open_throughout(self.at(FRIDAY, "23:00", 181))

    def test_a_stay_of_several_days_is_possible_where_it_never_closes(self) -> None:
        assert opened(every_day("0:00-24:00")).is_open_throughout(
            self.at(FRIDAY, "1:00", 9 * 24 * 60)
        )


def test_the_open_stretches_of_a_window_are_cut_to_it() -> None:
    window = TimeSpan(
        datetime(2026, 10, 9, 11, 0, tzinfo=SHANGHAI), datetime(2026, 10, 9, 14, 0, tzinfo=SHANGHAI)
    )
    assert opened(MAKER_SPACE).open_spans_within(window) == (
        TimeSpan.lasting(datetime(2026, 10, 9, 11, 0, tzinfo=SHANGHAI), 60),
        TimeSpan.lasting(datetime(2026, 10, 9, 13, 30, tzinfo=SHANGHAI), 30),
    )
