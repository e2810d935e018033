"""Every code a service may say no with, and its sentences: what programs are written against."""

from typing import Any

from flask import current_app
from marshmallow import fields

from shared.web.blueprint import Blueprint
from shared.web.language import CHINESE
from shared.web.schemas import StrictSchema
from shared.web.wording import COMMON, Wording

KEPT_SECONDS = 3600
_BRACES = "What stands in braces is a member of the problem's `numbers`."
_CACHE = {
    "Cache-Control": {
        "description": "How long the list may be kept.",
        "schema": {"type": "string", "example": f"public, max-age={KEPT_SECONDS}"},
    }
}


class SentencesSchema(StrictSchema):
    """One sentence in each language."""

    en = fields.String(required=True, metadata={"description": f"In English. {_BRACES}"})
    zh_cn = fields.String(
        required=True,
        data_key=CHINESE,
        attribute=CHINESE,
        metadata={"description": "The same in Chinese."},
    )


class ProblemCodeSchema(StrictSchema):
    """A code, as problems and their violations carry it; other answers may give it as a reason."""

    code = fields.String(
        required=True, metadata={"description": "Stable, for programs.", "example": "not_found"}
    )
    common = fields.Boolean(
        required=True, metadata={"description": "Whether every service uses it and means the same."}
    )
    sentences = fields.Nested(SentencesSchema, required=True)


class ProblemCodesSchema(StrictSchema):
    """All codes of a service, by name."""

    items = fields.List(fields.Nested(ProblemCodeSchema), required=True)


def problem_codes_blueprint() -> Blueprint:
    """Return the operation `GET /problems`: for everybody, the same in every language."""
    blueprint = Blueprint("problem_codes", __name__, url_prefix="/problems")
    answered = blueprint.response(200, ProblemCodesSchema, headers=_CACHE)(list_codes)
    blueprint.route("")(answered)
    return blueprint


def list_codes() -> tuple[dict[str, Any], int, dict[str, str]]:
    """List every code this service may say no with, and what it says then in each language."""
    return {"items": listed()}, 200, {"Cache-Control": f"public, max-age={KEPT_SECONDS}"}


def listed() -> list[dict[str, Any]]:
    """Return the codes of this app as they go out."""
    own: Wording = current_app.extensions["atrium_codes"]
    return [
        {"code": code, "common": code not in own, "sentences": sentences}
        for code, sentences in sorted({**COMMON, **own}.items())
    ]
