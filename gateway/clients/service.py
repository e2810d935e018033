"""One service's HTTP interface as pages use it: in the visitor's name, or a clear no."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from gateway.clients.public_answers import PublicAnswers
from shared.messaging.trace import current_traceparent
from shared.web.visitor import VISITOR

IN_FLIGHT = "idempotency_in_flight"
UNAUTHORIZED = 401
BEARER = "Bearer"
PAUSES = (0.1, 0.3, 0.6, 1.0)
"""Seconds a second tap waits for the answer to the first."""


class ServiceDown(Exception):
    """A service does not answer, or answers that it cannot; `name` says which."""

    def __init__(self, name: str) -> None:
        """Keep which service it is."""
        super().__init__(f"the {name} service does not answer")
        self.name = name


class Unrecognised(Exception):
    """A service does not know who asks: there is no token, or none it takes."""


class ApiProblem(Exception):
    """A service said no, and why (RFC 9457), in the visitor's language."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        """Keep the problem detail."""
        super().__init__(f"{status} {body.get('code', '')}")
        self.status = status
        self.code: str = str(body.get("code", ""))
        self.title: str = str(body.get("title", ""))
        self.detail: str = str(body.get("detail", ""))
        self.violations: list[Mapping[str, Any]] = list(body.get("violations", ()))
        self.body = body

    @property
    def messages(self) -> list[str]:
        """What to tell the visitor: every rule that said no, or the one sentence there is."""
        told = [str(violation["message"]) for violation in self.violations]
        return told or [self.detail or self.title]

    @property
    def page_status(self) -> int:
        """The status of the page that shows this beside its form."""
        return self.status if self.status in {403, 404, 409, 412, 422, 429} else 400


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer: its JSON (None when there is none), its version, and the text it came as."""

    body: Any
    etag: str | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A file a service hands out; `disposition` is how a browser is to take it."""

    content: bytes
    content_type: str
    disposition: str = "attachment"


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask a service. `key` makes a repetition harmless; `etag` names the version to change.

    Parameters that are None or empty are left out.
    """

    method: str
    path: str
    params: Mapping[str, Any] = field(default_factory=dict)
    json: Any = None
    key: str | None = None
    etag: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    """More of them, such as the key of a screen."""


@dataclass(frozen=True, slots=True)
class ServiceClient:
    """The way to one service for one visitor; `token` is None for a stranger.

    `visitor` is the signed statement of a stranger's address, None when nobody in particular asks.
    """

    name: str
    http: httpx.Client
    token: str | None
    language: str
    public: PublicAnswers = field(default_factory=PublicAnswers)
    visitor: str | None = None

    def get(self, path: str, **params: Any) -> Any:
        """Return the JSON at a path, not to be changed; raises ApiProblem, ServiceDown."""
        wanted = Request("GET", path, params)
        if self.token is not None:
            return self.ask(wanted).body
        question = (self.name, path, self.language, str(sorted(params.items())))
        return self.public.get(question, lambda: self.ask(wanted).body)

    def text(self, path: str, **params: Any) -> str:
        """Return what a path answers as text in UTF-8; raises ApiProblem, ServiceDown."""
        return self.file(path, **params).content.decode()

    def file(self, path: str, **params: Any) -> Download:
        """Return a file as the service hands it out; raises ApiProblem, ServiceDown."""
        response = self._answer(Request("GET", path, params))
        headers = response.headers
        return Download(
            response.content,
            headers.get("Content-Type", ""),
            headers.get("Content-Disposition", "attachment"),
        )

    def post(self, path: str, json: Any = None, *, key: str | None = None) -> Any:
        """Return the JSON a POST answers with; raises ApiProblem, ServiceDown."""
        return self.ask(Request("POST", path, json=json or {}, key=key)).body

    def ask(self, wanted: Request) -> Answer:
        """Return a good answer; raises ApiProblem for a no, ServiceDown for none at all.

        While an earlier request with the same key is at work, its answer is waited for.
        """
        for pause in PAUSES:
            try:
                return self._ask_once(wanted)
            except ApiProblem as problem:
                if problem.code != IN_FLIGHT:
                    raise
            time.sleep(pause)
        return self._ask_once(wanted)

    def _ask_once(self, wanted: Request) -> Answer:
        response = self._answer(wanted)
        return Answer(_json_of(response), response.headers.get("ETag"))

    def _answer(self, wanted: Request) -> httpx.Response:
        try:
            response = self.http.request(
                wanted.method,
                f"/api/{self.name}/v1{wanted.path}",
                params={
                    name: value
                    for name, value in wanted.params.items()
                    if value not in (None, "", [])
                },
                json=wanted.json,
                headers=self._headers(wanted),
            )
        except httpx.HTTPError as error:
            raise ServiceDown(self.name) from error
        if response.status_code >= 500:
            raise ServiceDown(self.name)
        if _does_not_know_who_asks(response):
            raise Unrecognised
        if response.status_code >= 400:
            raise ApiProblem(response.status_code, _json_of(response) or {})
        return response

    def _headers(self, wanted: Request) -> dict[str, str]:
        headers = {
            "Accept-Language": self.language,
            "Authorization": f"Bearer {self.token}" if self.token else "",
            VISITOR: self.visitor or "",
            "traceparent": current_traceparent() or "",
            "Idempotency-Key": wanted.key or "",
            "If-Match": wanted.etag or "",
            **wanted.headers,
        }
        return {name: value for name, value in headers.items() if value}


def _json_of(response: httpx.Response) -> Any:
    if not response.content or "json" not in response.headers.get("Content-Type", ""):
        return None
    try:
        return response.json()
    except ValueError as error:
        raise ServiceDown(response.url.path.split("/")[2]) from error


def _does_not_know_who_asks(response: httpx.Response) -> bool:
    """Return whether it is the visitor who is not taken, and not some other key that was sent."""
    challenge = response.headers.get("WWW-Authenticate", BEARER)
    return response.status_code == UNAUTHORIZED and challenge.startswith(BEARER)
