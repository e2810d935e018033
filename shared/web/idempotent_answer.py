"""One effect and one answer per Idempotency-Key, however often and however many at once ask."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, current_app, g, request
from sqlalchemy import Connection

from shared.kernel.clock import Clock
from shared.kernel.refusal import Refusal
from shared.persistence.transactions import JoinedTransactions
from shared.web import idempotency_store as store
from shared.web.idempotency_store import KeyName, StoredAnswer
from shared.web.problems import HttpProblem, from_refusal

_KEPT_HEADERS = ("Content-Type", "Content-Language", "Vary", "Location", "ETag")


def answer_once(name: KeyName, view: Callable[[], Any]) -> Response:
    """Return the view's answer, or the one kept under this name; raises HttpProblem 409 and 422."""
    fingerprint = _fingerprint()
    with current_app.extensions["atrium_engine"].connect() as connection:
        held, stored = store.find(connection, name)
        if stored is None and not held:
            raise _in_flight()
        if stored is None:
            # The key's lock goes as well; two at once are then told apart when the answer is kept.
            joined = JoinedTransactions(connection, connection.rollback)
            with _joining(joined):
                answer = _answer_of(view)
            if answer.status_code >= 500 or _kept(joined, name, fingerprint, answer):
                return answer
            _, stored = store.find(connection, name)
        return _replay(stored, fingerprint)


@contextmanager
def _joining(joined: JoinedTransactions) -> Iterator[None]:
    g.joined_transactions = joined
    try:
        yield
    finally:
        g.joined_transactions = None


def _answer_of(view: Callable[[], Any]) -> Response:
    try:
        answer = view()
    except Refusal as refusal:
        return from_refusal(refusal)
    if not isinstance(answer, Response):
        msg = "@idempotent goes above @blueprint.response: it keeps the finished answer"
        raise TypeError(msg)
    return answer


def _kept(joined: JoinedTransactions, name: KeyName, fingerprint: bytes, answer: Response) -> bool:
    """Commit effect and answer together; False, and nothing done, when another was quicker."""
    connection: Connection = joined.connection
    clock: Clock = current_app.extensions["atrium_clock"]
    headers = {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers}
    stored = StoredAnswer(fingerprint, answer.status_code, headers, answer.get_data())
    if not joined.committed:
        connection.rollback()  # what was done was not meant to last
    if store.keep(connection, name, stored, now=clock.now()):
        connection.commit()
        return True
    connection.rollback()
    return False


def _replay(stored: StoredAnswer | None, fingerprint: bytes) -> Response:
    if stored is None:
        raise _in_flight()
    if stored.fingerprint != fingerprint:
        raise HttpProblem("idempotency_key_reused", 422)
    answer = Response(stored.body, status=stored.status, headers=dict(stored.headers))
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def _in_flight() -> HttpProblem:
    return HttpProblem("idempotency_in_flight", 409, headers={"Retry-After": "1"})


def _fingerprint() -> bytes:
    told = hashlib.blake2b(digest_size=16)
    told.update(f"{request.method} {request.full_path}\n".encode("utf-8", "surrogateescape"))
    told.update(request.get_data(cache=True))
    return told.digest()
