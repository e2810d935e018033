"""A library's calendar of terms: everybody reads it, staff and managers keep it."""

from typing import Any
from uuid import UUID

from services.engagement.api.parts import FIGURE_READERS, check_library, current_parts
from services.engagement.api.reasons import in_language
from services.engagement.api.term_schemas import TermBodySchema, TermsArgs, TermSchema, TermsSchema
from services.engagement.commands.keep_terms import DropTerm, PutTerm, drop_term, put_term
from services.engagement.domain.term import Term
from services.engagement.queries.terms import terms_of
from shared.web.blueprint import Blueprint
from shared.web.identity import requires

blueprint = Blueprint("terms", __name__, url_prefix="/terms")


@blueprint.route("")
@requires()
@blueprint.arguments(TermsArgs, location="query")
@blueprint.response(200, TermsSchema)
def list_terms(args: dict[str, Any]) -> dict[str, Any]:
    """List a library's terms, the earliest first."""
    with current_parts().reading() as connection:
        return {"items": [_shown(term) for term in terms_of(connection, args["library"])]}


@blueprint.route("/<uuid:library_id>/<string:code>", methods=["PUT"])
@requires(*FIGURE_READERS)
@blueprint.arguments(TermBodySchema)
@blueprint.response(200, TermSchema)
@blueprint.alt_response(409, response="CONFLICT")
def put(body: dict[str, Any], library_id: UUID, code: str) -> dict[str, Any]:
    """Keep a term: from a Monday to a Sunday, apart from the library's other terms."""
    check_library(library_id)
    term = Term(library_id=library_id, code=code, **body)
    put_term(PutTerm(term), uow=current_parts().uow())
    return _shown(term)


@blueprint.route("/<uuid:library_id>/<string:code>", methods=["DELETE"])
@requires(*FIGURE_READERS)
@blueprint.response(204)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(422, response="UNPROCESSABLE_ENTITY")
def drop(library_id: UUID, code: str) -> None:
    """Forget a term; figures stay as they are."""
    check_library(library_id)
    drop_term(DropTerm(library_id=library_id, code=code), uow=current_parts().uow())


def _shown(term: Term) -> dict[str, Any]:
    words = {
        "library_id": term.library_id,
        "code": term.code,
        "name_zh": term.name_zh,
        "name_en": term.name_en,
        "from": term.first_day,
        "to": term.last_day,
    }
    return in_language(words, "name")
