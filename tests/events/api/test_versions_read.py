"""Versions over HTTP: what is held is not sent again, and what was read may be changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.events.api.callers import ELSEWHERE, Callers
from tests.support.event_builders import ANN, BEN, ORGANIZER, TOMORROW

SAME_IN_304 = ("ETag", "Vary", "Cache-Control")
Read = Callable[..., TestResponse]


def reading_an_activity(callers: Callers) -> Read:
    activity = callers.published(title_en="Poems", title_zh="诗")
    return lambda **headers: callers.call("GET", f"/library-events/{activity}", **headers)


def reading_a_sign_up(callers: Callers) -> Read:
    signed_up = callers.sign_up(callers.published(), ANN).get_json()
    path = f"/registrations/{signed_up['id']}"
    return lambda **headers: callers.call("GET", path, ANN, **headers)


def reading_the_feed(callers: Callers) -> Read:
    callers.published(title_en="Poems", title_zh="诗")
    return lambda **headers: callers.call("GET", "/calendar.ics", **headers)


@pytest.mark.parametrize("what", [reading_an_activity, reading_a_sign_up, reading_the_feed])
def test_who_holds_the_answer_gets_304_with_the_headers_of_the_answer(
    callers: Callers, what: Callable[[Callers], Read]
) -> None:
    read = what(callers)
    for language in ("en", "zh-CN"):
        whole = read(Accept_Language=language)
        held = read(Accept_Language=language, If_None_Match=whole.headers["ETag"])
        assert (held.status_code, held.data) == (304, b"")
        assert whole.headers["Vary"] == "Accept-Language"
        for name in SAME_IN_304:
            assert held.headers.get(name) == whole.headers.get(name), name
        assert "Content-Type" not in held.headers  # what describes a body goes with a body


@pytest.mark.parametrize("what", [reading_an_activity, reading_a_sign_up, reading_the_feed])
def test_the_english_answer_is_not_the_chinese_one(
    callers: Callers, what: Callable[[Callers], Read]
) -> None:
    read = what(callers)
    english = read(Accept_Language="en")
    chinese = read(Accept_Language="zh-CN", If_None_Match=english.headers["ETag"])
    assert chinese.status_code == 200
    assert chinese.headers["ETag"] != english.headers["ETag"]


def test_a_place_taken_by_another_is_a_new_answer_of_the_same_version(callers: Callers) -> None:
    activity = callers.published(capacity=5)
    path = f"/library-events/{activity}"
    held = callers.organizer("GET", path).headers["ETag"]
    callers.sign_up(activity, BEN)
    assert callers.organizer("GET", path, If_None_Match=held).status_code == 200
    assert callers.organizer("PATCH", path, {"capacity": 6}, If_Match=held).status_code == 200
    assert callers.organizer("PATCH", path, {"capacity": 7}, If_Match=held).status_code == 412


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_was_read_in_one_language_is_changed_in_another(
    callers: Callers, language: str
) -> None:
    path = f"/library-events/{callers.published()}"
    as_organizer: dict[str, Any] = {"roles": ("organizer",), "Accept_Language": language}
    read = callers.call("GET", path, ORGANIZER, **as_organizer).headers["ETag"]
    assert callers.organizer("PATCH", path, {"capacity": 6}, If_Match=read).status_code == 200


def test_what_has_changed_says_its_new_version(callers: Callers) -> None:
    activity = callers.draft(**ELSEWHERE)["id"]
    path = f"/library-events/{activity}"
    for act in ("publish", "close"):
        done = callers.organizer("POST", f"{path}/{act}")
        assert done.status_code == 200, done.get_json()
        assert done.headers["ETag"] == callers.organizer("GET", path).headers["ETag"]
        callers.clock.set(TOMORROW + timedelta(hours=3))


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_answered_offer_says_its_new_version(callers: Callers, answer: str) -> None:
    activity = callers.published()
    ann, ben = (callers.sign_up(activity, who).get_json() for who in (ANN, BEN))
    assert callers.give_up(ann, ANN).status_code == 200
    done = callers.call("POST", f"/registrations/{ben['id']}/{answer}", BEN)
    assert done.status_code == 200, done.get_json()
    assert done.headers["ETag"] == callers.read(ben, BEN).headers["ETag"]
