"""Points over HTTP: one's own, each entry with its rule and its message."""

from flask.testing import FlaskClient

from tests.engagement.stage import Stage
from tests.support.engagement_builders import Stay, Talk, at, person
from tests.support.tokens import bearer

BASE = "/api/engagement/v1"


def test_an_entry_names_its_rule_and_the_message_it_came_from(
    client: FlaskClient, stage: Stage
) -> None:
    said = stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    mine = client.get(f"{BASE}/my/points", headers=bearer(person(1))).json
    assert (mine["balance"], mine["opted_out"]) == (2, False)
    (entry,) = mine["items"]
    assert (entry["rule_code"], entry["rule_version"]) == ("check_in", 1)
    assert (entry["source"], entry["source_message_id"]) == (said[1].source, str(said[1].id))
    assert entry["rule_name"] == "Check-in"
    assert entry["occurred_at"] < entry["at"]  # entered later than it happened


def test_nobody_sees_anothers_points(client: FlaskClient, stage: Stage) -> None:
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    theirs = client.get(f"{BASE}/my/points", headers=bearer(person(2))).json
    assert (theirs["balance"], theirs["items"]) == (0, [])
    assert client.get(f"{BASE}/my/points").status_code == 401


def test_a_void_entry_names_what_it_takes_back(client: FlaskClient, stage: Stage) -> None:
    talk = Talk(1, starts_at=at(15))
    stage.tell(talk.attended(1))
    stage.tell(talk.voided(1))
    mine = client.get(f"{BASE}/my/points", headers=bearer(person(1))).json
    void, award = mine["items"]
    assert (void["points"], award["points"], mine["balance"]) == (-5, 5, 0)
    assert void["voids_entry_id"] == award["id"]


def test_entries_are_paged_newest_first(client: FlaskClient, stage: Stage) -> None:
    for day in range(2, 7):
        stage.tell(Stay(day, who=1, starts_at=at(10, day=day)).checked_in())
    first = client.get(f"{BASE}/my/points?limit=3", headers=bearer(person(1))).json
    rest = client.get(
        f"{BASE}/my/points",
        query_string={"limit": 3, "cursor": first["next_cursor"]},
        headers=bearer(person(1)),
    ).json
    ids = [entry["id"] for entry in first["items"] + rest["items"]]
    assert len(ids) == 5
    assert ids == sorted(ids, reverse=True)
    assert rest["next_cursor"] is None


def test_a_person_opts_out_and_back_in(client: FlaskClient, stage: Stage) -> None:
    path = f"{BASE}/my/points/choice"
    answer = client.put(path, json={"opted_out": True}, headers=bearer(person(1)))
    assert answer.json == {"opted_out": True}
    stage.tell(Stay(1, who=1, starts_at=at(10)).checked_in())
    mine = client.get(f"{BASE}/my/points", headers=bearer(person(1))).json
    assert (mine["opted_out"], mine["balance"]) == (True, 0)
    client.put(path, json={"opted_out": False}, headers=bearer(person(1)))
    assert client.get(f"{BASE}/my/points", headers=bearer(person(1))).json["opted_out"] is False


def test_everybody_can_read_the_rules(client: FlaskClient) -> None:
    rules = client.get(f"{BASE}/point-rules", headers=bearer()).json["items"]
    assert {rule["code"]: rule["amount"] for rule in rules} == {
        "attended": 5,
        "check_in": 2,
        "suggestion": 3,
        "support": 1,
    }
    assert all(rule["cap_per_day"] for rule in rules)
