"""Whether this process lives, and whether it can serve."""

from collections.abc import Callable, Mapping

import structlog
from flask import Response, current_app, jsonify
from sqlalchemy import Engine

from shared.web.blueprint import Blueprint
from shared.web.problems import HttpProblem

Check = Callable[[], object]
CHECK_TIMEOUT = "2s"
_log = structlog.get_logger()


def health_blueprint() -> Blueprint:
    """Return the operations `live` and `ready`."""
    blueprint = Blueprint("health", __name__, url_prefix="/health")
    blueprint.route("/live")(blueprint.response(200, description="The process runs.")(live))
    documented = blueprint.alt_response(503, response="SERVICE_UNAVAILABLE")(ready)
    blueprint.route("/ready")(blueprint.response(200, description="It can serve.")(documented))
    return blueprint


def live() -> Response:
    """Tell that the process runs."""
    return jsonify({"status": "live"})


def ready() -> Response:
    """Tell whether everything needed to serve answers; 503 problem naming what does not."""
    checks: Mapping[str, Check] = current_app.extensions["atrium_checks"]
    failed = [name for name, check in checks.items() if not _passes(name, check)]
    if failed:
        raise HttpProblem("not_ready", 503, numbers={"failed": failed})
    return jsonify({"status": "ready", "checks": sorted(checks)})


def database_answers(engine: Engine) -> Check:
    """Return a check that the database answers within two seconds."""

    def check() -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{CHECK_TIMEOUT}'")
            connection.exec_driver_sql("SELECT 1")

    return check


def _passes(name: str, check: Check) -> bool:
    try:
        check()
    except Exception as error:  # noqa: BLE001 whatever goes wrong in a check means: not ready
        _log.warning("not_ready", check=name, error=type(error).__name__)
        return False
    return True
