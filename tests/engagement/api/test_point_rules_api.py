"""Rules of points over HTTP: published for coming days, by administrators, never backwards."""

from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.engagement.stage import INSTITUTION, Stage
from tests.support.engagement_builders import Stay, at, person
from tests.support.tokens import bearer

RULES = "/api/engagement/v1/point-rules"
ADMIN = bearer(roles=("patron", "admin"))
CHECK_IN = {
    "code": "check_in",
    "valid_from": "2026-12-02",  # the library's calendar stands at the first of December
    "act_type": "checked_in",
    "amount": 7,
    "cap_per_day": 7,
    "name_zh": "冬季签到",
    "name_en": "Winter check-in",
}


def publish(client: FlaskClient, headers: dict[str, str] = ADMIN, **changed: Any) -> TestResponse:
    key = {"Idempotency-Key": str(uuid4())}
    return client.post(RULES, json=CHECK_IN | changed, headers=headers | key)


def balance(stage: Stage, who: int) -> int:
    return stage.balances().get(INSTITUTION.pseudonyms.of(person(who)), 0)


def test_a_new_version_holds_from_its_day_on_and_what_was_earned_stays(
    client: FlaskClient, stage: Stage
) -> None:
    stage.tell(Stay(1, who=1, starts_at=at(10, day=2)).checked_in())
    published = publish(client)
    assert (published.status_code, published.json["version"]) == (201, 2)
    assert (published.json["name"], published.json["in_force"]) == ("Winter check-in", False)
    assert balance(stage, 1) == 2
    stage.tell(Stay(2, who=1, starts_at=at(10, day=3)).checked_in())  # November: the first version
    assert balance(stage, 1) == 4
    december = at(10).replace(month=12)
    for number, day in ((3, 2), (4, 2)):
        starts_at = december.replace(day=day, hour=december.hour + number)
        stage.tell(Stay(number, who=1, starts_at=starts_at).checked_in())
    assert balance(stage, 1) == 11  # once seven: the cap


def test_the_version_in_force_is_told_from_the_coming_one(client: FlaskClient) -> None:
    publish(client)
    publish(client, code="cultural", condition={"space_kind": ["cultural"]})
    rules = client.get(RULES, headers=bearer()).json["items"]
    mine = {(rule["code"], rule["version"]): rule for rule in rules}
    assert mine["check_in", 1]["in_force"]
    assert not mine["check_in", 2]["in_force"]
    assert not mine["cultural", 1]["in_force"]
    assert mine["cultural", 1]["condition"] == {"space_kind": ["cultural"]}


def test_a_condition_keeps_other_acts_from_earning(client: FlaskClient, stage: Stage) -> None:
    assert publish(client, condition={"space_kind": ["creative"]}).status_code == 201
    in_december = at(10).replace(month=12, day=4)
    stage.tell(Stay(1, who=1, starts_at=in_december).checked_in())  # a learning space
    assert balance(stage, 1) == 0


def test_what_cannot_be_is_refused_by_name(client: FlaskClient) -> None:
    for changed, status, code in (
        ({"valid_from": "2026-12-01"}, 422, "rule_begins_too_soon"),
        ({"cap_per_day": 6}, 422, "rule_cap_below_amount"),
        ({"act_type": "attended"}, 409, "rule_of_other_acts"),
        ({"amount": -1}, 422, "invalid_input"),
        ({"amount": 1001}, 422, "invalid_input"),
        ({"act_type": "voted"}, 422, "invalid_input"),
        ({"code": "Check In"}, 422, "invalid_input"),
        ({"condition": {"space_kind": []}}, 422, "invalid_input"),
        ({"condition": {"faculty": ["law"]}}, 422, "invalid_input"),
    ):
        answer = publish(client, **changed)
        assert (answer.status_code, answer.json["code"]) == (status, code), changed
    assert len(client.get(RULES, headers=bearer()).json["items"]) == 4


def test_a_rule_is_ended_by_a_version_that_gives_nothing(client: FlaskClient, stage: Stage) -> None:
    assert publish(client, amount=0, cap_per_day=None).status_code == 201
    stage.tell(Stay(1, who=1, starts_at=at(10).replace(month=12, day=4)).checked_in())
    assert balance(stage, 1) == 0


def test_only_administrators_publish(client: FlaskClient) -> None:
    for roles in (("patron",), ("patron", "staff"), ("patron", "manager")):
        assert publish(client, bearer(roles=roles)).status_code == 403


def test_the_same_request_again_publishes_once(client: FlaskClient) -> None:
    key = ADMIN | {"Idempotency-Key": "once"}
    first = client.post(RULES, json=CHECK_IN, headers=key)
    again = client.post(RULES, json=CHECK_IN, headers=key)
    assert (again.data, again.headers["Idempotency-Replayed"]) == (first.data, "true")
    assert len(client.get(RULES, headers=bearer()).json["items"]) == 5
