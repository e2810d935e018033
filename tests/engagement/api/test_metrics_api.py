"""Figures over HTTP: who may read them, what is held back, how one gets down to the acts."""

import pytest
from flask.testing import FlaskClient

from services.engagement.api.reasons import REASONS
from services.engagement.domain.figure import NOT_MEASURED, SUPPRESSED
from services.engagement.domain.metrics.catalogue import METRICS
from tests.engagement.stage import Stage
from tests.support.engagement_builders import LIBRARY, Stay, at, described, population
from tests.support.tokens import bearer

BASE = "/api/engagement/v1/metrics"
NOVEMBER = {"from": "2026-11-02", "to": "2026-11-29"}
IN_IT = {"library": str(LIBRARY)}
HERE = NOVEMBER | IN_IT
MANAGER = {"roles": ("patron", "manager")}
STAFF = {"roles": ("patron", "staff")}


def check_in(stage: Stage, *people: int) -> None:
    for who in people:
        stage.tell(Stay(who, who=who, starts_at=at(10)).checked_in())


@pytest.fixture
def faculties(stage: Stage) -> Stage:
    """Twelve of Science took part, eleven of Law, three of Music; six hundred of each exist."""
    stage.tell(population({"Science": 600, "Law": 600, "Music": 600}))
    sizes = {"Science": range(12), "Law": range(20, 31), "Music": range(40, 43)}
    for faculty, people in sizes.items():
        for who in people:
            stage.tell(described(who, faculty), at(7))
        check_in(stage, *people)
    return stage


def test_everybody_signed_in_may_read_how_figures_are_defined(client: FlaskClient) -> None:
    answer = client.get(BASE, headers=bearer())
    assert answer.status_code == 200
    shown = {metric["id"]: metric for metric in answer.json["items"]}
    assert shown.keys() == METRICS.keys()
    for metric in shown.values():
        for word in ("formula", "exclusions", "counted", "panel", "name_zh", "version"):
            assert metric[word], (metric["id"], word)
    assert shown["M05b"]["verified"] is True
    assert shown["M10"]["verified"] is False


def test_definitions_are_named_in_the_readers_language(client: FlaskClient) -> None:
    headers = bearer() | {"Accept-Language": "zh-CN"}
    names = [metric["name"] for metric in client.get(BASE, headers=headers).json["items"]]
    assert "目标人群覆盖率（%）" in names


@pytest.mark.parametrize("path", [f"{BASE}/M10", f"{BASE}/M10/acts"])
def test_patrons_and_strangers_read_no_figures(client: FlaskClient, path: str) -> None:
    assert client.get(path, query_string=NOVEMBER).status_code == 401
    assert client.get(path, query_string=NOVEMBER, headers=bearer()).status_code == 403


@pytest.mark.usefixtures("faculties")
def test_a_figure_comes_with_its_parts_and_its_definition(client: FlaskClient) -> None:
    answer = client.get(f"{BASE}/M10", query_string=NOVEMBER, headers=bearer(**MANAGER))
    assert answer.status_code == 200, answer.json
    (cell,) = answer.json["cells"]
    assert (cell["value"], cell["numerator"], cell["denominator"]) == (1.44, 26, 1800)
    assert answer.json["metric"]["indicator_no"] == "B.2.4.1"


@pytest.mark.usefixtures("faculties")
def test_a_small_cell_and_the_one_that_would_give_it_away_are_held_back(
    client: FlaskClient,
) -> None:
    asked = HERE | {"split": "faculty"}
    answer = client.get(f"{BASE}/M10", query_string=asked, headers=bearer(**MANAGER))
    shown = {cell["cell"]: cell for cell in answer.json["cells"]}
    assert shown["Music"]["reason"] == shown["Law"]["reason"] == "suppressed"
    assert shown["Music"]["numerator"] is shown["Law"]["denominator"] is None
    assert shown["Science"]["numerator"] == 12


def test_five_people_are_enough_for_whoever_asks(client: FlaskClient, faculties: Stage) -> None:
    for who in (50, 51):
        faculties.tell(described(who, "Music"), at(7))
    check_in(faculties, 50, 51)
    asked = HERE | {"split": "faculty"}
    for role in (MANAGER, STAFF):
        seen = client.get(f"{BASE}/M10", query_string=asked, headers=bearer(**role))
        assert [cell["numerator"] for cell in seen.json["cells"]] == [11, 5, 12]


def test_a_whole_of_few_people_is_held_back_and_so_are_its_acts(
    client: FlaskClient, stage: Stage
) -> None:
    stage.tell(population({"Science": 600}))
    check_in(stage, 1, 2, 3)
    stage.tell(described(1), at(7))
    for path, status in ((f"{BASE}/M24", 200), (f"{BASE}/M24/acts", 403)):
        answer = client.get(path, query_string=NOVEMBER, headers=bearer(**MANAGER))
        assert answer.status_code == status
    told = client.get(f"{BASE}/M24", query_string=NOVEMBER, headers=bearer(**MANAGER)).json
    assert told["cells"][0]["reason"] == "suppressed"


