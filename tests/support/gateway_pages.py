"""Using the gateway's pages as a browser does."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.gateway_builders import PASSWORD


def form_token(page: TestResponse) -> str:
    """Return the token that makes a form of this page ours."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert found is not None, "the page has no form"
    return found[1]


def sign_in(
    client: FlaskClient,
    login: str = "xiaoming",
    password: str = PASSWORD,
    next: str = "/",  # noqa: A002 the form's own name
) -> TestResponse:
    """Fill in the sign-in form and send it."""
    token = form_token(client.get("/sign-in"))
    data = {"csrf_token": token, "login": login, "password": password, "next": next}
    return client.post("/sign-in", data=data)
