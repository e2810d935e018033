"""Outgoing mail, for administrators: what is stuck, and why; try it anew."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from gateway.commands.change_notices import retry_mail
from gateway.domain.mail import Status
from gateway.domain.notice import Kind
from gateway.parts import current_parts
from gateway.queries.notices import mails, one_mail
from shared.web.blueprint import Blueprint
from shared.web.fields import UtcDateTime
from shared.web.identity import requires
from shared.web.paging import PageArgs, make_cursor, page, page_of, read_cursor
from shared.web.schemas import StrictSchema

blueprint = Blueprint("mails", __name__, url_prefix="/mails")
STATUSES = tuple(status.value for status in Status)


class MailSchema(StrictSchema):
    """One outgoing mail; whose it is stands in `patron_id`, the address with the account."""

    notice_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in Kind]))
    patron_id = fields.UUID(required=True)
    subject_id = fields.UUID(
        required=True, metadata={"description": "The reservation or the activity."}
    )
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    attempts = fields.Integer(required=True)
    reason = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The server's last answer, or why the mail was not sent."},
    )
    created_at = UtcDateTime(required=True)
    next_attempt_at = UtcDateTime(required=True)
    done_at = UtcDateTime(required=True, allow_none=True)


class MailArgs(PageArgs):
    """Which mails."""

    status = fields.String(validate=validate.OneOf(STATUSES), load_default=None)


@blueprint.route("", methods=["GET"])
@requires("admin")
@blueprint.arguments(MailArgs, location="query")
@blueprint.response(200, page_of(MailSchema))
def list_mails(args: dict[str, Any]) -> dict[str, Any]:
    """List outgoing mails, newest first."""
    place = read_cursor(args.get("cursor"), UUID)
    limit = args["limit"]
    before = place[0] if place else None
    found = mails(current_parts().engine, status=args["status"], before=before, limit=limit + 1)
    items = found[:limit]
    more = len(found) > limit
    return page(items, make_cursor(items[-1]["notice_id"]) if more else None)


@blueprint.route("/<uuid:notice_id>", methods=["GET"])
@requires("admin")
@blueprint.response(200, MailSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def read_mail(notice_id: UUID) -> Mapping[str, Any]:
    """Read how a mail stands."""
    return one_mail(current_parts().engine, notice_id)


@blueprint.route("/<uuid:notice_id>/retry", methods=["POST"])
@requires("admin")
@blueprint.response(200, MailSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
@blueprint.alt_response(409, response="CONFLICT")
def retry(notice_id: UUID) -> Mapping[str, Any]:
    """Try a parked mail anew, at once."""
    parts = current_parts()
    retry_mail(notice_id, uow=parts.notice_uow(), clock=parts.clock)
    return one_mail(parts.engine, notice_id)
