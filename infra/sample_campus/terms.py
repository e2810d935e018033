"""The invented library's calendar of terms."""

from infra.sample_campus import layout
from infra.sample_campus.hands import Hands
from infra.sample_campus.places import library_id
from services.engagement.commands.keep_terms import PutTerm, put_term
from services.engagement.domain.term import Term


def keep_terms(hands: Hands) -> int:
    """Keep every term; return how many."""
    campus = layout.campus()
    for record in campus["terms"]:
        term = Term(
            library_id=library_id(campus["library"]["code"]),
            code=record["code"],
            name_zh=record["zh"],
            name_en=record["en"],
            first_day=record["from"],
            last_day=record["to"],
        )
        put_term(PutTerm(term), uow=hands.engaging()["uow"])
    return len(campus["terms"])
