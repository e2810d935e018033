"""What one was told, and which mail one takes."""

from typing import Any
from uuid import UUID

from marshmallow import fields, validate

from gateway.commands.change_notices import choose_mail, mark_read
from gateway.domain.notice import Kind, Topic
from gateway.domain.notice_ports import Told
from gateway.letters.wording import speech_for, words_of
from gateway.parts import current_parts
from gateway.queries.accounts import account_by_id
from gateway.queries.notices import count_unread, mail_choices, notices_of
from shared.web.blueprint import Blueprint
from shared.web.fields import Identifier, UtcDateTime
from shared.web.identity import current_identity, requires
from shared.web.paging import PageArgs, make_cursor, page, page_of, read_cursor
from shared.web.schemas import StrictSchema

blueprint = Blueprint("my_notices", __name__, url_prefix="/me")
MOST_READ_AT_ONCE = 200


class FactSchema(StrictSchema):
    """A detail in words."""

    name = fields.String(required=True)
    value = fields.String(required=True)


class OfferSchema(StrictSchema):
    """Something that could be had instead."""

    text = fields.String(required=True)
    path = fields.String(required=True, metadata={"description": "The page that books it."})


class NoticeSchema(StrictSchema):
    """One thing the person was told, in their language."""

    notice_id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in Kind]))
    topic = fields.String(required=True, validate=validate.OneOf([topic.value for topic in Topic]))
    subject_id = fields.UUID(
        required=True, metadata={"description": "The reservation or the activity."}
    )
    title = fields.String(required=True)
    text = fields.String(required=True)
    facts = fields.List(fields.Nested(FactSchema), required=True)
    alternatives = fields.List(
        fields.Nested(OfferSchema),
        required=True,
        metadata={"description": "What could be had instead when the library cancelled."},
    )
    path = fields.String(required=True, metadata={"description": "The page it leads to."})
    starts_at = UtcDateTime(required=True)
    created_at = UtcDateTime(required=True)
    read_at = UtcDateTime(required=True, allow_none=True)


class UnreadSchema(StrictSchema):
    """How many notices are unread."""

    unread = fields.Integer(required=True)


class ReadSchema(StrictSchema):
    """Which notices were read; left out: all of them."""

    notice_ids = fields.List(
        Identifier(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=MOST_READ_AT_ONCE),
    )


class MailTopicsSchema(StrictSchema):
    """For each topic whether mail is sent about it; a topic left out stays as it is."""

    bookings = fields.Boolean()
    activities = fields.Boolean()
    reminders = fields.Boolean()
    suggestions = fields.Boolean()


class NotificationsSchema(StrictSchema):
    """How a person is told; notices on the page are always there."""

    mail = fields.Nested(MailTopicsSchema, required=True)


@blueprint.route("/notifications", methods=["GET"])
@requires()
@blueprint.response(200, NotificationsSchema)
def notifications() -> dict[str, Any]:
    """Read about what one is sent mail."""
    return _choices(current_identity().patron_id)


@blueprint.route("/notifications", methods=["PATCH"])
@requires()
@blueprint.arguments(NotificationsSchema)
@blueprint.response(200, NotificationsSchema)
@blueprint.alt_response(404, response="NOT_FOUND")
def change_notifications(body: dict[str, Any]) -> dict[str, Any]:
    """Choose about what one is sent mail."""
    parts = current_parts()
    patron_id = account_by_id(parts.engine, current_identity().patron_id).patron_id
    choices = {Topic(name): wanted for name, wanted in body["mail"].items()}
    choose_mail(patron_id, choices, uow=parts.notice_uow())
    return _choices(patron_id)


@blueprint.route("/notices", methods=["GET"])
@requires()
@blueprint.arguments(PageArgs, location="query")
@blueprint.response(200, page_of(NoticeSchema))
@blueprint.alt_response(404, response="NOT_FOUND")
def list_notices(args: dict[str, Any]) -> dict[str, Any]:
    """List what one was told, newest first, in one's language."""
    parts = current_parts()
    account = account_by_id(parts.engine, current_identity().patron_id)
    place = read_cursor(args.get("cursor"), UUID)
    before = place[0] if place else None
    limit = args["limit"]
    found = notices_of(parts.engine, account.patron_id, before=before, limit=limit + 1)
    items = [_shown(told, account.language) for told in found[:limit]]
    return page(items, make_cursor(items[-1]["notice_id"]) if len(found) > limit else None)


@blueprint.route("/notices/unread", methods=["GET"])
@requires()
@blueprint.response(200, UnreadSchema)
def unread() -> dict[str, int]:
    """Count what one has not read."""
    return {"unread": count_unread(current_parts().engine, current_identity().patron_id)}


@blueprint.route("/notices/read", methods=["POST"])
@requires()
@blueprint.arguments(ReadSchema)
@blueprint.response(200, UnreadSchema)
def read(body: dict[str, Any]) -> dict[str, int]:
    """Note that one has read some notices, or all; those of others are passed over."""
    parts = current_parts()
    patron_id = current_identity().patron_id
    mark_read(patron_id, body["notice_ids"], uow=parts.notice_uow(), clock=parts.clock)
    return {"unread": count_unread(parts.engine, patron_id)}


def _choices(patron_id: UUID) -> dict[str, Any]:
    found = mail_choices(current_parts().engine, patron_id)
    return {"mail": {topic.value: wanted for topic, wanted in found.items()}}


def _shown(told: Told, language: str) -> dict[str, Any]:
    notice = told.notice
    words = words_of(told, speech_for(told, language, current_parts().settings.timezone))
    return {
        "notice_id": notice.id,
        "kind": notice.kind.value,
        "topic": notice.topic.value,
        "subject_id": notice.subject_id,
        "title": words.title,
        "text": words.lead,
        "facts": [{"name": name, "value": value} for name, value in words.facts],
        "alternatives": [{"text": one.text, "path": one.path} for one in words.offers],
        "path": words.path,
        "starts_at": notice.starts_at,
        "created_at": notice.created_at,
        "read_at": notice.read_at,
    }
