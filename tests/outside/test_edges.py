"""Requests that no form and no program of good will sends, at every operation and every page."""

import json

import pytest
from werkzeug.test import TestResponse

from shared.web.problems import CONTENT_TYPE
from tests.outside.good_requests import GoodRequest, good_request
from tests.outside.operations import Operation, names, operations, pages
from tests.outside.town import STRANGER, Town

JSON = tuple(operation for operation in operations() if operation.takes_json)
DEEP = 100_000
SERVICES = ("booking", "events", "engagement", "gateway")


def nested(brackets: str) -> bytes:
    return brackets.encode() * DEEP


BODIES = {
    "too large": b'{"a": "' + b"x" * (2 * 1024 * 1024) + b'"}',
    "deep lists": nested("["),
    "deep lists closed": b"[" * DEEP + b"]" * DEEP,
    "deep objects": nested('{"a":'),
    "a huge whole number": b'{"a": ' + b"9" * 100_000 + b"}",
    "a huge exponent": b'{"a": 1e999999999}',
    "a name twice": b'{"a": 1, "a": 2}',
    "not UTF-8": b'{"a": "\xff\xfe\xfd"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "nothing": b"",
    "a string": b'"text"',
    "null": b"null",
}
MEDIA_TYPES = [
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-16",
    "nonsense",
    "",
]
HEADERS = {
    "a very long header": {"X-Long": "x" * 60_000},
    "a very long key": {"Idempotency-Key": "k" * 5000},
    "a key that is not ASCII": {"Idempotency-Key": "schlüssel"},
    "a long version": {"If-Match": '"' + "v" * 5000 + '"'},
    "many versions": {"If-Match": ", ".join(f'"{n}"' for n in range(2000))},
    "a broken version": {"If-Match": '"', "If-None-Match": 'W/"'},
    "no such language": {"Accept-Language": "xx;q=abc, *;q=, zh-;;"},
    "nothing is accepted": {"Accept": "image/png;q=0"},
    "a broken token": {"Authorization": "Bearer " + "a.b.c" * 500},
    "a token that is not ASCII": {"Authorization": "Bearer 令牌".encode().decode("latin-1")},
    "another scheme": {"Authorization": "Basic Og=="},
    "a broken trace": {"traceparent": "00-zz-zz-00", "X-Request-Id": "\x7f" * 100},
    "a broken range": {"Range": "bytes=9-1,x", "If-Modified-Since": "yesterday"},
}
QUERIES = ["a=1", "a", "&&&", "=", "%", "%zz", "%00", "limit=%00", "limit=1&limit=2", "cursor=%ff"]


def assert_refused_well(answer: TestResponse, what: str) -> None:
    assert answer.status_code < 500, (what, answer.data[:500])
    assert b"Traceback" not in answer.data, what
    if answer.status_code >= 400:
        assert answer.content_type == CONTENT_TYPE, (what, answer.content_type)
        assert json.loads(answer.text)["code"], what


@pytest.mark.parametrize("operation", JSON, ids=names(JSON))
def test_a_body_out_of_all_measure_is_refused(town: Town, operation: Operation) -> None:
    request = good_request(town, operation)
    for what, body in BODIES.items():
        answer = request.send(town, data=body, content_type="application/json")
        assert_refused_well(answer, what)
        if what == "too large":
            assert answer.status_code == 413
        town.undo()


@pytest.mark.parametrize("operation", JSON, ids=names(JSON))
def test_a_body_of_another_media_type_is_refused(town: Town, operation: Operation) -> None:
    request = good_request(town, operation)
    for media_type in MEDIA_TYPES:
        answer = request.send(town, data=json.dumps(request.body), content_type=media_type)
        assert_refused_well(answer, media_type)
        assert answer.status_code == 415, media_type
        town.undo()


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_odd_headers_and_queries_are_answered(town: Town, operation: Operation) -> None:
    request = good_request(town, operation)
    for what, headers in HEADERS.items():
        assert_refused_well(request.send(town, headers=headers), what)
        town.undo()
    for query in QUERIES:
        answer = request.send(town, query_string=query)
        assert_refused_well(answer, query)
        town.undo()


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_what_is_no_id_leads_nowhere(town: Town, operation: Operation) -> None:
    request = good_request(town, operation)
    for name in operation.path_names:
        for odd in ("%00", "..", "%2F", "a%2Fb", "%ff", "0" * 3000, "😀", "-1", "' OR 1=1"):
            value = town.ids.get(name, "")
            spoilt = GoodRequest(**{**vars(request), "path": request.path.replace(value, odd)})
            assert_refused_well(spoilt.send(town), f"{name}={odd}")
            town.undo()


@pytest.mark.parametrize("operation", operations(), ids=names(operations()))
def test_other_methods_are_answered_as_http_wants_it(town: Town, operation: Operation) -> None:
    request = good_request(town, operation)
    for method in ("HEAD", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "GET", "DELETE", "get"):
        answer = town.ask(request.by, method, request.path)
        assert answer.status_code < 500, (method, answer.data[:300])
        if answer.status_code == 405:
            assert answer.headers["Allow"], method
        if method == "TRACE":
            assert answer.status_code == 405
        if method == "HEAD":
            assert answer.data == b""
        town.undo()


@pytest.mark.parametrize("service", SERVICES)
def test_paths_that_lead_nowhere_say_so(town: Town, service: str) -> None:
    for rest in ("", "/", "/nothing", "/%00", "/..%2f..%2fetc/passwd", "/" + "x" * 8000, "/%ff"):
        for method in ("GET", "POST", "TRACE"):
            answer = town.ask("admin", method, f"/api/{service}/v1{rest}")
            assert_refused_well(answer, rest)
            assert answer.status_code in {404, 405}, rest


@pytest.mark.parametrize("page", pages())
def test_pages_bear_odd_queries(town: Town, page: str) -> None:
    path = page.replace("{filename}", "css/base.css")
    for name, value in town.ids.items():
        path = path.replace(f"{{{name}}}", value)
    for query in (*QUERIES, "day=x&minutes=-1&party=999999999999999999999", "day=9999-99-99"):
        for who in ("admin", STRANGER):
            answer = town.browser(who).get(path, query_string=query, **town.somewhere())
            assert answer.status_code < 500, (page, query, who, answer.data[-500:])
            answer.close()  # a file of ours is open until then
            town.undo()