def test_two_periods_that_differ_by_a_week_of_few_people_are_not_both_told(
    client: FlaskClient, faculties: Stage
) -> None:
    for who in (*range(6), 20, 21):  # six of Science and two of Law, in the third week
        faculties.tell(Stay(90 + who, who=who, starts_at=at(10, day=17)).checked_in())

    def told(last_day: str) -> dict[str, int | None]:
        asked = HERE | {"split": "faculty", "to": last_day}
        answer = client.get(f"{BASE}/M10", query_string=asked, headers=bearer(**STAFF))
        return {cell["cell"]: cell["numerator"] for cell in answer.json["cells"]}

    assert told("2026-11-15") == {"Law": None, "Music": None, "Science": 12}
    assert told("2026-11-22") == {"Law": None, "Music": None, "Science": 12}
    for who in (50, 51):
        faculties.tell(described(who, "Music"), at(7))
    check_in(faculties, 50, 51)
    assert told("2026-11-15") == {"Law": 11, "Music": 5, "Science": 12}
    assert told("2026-11-22") == {"Law": None, "Music": None, "Science": 12}


@pytest.mark.usefixtures("faculties")
def test_the_acts_behind_a_figure_are_listed_page_by_page_and_sum_to_it(
    client: FlaskClient,
) -> None:
    listed, cursor = [], None
    while True:
        asked = NOVEMBER | {"limit": 10} | ({"cursor": cursor} if cursor else {})
        answer = client.get(f"{BASE}/M10/acts", query_string=asked, headers=bearer(**MANAGER))
        assert answer.status_code == 200, answer.json
        listed += answer.json["items"]
        cursor = answer.json["next_cursor"]
        if cursor is None:
            break
    assert sum(act["amount"] for act in listed) == 26
    assert len({act["message_id"] for act in listed}) == 26


@pytest.mark.usefixtures("faculties")
def test_the_acts_of_a_held_back_cell_are_held_back_too(client: FlaskClient) -> None:
    for cell in ({"cell": "Music"}, {}):
        asked = HERE | {"split": "faculty"} | cell
        answer = client.get(f"{BASE}/M10/acts", query_string=asked, headers=bearer(**MANAGER))
        assert (answer.status_code, answer.json["code"]) == (403, "cell_suppressed")
    asked = HERE | {"split": "faculty", "cell": "Science"}
    answer = client.get(f"{BASE}/M10/acts", query_string=asked, headers=bearer(**MANAGER))
    assert len(answer.json["items"]) == 12


@pytest.mark.parametrize(
    ("path", "asked", "status", "code"),
    [
        ("M99", {}, 404, "metric_not_found"),
        ("M05b", {"split": "faculty"}, 422, "split_meaningless"),
        ("M10", {"to": "2026-10-01"}, 422, "period_invalid"),
        ("M10", {"to": "2026-11-28"}, 422, "period_not_whole_weeks"),
        ("M10", {"split": "faculty"}, 422, "library_needed"),
        ("M10", {"split": "level", "to": "2026-12-06", **IN_IT}, 422, "week_not_over"),
        ("M10", {"from": "1926-10-01"}, 422, "period_invalid"),
        ("M10", {"split": "shoe size"}, 422, "invalid_input"),
        ("M10", {"from": "yesterday"}, 422, "invalid_input"),
        ("M10", {"library": "1"}, 422, "invalid_input"),
        ("M10/acts", {"cell": "Law"}, 422, "split_needed"),
        ("M10/acts", {"cursor": "x"}, 422, "cursor_invalid"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    client: FlaskClient, path: str, asked: dict[str, str], status: int, code: str
) -> None:
    answer = client.get(f"{BASE}/{path}", query_string=NOVEMBER | asked, headers=bearer(**MANAGER))
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_manager_of_some_libraries_asks_about_those(client: FlaskClient) -> None:
    headers = bearer(roles=("manager",), libraries=[LIBRARY])
    allowed = client.get(
        f"{BASE}/M10", query_string=NOVEMBER | {"library": str(LIBRARY)}, headers=headers
    )
    assert allowed.status_code == 200
    for asked in (NOVEMBER, NOVEMBER | {"library": "00000000-0000-7000-8000-0000000000ff"}):
        assert client.get(f"{BASE}/M10", query_string=asked, headers=headers).status_code == 403


def test_the_plain_number_answers_with_the_published_variant(client: FlaskClient) -> None:
    answer = client.get(f"{BASE}/M05", query_string=NOVEMBER, headers=bearer(**MANAGER))
    assert answer.json["metric"]["id"] == "M05b"


def test_every_reason_for_a_missing_number_has_words() -> None:
    reasons = {metric.definition.empty for metric in METRICS.values()} | {SUPPRESSED, NOT_MEASURED}
    assert reasons == set(REASONS)
    assert all(words.keys() == {"en", "zh-CN"} for words in REASONS.values())
