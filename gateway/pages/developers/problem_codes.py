"""What a problem's `type` leads to: the code in words, and which services say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, render_template

from gateway.pages import services
from gateway.pages.admin.words import service_words
from gateway.pages.developers.names import SERVICES
from shared.web.problem_codes import listed

blueprint = Blueprint("problem_pages", __name__)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says in a service, or `everywhere` in the same words."""

    service: str
    everywhere: bool
    sentences: Mapping[str, str]


@blueprint.get("/problems/<problem>")
def problem(problem: str) -> str:
    """Show what a code means."""
    meanings = _meanings(problem)
    if not meanings:
        abort(404)
    return render_template(
        "developers/problem.html",
        problem=problem,
        meanings=meanings,
        names=service_words(),
        services=SERVICES,
    )


def codes_of(service: str) -> Sequence[Mapping[str, Any]]:
    """Return the codes of a service with their sentences, its own before those of all."""
    if service == current_app.extensions["atrium_service"]:
        found: Sequence[Mapping[str, Any]] = listed()
    else:
        found = services.problem_codes_of(service)
    return sorted(found, key=lambda one: (one["common"], one["code"]))


def _meanings(code: str) -> list[Meaning]:
    found: list[Meaning] = []
    for service in SERVICES:  # the gateway first: of what all share, nobody else need be asked
        found += [
            Meaning(service, one["common"], one["sentences"])
            for one in codes_of(service)
            if one["code"] == code
        ]
        if found and found[0].everywhere:
            break
    return found
