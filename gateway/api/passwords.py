"""Passwords kept here: one's own, and a first one for somebody else."""

from typing import Any
from uuid import UUID

from flask import request

from gateway.commands.change_password import (
    ChangePassword,
    ResetPassword,
    change_password,
    reset_password,
)
from gateway.domain import errors
from gateway.domain.account import LONGEST_PASSWORD, SHORTEST_PASSWORD
from gateway.parts import current_parts
from shared.web.blueprint import Blueprint
from shared.web.claims import Identity
from shared.web.fields import FreeText
from shared.web.identity import current_identity, requires
from shared.web.schemas import StrictSchema

blueprint = Blueprint("passwords", __name__, url_prefix="")


class FirstPasswordSchema(StrictSchema):
    """A password to have from now on."""

    password = FreeText(
        required=True,
        least=1,
        most=LONGEST_PASSWORD,
        metadata={"minLength": SHORTEST_PASSWORD},  # a short one is refused by its own code
    )


class NewPasswordSchema(FirstPasswordSchema):
    """A password to have from now on, and the present one."""

    present_password = FreeText(required=True, least=1, most=1000)


@blueprint.route("/me/password", methods=["PUT"])
@requires()
@blueprint.arguments(NewPasswordSchema)
@blueprint.response(204)
def set_own_password(body: dict[str, Any]) -> None:
    """Have another password; every browser is signed out. Not with a token that has scopes."""
    parts = current_parts()
    wanted = ChangePassword(
        patron_id=_person_at_the_keyboard().patron_id,
        present=body["present_password"],
        wanted=body["password"],
        address=request.remote_addr or "",
    )
    change_password(wanted, uow=parts.uow(), clock=parts.clock)


@blueprint.route("/accounts/<uuid:patron_id>/password", methods=["PUT"])
@requires("admin")
@blueprint.arguments(FirstPasswordSchema)
@blueprint.response(204)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def set_first_password(body: dict[str, Any], patron_id: UUID) -> None:
    """Give a person a password; their sessions end. Not with a token that has scopes."""
    parts = current_parts()
    wanted = ResetPassword(
        patron_id=patron_id,
        wanted=body["password"],
        reset_by=_person_at_the_keyboard().patron_id,
    )
    reset_password(wanted, uow=parts.uow(), clock=parts.clock)


def _person_at_the_keyboard() -> Identity:
    identity = current_identity()
    if identity.scopes:
        raise errors.PasswordsNotForPrograms
    return identity
