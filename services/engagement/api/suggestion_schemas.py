"""The wire shape of suggestions: no author, only `mine`."""

from marshmallow import fields, validate

from services.engagement.domain.suggestion import (
    ANSWER_LENGTH,
    BODY_LENGTH,
    SPACE_KINDS,
    STAGES,
    SUBMITTED,
    TITLE_LENGTH,
)
from services.engagement.queries.suggestions import MINE
from shared.web.fields import FreeText, Identifier, UtcDateTime, WholeNumber
from shared.web.paging import PageArgs
from shared.web.schemas import StrictSchema

SORTS = ("newest", "support")


class SubmitSchema(StrictSchema):
    """What somebody wishes."""

    library_id = Identifier(required=True)
    space_kind = fields.String(required=True, validate=validate.OneOf(SPACE_KINDS))
    title = FreeText(least=3, most=TITLE_LENGTH, required=True)
    body = FreeText(most=BODY_LENGTH, load_default="")


class SuggestionSchema(StrictSchema):
    """A suggestion as everybody sees it."""

    id = Identifier()
    library_id = Identifier()
    space_kind = fields.String()
    title = fields.String()
    body = fields.String()
    status = fields.String(metadata={"enum": [SUBMITTED, *STAGES]})
    support_count = fields.Integer(metadata={"description": "Supporters besides the author."})
    submitted_at = UtcDateTime()
    mine = fields.Boolean()
    supported = fields.Boolean(metadata={"description": "By whoever asks."})
    followed = fields.Boolean(metadata={"description": "By whoever asks."})


class AnswerBodySchema(StrictSchema):
    """What the library says to a suggestion."""

    stage = fields.String(
        required=True,
        validate=validate.OneOf(STAGES),
        metadata={"description": "Where it stands now."},
    )
    text = FreeText(least=1, most=ANSWER_LENGTH, required=True)


class AnswerSchema(StrictSchema):
    """What the library has said; nobody's name."""

    id = Identifier()
    stage = fields.String(metadata={"enum": list(STAGES)})
    text = fields.String()
    answered_at = UtcDateTime()


class AnsweredSuggestionSchema(SuggestionSchema):
    """A suggestion with everything the library has said to it, the earliest first."""

    answers = fields.List(fields.Nested(AnswerSchema))


class LookAlikeSchema(SuggestionSchema):
    """A suggestion like the text asked about."""

    likeness = fields.Float(metadata={"description": "From 0 to 1."})


class LookAlikesSchema(StrictSchema):
    """The likest first."""

    items = fields.List(fields.Nested(LookAlikeSchema))


class SuggestionsArgs(PageArgs):
    """Which suggestions, in which order."""

    sort = fields.String(validate=validate.OneOf(SORTS), load_default="newest")
    library = Identifier()
    space_kind = fields.String(validate=validate.OneOf(SPACE_KINDS))
    mine = fields.String(
        validate=validate.OneOf(MINE),
        metadata={"description": "Only those whoever asks has made, supports or follows."},
    )


class LookAlikesArgs(StrictSchema):
    """The sentence somebody is about to suggest."""

    text = FreeText(
        least=2,
        most=TITLE_LENGTH + BODY_LENGTH,
        required=True,
        metadata={"description": "Best the title alone: a long text is like everything."},
    )
    library = Identifier()
    limit = WholeNumber(least=1, most=20, from_text=True, load_default=5)
