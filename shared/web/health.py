"""Whether this process lives, and whether it can serve."""

from collections.abc import Callable, Mapping
from pathlib import Path

import structlog
from flask import Response, current_app, jsonify
from marshmallow import fields, validate
from sqlalchemy import Engine

from shared.persistence.revisions import FOUND, HAS_TABLE, revisions_in
from shared.web.blueprint import Blueprint
from shared.web.operation import uncounted
from shared.web.problems import HttpProblem
from shared.web.schemas import StrictSchema

Check = Callable[[], object]
CHECK_TIMEOUT = "2s"
_log = structlog.get_logger()


class LiveSchema(StrictSchema):
    """The process runs."""

    status = fields.String(required=True, validate=validate.Equal("live"))


class ReadySchema(StrictSchema):
    """Everything needed to serve answers."""

    status = fields.String(required=True, validate=validate.Equal("ready"))
    checks = fields.List(
        fields.String(), required=True, metadata={"description": "What was looked at, by name."}
    )


def health_blueprint() -> Blueprint:
    """Return the operations `live` and `ready`."""
    blueprint = Blueprint("health", __name__, url_prefix="/health")
    alive = blueprint.response(200, LiveSchema, description="The process runs.")(live)
    blueprint.route("/live")(uncounted(alive))
    documented = blueprint.alt_response(503, response="SERVICE_UNAVAILABLE")(ready)
    able = blueprint.response(200, ReadySchema, description="It can serve.")(documented)
    blueprint.route("/ready")(uncounted(able))
    return blueprint


def live() -> Response:
    """Tell that the process runs."""
    return jsonify({"status": "live"})


def ready() -> Response:
    """Tell whether everything needed to serve answers; 503 problem naming what does not."""
    passed = checked()
    failed = [name for name, passes in passed.items() if not passes]
    if failed:
        raise HttpProblem("not_ready", 503, numbers={"failed": failed})
    return jsonify({"status": "ready", "checks": sorted(passed)})


def checked() -> Mapping[str, bool]:
    """Return for each thing needed to serve whether it answers now."""
    checks: Mapping[str, Check] = current_app.extensions["atrium_checks"]
    return {name: _passes(name, check) for name, check in checks.items()}


def database_answers(engine: Engine) -> Check:
    """Return a check that the database answers within two seconds."""

    def check() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{CHECK_TIMEOUT}'")
            connection.exec_driver_sql("SELECT 1")

    return check


def schema_is_there(engine: Engine, migrations: Path) -> Check:
    """Return a check that the database is not behind the migrations this code came with.

    Started before its migrations, a service would answer 500 to everything; so it is not ready.
    """
    revisions = revisions_in(migrations)

    def check() -> None:
        with engine.connect() as connection:
            has_table = connection.exec_driver_sql(HAS_TABLE).scalar_one()
            found = connection.exec_driver_sql(FOUND).scalars().all() if has_table else []
        if revisions.are_behind(found):
            raise NotMigrated(found)

    return check


class NotMigrated(Exception):
    """The database is behind the code."""


def _passes(name: str, check: Check) -> bool:
    try:
        check()
    except Exception as error:  # noqa: BLE001 whatever goes wrong in a check means: not ready
        _log.warning("not_ready", check=name, error=type(error).__name__)
        return False
    return True
