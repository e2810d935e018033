"""Trends, overviews, heat map, funnels, unmet demand: the same facts, counted by hand here."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as engine_events

from shared.contracts.booking import ReservationRefused
from shared.kernel.identifiers import named_id
from tests.engagement.stage import Stage
from tests.support.engagement_builders import (
    LIBRARY,
    ROOM,
    Stay,
    Talk,
    at,
    capacity,
    described,
    person,
    population,
    space,
)
from tests.support.tokens import bearer

BASE = "/api/engagement/v1"
ONE_WEEK = {"from": "2026-11-02", "to": "2026-11-08", "library": str(LIBRARY)}
TWO_WEEKS = ONE_WEEK | {"to": "2026-11-15"}
MANAGER = bearer(roles=("patron", "manager"))


def refused(number: int, who: int, *codes: str, day: int = 2) -> ReservationRefused:
    return ReservationRefused(
        request_id=named_id("refused", str(number)),
        patron_id=person(who),
        library_id=LIBRARY,
        space_id=ROOM,
        space_type="room",
        space_kind="learning",
        starts_at=at(10, day=day),
        ends_at=at(11, day=day),
        codes=codes,
    )


@pytest.fixture
def lived(stage: Stage) -> Stage:
    """Ten people book Monday at ten, eight come, six stay; six are refused, one of the ten too."""
    tell = stage.tell
    tell(population({"Science": 100, "Law": 50}))
    tell(space())
    for day in (2, 9):
        tell(capacity(day, places=20))
    for who in range(1, 20):
        tell(described(who, "Science"), at(7, day=1))
    live_a_monday(stage)
    for who in range(1, 8):  # the week after, seven come
        tell(Stay(100 + who, who=who, starts_at=at(14, day=9)).confirmed())
        tell(Stay(100 + who, who=who, starts_at=at(14, day=9)).checked_in(), at(14, day=9))
    for who in range(10, 16):  # number ten has a booking that day
        tell(refused(who, who, "taken", "quota"))
    return stage


def live_a_monday(stage: Stage) -> None:
    tell = stage.tell
    for who in range(1, 11):
        stay = Stay(who, who=who, starts_at=at(10))
        tell(stay.confirmed())
        if who <= 8:
            tell(stay.checked_in(), at(10))
        if who <= 6:
            tell(stay.completed(), at(11))
        if who > 8:
            tell(stay.no_show(), at(10, 15))


def asked(client: FlaskClient, path: str, **query: str) -> Any:
    answer = client.get(f"{BASE}/{path}", query_string=ONE_WEEK | query, headers=MANAGER)
    assert answer.status_code == 200, answer.json
    return answer.json


def numbers(cells: Any) -> dict[str, tuple[int | None, int | None]]:
    return {c["cell"]: (c["numerator"], c["denominator"]) for c in cells}


@pytest.mark.usefixtures("lived")
def test_a_trend_is_the_figure_of_each_week(client: FlaskClient) -> None:
    told = asked(client, "metrics/M10/trend", to="2026-11-15", step="week")
    points = [(p["name"], p["numerator"], p["denominator"]) for p in told["points"]]
    assert points == [("2026-11-02", 8, 150), ("2026-11-09", 7, 150)]
    for name, numerator, _ in points:
        alone = asked(
            client, "metrics/M10", **{"from": name, "to": f"2026-11-{int(name[-2:]) + 6:02d}"}
        )
        assert numbers(alone["cells"])["all"][0] == numerator
    of_science = {"split": "faculty", "cell": "Science", "step": "week", "to": "2026-11-15"}
    told = asked(client, "metrics/M10/trend", **of_science)
    assert [p["denominator"] for p in told["points"]] == [100, 100]


@pytest.mark.usefixtures("lived")
def test_days_months_and_terms_are_steps_too(client: FlaskClient) -> None:
    days = asked(client, "metrics/M10/trend", step="day")["points"]
    assert [p["numerator"] for p in days] == [8, 0, 0, 0, 0, 0, 0]
    months = asked(client, "metrics/M10/trend", step="month", to="2026-12-06")["points"]
    assert [(p["name"], p["to"]) for p in months] == [
        ("2026-11", "2026-11-29"),
        ("2026-12", "2026-12-06"),
    ]
    body = {"name_zh": "秋", "name_en": "Autumn", "from": "2026-11-02", "to": "2026-11-15"}
    path = f"{BASE}/terms/{LIBRARY}/2026-1"
    assert client.put(path, json=body, headers=MANAGER).status_code == 200
    terms = asked(client, "metrics/M10/trend", step="term", to="2026-11-15")["points"]
    assert [(p["name"], p["numerator"]) for p in terms] == [("2026-1", 8)]


@pytest.mark.usefixtures("lived")
def test_the_overview_tells_every_metric_and_the_cell_where_it_is_known(
    client: FlaskClient,
) -> None:
    whole = {f["metric"]["id"]: f for f in asked(client, "figures")["items"]}
    alone = asked(client, "metrics/M10")
    assert whole["M10"]["cells"] == alone["cells"]
    of_science = asked(client, "figures", split="faculty", cell="Science")
    told = {f["metric"]["id"]: f for f in of_science["items"]}
    assert numbers(told["M10"]["cells"]) == {"Science": (8, 100)}
    assert (told["M05b"]["split"], told["M05b"]["cells"]) == (None, whole["M05b"]["cells"])


@pytest.mark.usefixtures("lived")
def test_the_heat_map_counts_by_the_hours_on_the_librarys_walls(client: FlaskClient) -> None:
    assert numbers(asked(client, "heat-map")["cells"]) == {"1-10": (8, 1)}
    occupied = asked(client, "heat-map", measure="occupied")["cells"]
    assert numbers(occupied) == {"1-10": (6 * 60, 1)}
    two = asked(client, "heat-map", to="2026-11-15")["cells"]
    assert numbers(two) == {"1-10": (8, 2), "1-14": (7, 2)}


@pytest.mark.usefixtures("lived")
def test_the_funnel_goes_from_asking_to_having_used(client: FlaskClient) -> None:
    assert numbers(asked(client, "funnels/booking")["cells"]) == {
        "asked": (16, 16),
        "booked": (10, 16),
        "kept": (10, 16),
        "checked_in": (None, None),  # but for two of them it is the step before
        "completed": (None, None),
    }
    missing = client.get(f"{BASE}/funnels/x", query_string=ONE_WEEK, headers=MANAGER)
    assert missing.status_code == 404


def test_the_sign_up_funnel_goes_to_having_attended(client: FlaskClient, stage: Stage) -> None:
    talk = Talk(1, starts_at=at(15))
    stage.tell(talk.published())
    for who in range(1, 12):
        stage.tell(talk.registered(who))
    for who in range(1, 7):
        stage.tell(talk.attended(who))
    stage.tell(talk.closed(), at(18))
    assert numbers(asked(client, "funnels/sign-up")["cells"]) == {
        "signed_up": (11, 11),
        "placed": (11, 11),
        "attended": (6, 11),
    }


@pytest.mark.usefixtures("lived")
def test_unmet_demand_counts_persons_and_days_and_names_the_rules(client: FlaskClient) -> None:
    told = asked(client, "unmet-demand")
    assert numbers(told["persons"]) == {"all": (5, 15)}
    assert numbers(told["code"]) == {"quota": (6, 6), "taken": (6, 6)}
    assert numbers(told["hour"]) == {"10": (6, 6)}
    assert numbers(told["by_space_kind"]) == {"learning": (6, 6)}


def test_few_people_are_held_back_in_every_report(client: FlaskClient, stage: Stage) -> None:
    stage.tell(space())
    for who in range(1, 4):
        stage.tell(Stay(who, who=who, starts_at=at(10)).checked_in())
        stage.tell(refused(who, 10 + who, "taken"))
    for path in ("heat-map", "funnels/booking"):
        cells = asked(client, path)["cells"]
        shown = [c["numerator"] for c in cells]
        assert not set(shown) & {1, 2, 3}, path
    assert numbers(asked(client, "unmet-demand")["code"]) == {"taken": (None, None)}


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("heat-map", {"to": "2026-11-07"}, 422, "period_not_whole_weeks"),
        ("unmet-demand", {"library": ""}, 422, "invalid_input"),
        ("metrics/M10/trend", {"cell": "Law"}, 422, "split_needed"),
        ("metrics/M24/trend", {"step": "day"}, 422, "split_meaningless"),
        ("metrics/M10/trend", {"step": "day", "to": "2027-11-07"}, 422, "period_invalid"),
        ("metrics/M99/trend", {}, 404, "metric_not_found"),
        ("figures", {"cell": "Law"}, 422, "split_needed"),
    ],
)
def test_what_makes_no_sense_is_refused(
    client: FlaskClient, path: str, query: dict[str, str], status: int, code: str
) -> None:
    answer = client.get(f"{BASE}/{path}", query_string=ONE_WEEK | query, headers=MANAGER)
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.usefixtures("lived")
@pytest.mark.parametrize(
    "path", ["figures", "heat-map", "funnels/booking", "unmet-demand", "metrics/M10/trend"]
)
def test_reports_are_for_those_who_read_figures(client: FlaskClient, path: str) -> None:
    assert client.get(f"{BASE}/{path}", query_string=ONE_WEEK).status_code == 401
    answer = client.get(f"{BASE}/{path}", query_string=ONE_WEEK, headers=bearer())
    assert answer.status_code == 403


def test_a_longer_trend_asks_the_database_no_more(client: FlaskClient, lived: Stage) -> None:
    counted: list[str] = []

    @engine_events.listens_for(lived.engine, "before_cursor_execute")
    def _count(*arguments: object) -> None:
        counted.append(str(arguments[2]))

    def statements(last_day: str) -> int:
        counted.clear()
        asked(client, "metrics/M10/trend", to=last_day)
        return len(counted)

    assert statements("2026-11-08") == statements("2026-11-29")
