"""Three figures counted a second time, from the messages alone, by code that shares nothing."""

from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.engagement.stage import Said, Stage
from tests.support.engagement_month import a_month

PARTICIPATION = {
    "booking.reservation.checked_in.v1",
    "events.attendance.recorded.v1",
    "engagement.suggestion.submitted.v1",
    "engagement.suggestion.supported.v1",
}


def read(said: list[Said]) -> list[tuple[str, dict[str, Any]]]:
    return [(envelope.type, envelope.data) for _, envelope in said]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def occupancy_by_the_minute(messages: list[tuple[str, dict[str, Any]]]) -> Fraction:
    used = 0
    offered: dict[tuple[str, str], int] = {}
    for kind, data in messages:
        if kind == "booking.reservation.completed.v1":
            start = max(instant(data["checked_in_at"]), instant(data["starts_at"]))
            end = min(instant(data["checked_out_at"]), instant(data["ends_at"]))
            used += max(0, (end - start) // timedelta(minutes=1)) * data["party_size"]
        if kind == "booking.capacity.published.v1":  # the last word on a day holds
            places = sum(s["places"] * s["open_minutes"] for s in data["spaces"])
            offered[data["library_id"], data["day"]] = places
    return Fraction(used, sum(offered.values()))


def reach(messages: list[tuple[str, dict[str, Any]]]) -> Fraction:
    void = {d["attendance_id"] for k, d in messages if k == "events.attendance.voided.v1"}
    void |= {
        d["support_id"] for k, d in messages if k == "engagement.suggestion.support_withdrawn.v1"
    }
    people = {
        data["patron_id"]
        for kind, data in messages
        if kind in PARTICIPATION
        and data.get("attendance_id") not in void
        and data.get("support_id") not in void
    }
    (population,) = (d for k, d in messages if k == "gateway.population.snapshotted.v1")
    return Fraction(len(people), sum(s["headcount"] for s in population["segments"]))


def no_shows(messages: list[tuple[str, dict[str, Any]]]) -> Fraction:
    stays = Counter(last_state_of_stays(messages).values())
    missed, came = sign_ups_counted_by_name(messages)
    stayed_away = stays["no_show"] + missed
    showed_up = stays["checked_in"] + stays["completed"] + came
    return Fraction(stayed_away, stayed_away + showed_up)


def last_state_of_stays(messages: list[tuple[str, dict[str, Any]]]) -> dict[str, str]:
    return {
        data["reservation_id"]: kind.split(".")[2]
        for kind, data in messages
        if kind.startswith("booking.reservation.") and "reservation_id" in data
    }


def sign_ups_counted_by_name(messages: list[tuple[str, dict[str, Any]]]) -> tuple[int, int]:
    """How many missed an activity that took names, and how many came to one."""
    measured: dict[str, bool] = {}
    missed: dict[str, str] = {}
    came: dict[str, str] = {}
    void = {d["attendance_id"] for k, d in messages if k == "events.attendance.voided.v1"}
    for kind, data in messages:
        if kind == "events.library_event.closed.v1":
            by_name = data["attendance_measured"] and data.get("attendance_named", True)
            measured[data["library_event_id"]] = by_name
        if kind == "events.registration.no_show.v1":
            missed[data["registration_id"]] = data["library_event_id"]
        if kind == "events.attendance.recorded.v1" and data["attendance_id"] not in void:
            came[data["registration_id"]] = data["library_event_id"]
    return sum(measured[e] for e in missed.values()), sum(measured[e] for e in came.values())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    ("metric", "count_again"),
    [("M05b", occupancy_by_the_minute), ("M10", reach), ("M17", no_shows)],
)
def test_a_second_count_from_the_messages_agrees(
    stage: Stage, seed: int, metric: str, count_again: Any
) -> None:
    month = a_month(seed, people=12, stays=30)
    stage.hear_all(month)
    told = stage.whole(metric)
    expected = count_again(read(month))
    assert told.numerator, "a figure of nought would prove nothing"
    assert told.denominator
    assert Fraction(told.numerator, told.denominator) == expected
