"""Accounts, for administrators: find, create, give roles."""

from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from gateway.api.me import ProfileSchema
from gateway.commands.change_account import (
    ChangeActive,
    ChangeRoles,
    change_active,
    change_roles,
)
from gateway.commands.create_account import CreateAccount, create_account
from gateway.domain import vocabulary
from gateway.domain.account import (
    LONGEST_MAIL,
    LONGEST_PASSWORD,
    LONGEST_TEXT,
    SHORTEST_PASSWORD,
    Account,
)
from gateway.parts import current_parts
from gateway.queries.accounts import AccountSearch, account_by_id, find_accounts
from shared.web.blueprint import Blueprint
from shared.web.etags import check_if_match, conditional, etag_of, tag, tagged
from shared.web.fields import FreeText, Identifier, WholeNumber, YesNo
from shared.web.identity import current_identity, requires
from shared.web.paging import PageArgs, make_cursor, page, page_of, read_cursor
from shared.web.schemas import StrictSchema

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


class RolesSchema(StrictSchema):
    """What a person may do, and where."""

    roles = fields.List(
        fields.String(validate=validate.OneOf(vocabulary.ROLES)),
        required=True,
        validate=validate.Length(max=len(vocabulary.ROLES)),
    )
    libraries = fields.List(
        Identifier(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=200),
        metadata={"description": "Where the roles hold; null or left out: everywhere."},
    )


class NewAccountSchema(RolesSchema):
    """A person to be given an account."""

    roles = fields.List(
        fields.String(validate=validate.OneOf(vocabulary.ROLES)),
        load_default=["patron"],
        validate=validate.Length(max=len(vocabulary.ROLES)),
    )
    login = FreeText(required=True, least=1, most=LONGEST_TEXT)
    password = FreeText(
        least=1,
        most=LONGEST_PASSWORD,
        load_default=None,
        metadata={"minLength": SHORTEST_PASSWORD},  # a short one is refused by its own code
    )
    number = FreeText(least=1, most=LONGEST_TEXT, load_default=None)
    family_name = FreeText(required=True, least=1, most=LONGEST_TEXT)
    given_name = FreeText(most=LONGEST_TEXT, load_default="")
    name_order = fields.String(validate=validate.OneOf(vocabulary.NAME_ORDERS), load_default=None)
    mail = FreeText(least=3, most=LONGEST_MAIL, load_default=None)
    faculty = FreeText(most=LONGEST_TEXT, load_default="")
    level = fields.String(
        validate=validate.OneOf(vocabulary.LEVELS),
        load_default="staff",
        metadata={"example": "bachelor"},
    )
    patron_class = fields.String(
        validate=validate.OneOf(vocabulary.PATRON_CLASSES), load_default=None
    )
    study_year = WholeNumber(least=1, most=12, load_default=None)
    language = fields.String(validate=validate.OneOf(vocabulary.LANGUAGES), load_default="zh-CN")


class AccountSchema(ProfileSchema):
    """An account as administrators see it."""

    libraries = fields.List(fields.UUID(), required=True, allow_none=True)
    active = fields.Boolean(required=True)
    version = fields.Integer(required=True)


class AccountSearchArgs(PageArgs):
    """What to look for."""

    q = FreeText(
        most=LONGEST_TEXT,
        load_default="",
        metadata={"description": "Part of a name, a login, a number or a mail address."},
    )
    role = fields.String(validate=validate.OneOf(vocabulary.ROLES), load_default=None)
    active = YesNo(from_text=True, load_default=None)


class ActiveSchema(StrictSchema):
    """Whether an account is open."""

    active = YesNo(required=True)


@blueprint.route("", methods=["GET"])
@requires("admin")
@blueprint.arguments(AccountSearchArgs, location="query")
@blueprint.response(200, page_of(AccountSchema))
def list_accounts(args: dict[str, Any]) -> dict[str, Any]:
    """Find accounts."""
    place = read_cursor(args.get("cursor"), UUID)
    limit = args["limit"]
    found = find_accounts(
        current_parts().engine,
        AccountSearch(text=args["q"], role=args["role"], active=args["active"]),
        after=place[0] if place else None,
        limit=limit + 1,
    )
    more = len(found) > limit
    items = found[:limit]
    return page(items, make_cursor(items[-1].patron_id) if more else None)


@blueprint.route("", methods=["POST"])
@requires("admin")
@blueprint.arguments(NewAccountSchema)
@blueprint.response(201, AccountSchema)
@blueprint.alt_response(409, response="CONFLICT")
def new_account(body: dict[str, Any]) -> Account:
    """Give a person an account; without a password they cannot sign in here yet."""
    parts = current_parts()
    libraries = body.pop("libraries")
    wanted = CreateAccount(
        **{**body, "roles": frozenset(body["roles"])},
        libraries=None if libraries is None else frozenset(libraries),
    )
    return create_account(wanted, uow=parts.uow(), clock=parts.clock)


@blueprint.route("/<uuid:patron_id>", methods=["GET"])
@requires("admin")
@tagged
@blueprint.response(200, AccountSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def one_account(patron_id: UUID) -> Account:
    """Read an account."""
    account = account_by_id(current_parts().engine, patron_id)
    tag(etag_of(account.patron_id, account.version))
    return account


@blueprint.route("/<uuid:patron_id>/roles", methods=["PUT"])
@requires("admin")
@conditional
@blueprint.arguments(RolesSchema)
@blueprint.response(200, AccountSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def set_roles(body: dict[str, Any], patron_id: UUID) -> Account:
    """Say what a person may do from now on; their sessions end."""
    parts = current_parts()
    present = account_by_id(parts.engine, patron_id)
    check_if_match(etag_of(patron_id, present.version))
    libraries = body["libraries"]
    wanted = ChangeRoles(
        patron_id=patron_id,
        roles=frozenset(body["roles"]),
        libraries=None if libraries is None else frozenset(libraries),
        changed_by=current_identity().patron_id,
        expected_version=present.version,
    )
    account = change_roles(wanted, uow=parts.uow(), clock=parts.clock)
    tag(etag_of(patron_id, account.version))
    return account


@blueprint.route("/<uuid:patron_id>/active", methods=["PUT"])
@requires("admin")
@conditional
@blueprint.arguments(ActiveSchema)
@blueprint.response(200, AccountSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def set_active(body: dict[str, Any], patron_id: UUID) -> Account:
    """Open or close an account; who is closed out loses every session at once."""
    parts = current_parts()
    present = account_by_id(parts.engine, patron_id)
    check_if_match(etag_of(patron_id, present.version))
    wanted = ChangeActive(
        patron_id=patron_id,
        active=body["active"],
        changed_by=current_identity().patron_id,
        expected_version=present.version,
    )
    account = change_active(wanted, uow=parts.uow(), clock=parts.clock)
    tag(etag_of(patron_id, account.version))
    return account
