"""A service of the tests' own: notes that people write, with everything the edge offers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask, current_app
from marshmallow import Schema, fields
from sqlalchemy import Connection, Engine

from shared.kernel.clock import Clock
from shared.kernel.identifiers import new_id
from shared.kernel.refusal import NotFound, Refusal, VersionConflict, Violation
from shared.persistence.transactions import Transactions
from shared.web.blueprint import Blueprint
from shared.web.etags import check_if_match, conditional, etag_of, tag, tagged
from shared.web.fields import FreeText, UtcDateTime, WholeNumber
from shared.web.idempotency import create_idempotency_table, idempotent
from shared.web.identity import current_identity, requires
from shared.web.paging import PageArgs, make_cursor, page, page_of, read_cursor
from shared.web.request_transactions import RequestTransactions
from shared.web.schemas import StrictSchema
from shared.web.service_app import ServiceDescription, create_service_app
from shared.web.settings import WebSettings
from tests.support.tokens import ISSUER

WORDING = {
    "too_many_notes": {
        "en": "You have {count} of {limit} notes.",
        "zh-CN": "您已有 {count} 条笔记，上限 {limit} 条。",
    },
    "note_is_forbidden": {"en": "Such notes are refused.", "zh-CN": "不接受此类笔记。"},
}
BASE = "/api/notes/v1"
CHANGE = "UPDATE note SET text = %s, version = version + 1 WHERE id = %s AND version = %s"
READ_PAGE = (
    "SELECT id, text, version FROM note WHERE (text, id) > (%s, %s) ORDER BY text, id LIMIT %s"
)


class TooManyNotes(Refusal):
    code = "too_many_notes"


class NoteSchema(StrictSchema):
    id = fields.UUID(dump_only=True)
    text = FreeText(most=200, least=1, required=True)
    stars = WholeNumber(least=0, most=5)
    due_at = UtcDateTime()
    version = fields.Integer(dump_only=True)


class ChangeSchema(StrictSchema):
    text = FreeText(most=200, required=True)


Hook = Callable[[], object]


def notes_blueprint(transactions: Transactions, while_writing: Hook) -> Blueprint:
    """Return the operations; `while_writing` runs inside a POST's transaction, before it ends."""
    blueprint = Blueprint("notes", __name__, url_prefix="/notes")
    _add_writing(blueprint, transactions, while_writing)
    _add_reading(blueprint, transactions)
    _add_changing(blueprint, transactions)
    _add_others(blueprint)
    return blueprint


def _add_writing(blueprint: Blueprint, transactions: Transactions, while_writing: Hook) -> None:
    @blueprint.route("", methods=["POST"])
    @requires("patron")
    @blueprint.arguments(NoteSchema)
    @idempotent()
    @blueprint.response(201, NoteSchema)
    def write(body: dict[str, Any]) -> Any:
        """Write a note."""
        with transactions.begin() as transaction:
            note_id = _insert(transaction.connection, body["text"])
            while_writing()
            _refuse_some(body["text"])
            transaction.commit()
        headers = {"Location": f"{BASE}/notes/{note_id}", "ETag": etag_of(note_id, 1)}
        return {**body, "id": note_id, "version": 1}, 201, headers


def _add_reading(blueprint: Blueprint, transactions: Transactions) -> None:
    @blueprint.route("", methods=["GET"])
    @requires()
    @blueprint.arguments(PageArgs, location="query")
    @blueprint.response(200, page_of(NoteSchema))
    def read_all(query: dict[str, Any]) -> dict[str, Any]:
        """List the notes."""
        after = read_cursor(query.get("cursor"), str, UUID) or ("", UUID(int=0))
        values = (*after, query["limit"] + 1)
        with transactions.begin() as transaction:
            rows = transaction.connection.exec_driver_sql(READ_PAGE, values).all()
        items = [
            {"id": row[0], "text": row[1], "version": row[2]} for row in rows[: query["limit"]]
        ]
        more = len(rows) > query["limit"]
        return page(items, make_cursor(items[-1]["text"], items[-1]["id"]) if more else None)

    @blueprint.route("/<uuid:note_id>", methods=["GET"])
    @tagged
    @blueprint.response(200, NoteSchema)
    def read_one(note_id: UUID) -> dict[str, Any]:
        """Read a note, signed in or not."""
        with transactions.begin() as transaction:
            note = _read(transaction.connection, note_id)
        tag(etag_of(note_id, note["version"]))
        return note


