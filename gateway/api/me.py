"""One's own account."""

from typing import Any

from marshmallow import fields, validate

from gateway.commands.change_account import change_language
from gateway.domain.account import Account
from gateway.domain.vocabulary import LANGUAGES
from gateway.parts import current_parts
from gateway.queries.accounts import account_by_id
from shared.web.blueprint import Blueprint
from shared.web.identity import current_identity, requires
from shared.web.schemas import StrictSchema

blueprint = Blueprint("me", __name__, url_prefix="/me")


class Words(fields.List[str]):
    """A set of words, told in order."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what a marshmallow field takes."""
        super().__init__(fields.String(), **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> list[str]:
        del attr, obj, kwargs
        return sorted(value)


class ProfileSchema(StrictSchema):
    """A person, as they may see themselves."""

    patron_id = fields.UUID(required=True)
    login = fields.String(required=True)
    number = fields.String(required=True, allow_none=True)
    family_name = fields.String(required=True)
    given_name = fields.String(required=True)
    display_name = fields.String(required=True)
    mail = fields.String(required=True, allow_none=True)
    roles = Words(required=True)
    patron_class = fields.String(required=True)
    faculty = fields.String(required=True)
    level = fields.String(required=True)
    study_year = fields.Integer(required=True, allow_none=True)
    language = fields.String(required=True)


class ProfileChangeSchema(StrictSchema):
    """What a person may change about themselves."""

    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))


@blueprint.route("", methods=["GET"])
@requires()
@blueprint.response(200, ProfileSchema)
def profile() -> Account:
    """Read one's own profile."""
    return account_by_id(current_parts().engine, current_identity().patron_id)


@blueprint.route("", methods=["PATCH"])
@requires()
@blueprint.arguments(ProfileChangeSchema)
@blueprint.response(200, ProfileSchema)
def change_profile(body: dict[str, Any]) -> Account:
    """Choose the language to be spoken to in."""
    parts = current_parts()
    patron_id = current_identity().patron_id
    return change_language(patron_id, body["language"], uow=parts.uow(), clock=parts.clock)
