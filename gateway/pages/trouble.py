"""Every error a visitor can meet, as a page that says what happened and where to go on."""

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from gateway.clients.service import ApiProblem, ServiceDown, Unrecognised
from gateway.pages import unsent_answers, visitor

SIMPLE = {403, 404, 405, 413, 429, 503}


def register_troubles(app: Flask) -> None:
    """Answer what only pages can meet."""
    app.register_error_handler(CSRFError, unsent_answers.form_too_old)
    app.register_error_handler(visitor.SignedOut, unsent_answers.signed_out)
    app.register_error_handler(ServiceDown, service_down)
    app.register_error_handler(Unrecognised, unsent_answers.unrecognised)
    app.register_error_handler(ApiProblem, api_problem)


def page_error(_error: Exception, status: int) -> ResponseReturnValue:
    """Return the page for an error outside the API; `status` is what the error deserves."""
    if status == 401:
        is_form = request.method == "POST"
        return unsent_answers.signed_out(visitor.SignedOut()) if is_form else visitor.to_sign_in()
    if status >= 500:
        g.setdefault("account", None)  # the database may be what is away: do not ask it again
    kind = status if status in SIMPLE else 500 if status >= 500 else 400
    return render_template("trouble.html", kind=str(kind)), status


def service_down(_error: ServiceDown) -> ResponseReturnValue:
    """Say that a part of the house is closed just now; the rest works, and no words are lost."""
    if (again := unsent_answers.service_down()) is not None:
        return again
    return render_template("trouble.html", kind="503"), 503, {"Retry-After": "5"}


def api_problem(problem: ApiProblem) -> ResponseReturnValue:
    """Show a service's no in its own words, where no form is at hand to show it beside."""
    return render_template("trouble.html", kind="problem", problem=problem), problem.page_status