def _add_changing(blueprint: Blueprint, transactions: Transactions) -> None:
    @blueprint.route("/<uuid:note_id>", methods=["PATCH"])
    @requires("patron")
    @conditional
    @blueprint.arguments(ChangeSchema)
    @blueprint.response(200, NoteSchema)
    def change(body: dict[str, Any], note_id: UUID) -> dict[str, Any]:
        """Change a note's text."""
        with transactions.begin() as transaction:
            note = _read(transaction.connection, note_id)
            check_if_match(etag_of(note_id, note["version"]))
            values = (body["text"], note_id, note["version"])
            changed = transaction.connection.exec_driver_sql(CHANGE, values)
            if not changed.rowcount:
                raise VersionConflict
            transaction.commit()
        tag(etag_of(note_id, note["version"] + 1))
        return {**note, "text": body["text"], "version": note["version"] + 1}


def _add_others(blueprint: Blueprint) -> None:
    @blueprint.route("/mine", methods=["GET"])
    @requires("staff", "manager")
    @blueprint.response(200)
    def mine() -> Any:
        """Tell staff who they are."""
        return {"patron_id": str(current_identity().patron_id)}

    @blueprint.route("/broken", methods=["GET"])
    @blueprint.response(200, Schema)
    def broken() -> Any:
        """Fail as our own mistakes do."""
        raise RuntimeError("SELECT secret FROM /srv/hidden")


def create_notes_app(
    engine: Engine,
    jwks: str,
    *,
    clock: Clock | None = None,
    while_writing: Hook = lambda: None,
    **settings: Any,
) -> Flask:
    """Return the app over a database that `create_tables` was run on."""
    blueprint = notes_blueprint(RequestTransactions(engine), while_writing)
    description = ServiceDescription(
        name="notes",
        import_name=__name__,
        title="Notes",
        blueprints=[blueprint],
        wording=WORDING,
    )
    chosen = WebSettings(**{"jwks": jwks, "issuer": ISSUER, "rate_limit": 0, **settings})
    return create_service_app(description, engine=engine, settings=chosen, clock=clock)


def create_tables(engine: Engine) -> None:
    """Create the notes' table and the idempotency table, the latter as a migration does."""
    with engine.begin() as connection:
        create_idempotency_table(Operations(MigrationContext.configure(connection)))
        connection.exec_driver_sql(
            "CREATE TABLE note (id uuid PRIMARY KEY, text text NOT NULL, version int NOT NULL)"
        )


def notes_in(engine: Engine) -> list[str]:
    """Return the texts of all notes, sorted."""
    with engine.connect() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT text FROM note ORDER BY text")]


def _insert(connection: Connection, text: str) -> UUID:
    note_id = new_id()
    connection.exec_driver_sql("INSERT INTO note VALUES (%s, %s, 1)", (note_id, text))
    return note_id


def _refuse_some(text: str) -> None:
    if text == "too many":
        raise (
            TooManyNotes(count=3, limit=3)
            .because(
                [
                    Violation("too_many_notes", {"count": 3, "limit": 3}),
                    Violation("note_is_forbidden"),
                ]
            )
            .offering(alternatives=["fewer"])
        )
    if text == "crash":
        raise RuntimeError("on purpose")


def _read(connection: Connection, note_id: UUID) -> dict[str, Any]:
    sql = "SELECT id, text, version FROM note WHERE id = %s"
    row = connection.exec_driver_sql(sql, (note_id,)).one_or_none()
    if row is None:
        raise NotFound
    return {"id": row[0], "text": row[1], "version": row[2]}


def engine_of(app: Flask) -> Engine:
    """Return the engine an app was made with."""
    with app.app_context():
        return current_app.extensions["atrium_engine"]  # type: ignore[no-any-return]  # Flask's dict
