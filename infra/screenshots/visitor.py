"""Somebody who looks at the running platform: signs in like a person, by the form."""

import re

import httpx

from infra.sample_campus.demo_logins import PASSWORD

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
TIMEOUT_SECONDS = 60.0


def sign_in(
    base_url: str, login: str | None, language: str = "en", password: str = PASSWORD
) -> httpx.Client:
    """Return a client with a session, in a language; `login` None is a stranger."""
    client = httpx.Client(base_url=base_url, timeout=TIMEOUT_SECONDS, follow_redirects=True)
    if login is not None:
        form = {"login": login, "password": password, "next": "/"}
        answer = _send(client, "/sign-in", form)
        if answer.url.path == "/sign-in":
            raise RuntimeError(f"{login} could not sign in at {base_url}")
    _send(client, "/settings", {"language": language, "theme": "auto"})
    return client


def _send(client: httpx.Client, address: str, form: dict[str, str]) -> httpx.Response:
    token = TOKEN.search(client.get(address).text)
    if token is None:
        raise RuntimeError(f"there is no form at {address}")
    answer = client.post(address, data={**form, "csrf_token": token[1]})
    answer.raise_for_status()
    return answer
