"""The names of faculties over HTTP."""

from collections.abc import Callable

from flask.testing import FlaskClient

API = "/api/gateway/v1/faculties"
LAW = {"code": "law", "name_zh": "法学院", "name_en": "Law"}
Bearer = Callable[..., dict[str, str]]


def test_staff_name_faculties_and_everybody_reads_the_names(
    client: FlaskClient, bearer: Bearer
) -> None:
    assert client.put(API, json=LAW, headers=bearer("staff")).status_code == 200
    renamed = LAW | {"name_en": "School of Law"}
    assert client.put(API, json=renamed, headers=bearer("admin")).get_json() == renamed
    assert client.get(API).get_json() == {"items": [renamed]}


def test_others_name_nothing(client: FlaskClient, bearer: Bearer) -> None:
    assert client.put(API, json=LAW).status_code == 401
    assert client.put(API, json=LAW, headers=bearer("manager")).status_code == 403
    nameless = client.put(API, json=LAW | {"name_zh": ""}, headers=bearer("staff"))
    assert nameless.status_code == 422
