"""A service's Flask app: what all four have in common, put together once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, abort, g, request
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from shared.kernel.clock import Clock, SystemClock
from shared.messaging.metrics import messaging_metrics
from shared.web import problem_handlers
from shared.web.api_document import make_api
from shared.web.blueprint import Blueprint
from shared.web.dead_letters import dead_letters_blueprint
from shared.web.health import Check, database_answers, health_blueprint, schema_is_there
from shared.web.json_provider import FastJson
from shared.web.keys import JwksSource, KeySource
from shared.web.logs import configure_logging, log_requests
from shared.web.meanings import Meanings
from shared.web.message_log import message_log_blueprint
from shared.web.metrics import measure_requests, metrics_blueprint
from shared.web.operations import operations_blueprint
from shared.web.problem_codes import problem_codes_blueprint
from shared.web.problem_handlers import PageError
from shared.web.rate_limits import limit_requests
from shared.web.request_trace import REQUEST_ID, RequestTrace
from shared.web.security_headers import name_no_type_of_nothing, secure
from shared.web.settings import WebSettings
from shared.web.tokens import TokenVerifier
from shared.web.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDescription:
    """What differs between services.

    `name` is the path word (booking, events, engagement, gateway); `import_name` (give `__name__`)
    tells Flask where templates and static files are; `blueprints` have prefixes relative to
    /api/<name>/v1; `wording` holds the sentences of the service's own codes, `labels` words found
    in the same way that no program meets as a code (heads of tables), `meanings` what names in its
    document mean; `checks` must not raise while the service is ready (the database is checked
    anyway). `page_error`, for the gateway alone,
    answers errors outside /api/ with a page; it gets the exception and the status.
    """

    name: str
    import_name: str
    title: str
    blueprints: Sequence[Blueprint]
    wording: Wording = field(default_factory=dict)
    labels: Wording = field(default_factory=dict)
    meanings: Meanings = field(default_factory=Meanings)
    checks: Mapping[str, Check] = field(default_factory=dict)
    version: str = "1"
    page_error: PageError | None = None


def create_service_app(
    description: ServiceDescription,
    *,
    engine: Engine,
    settings: WebSettings,
    clock: Clock | None = None,
    keys: KeySource | None = None,
) -> Flask:
    """Return the app of a service, over its database, with what the operator has set.

    `keys` replaces the JWKS that settings name: for the gateway, which holds the keys itself.
    Available in `app.extensions`: atrium_api (its document), atrium_engine, atrium_clock,
    atrium_service, atrium_tokens, atrium_metrics (its `show` takes more figures).
    """
    clock = clock or SystemClock()
    pages = description.page_error is not None
    app = Flask(description.import_name, static_folder="static" if pages else None)
    app.json = FastJson(app)
    app.config["MAX_CONTENT_LENGTH"] = settings.body_limit
    app.url_map.strict_slashes = False
    keys = keys or JwksSource(settings.jwks)
    app.extensions.update(
        atrium_service=description.name,
        atrium_engine=engine,
        atrium_clock=clock,
        atrium_wording={**description.labels, **description.wording},
        atrium_codes=description.wording,
        atrium_tokens=TokenVerifier(keys, issuer=settings.issuer, clock=clock),
        atrium_checks={**_database_checks(app, engine), **description.checks},
    )
    configure_logging(settings.log_level)
    _wrap_requests(app, settings)
    app.extensions["atrium_metrics"].show(messaging_metrics(engine))
    problem_handlers.register(app, description.page_error)
    _register_operations(app, description)
    return app


def _database_checks(app: Flask, engine: Engine) -> dict[str, Check]:
    checks = {"database": database_answers(engine)}
    migrations = Path(app.root_path) / "persistence" / "migrations"
    if migrations.is_dir():  # a service; apps of tests have none
        checks["schema"] = schema_is_there(engine, migrations)
    return checks


def _wrap_requests(app: Flask, settings: WebSettings) -> None:
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]  # Flask's way
    app.wsgi_app = RequestTrace(app.wsgi_app)  # type: ignore[method-assign]  # as above
    app.before_request(_name_request)
    app.after_request(secure)
    app.after_request(name_no_type_of_nothing)
    log_requests(app)
    measure_requests(app)
    limit_requests(app, settings)


def _name_request() -> None:
    g.request_id = request.environ[REQUEST_ID]
    if "\x00" in request.path:
        abort(404)


def _register_operations(app: Flask, description: ServiceDescription) -> None:
    api = make_api(
        app,
        name=description.name,
        title=description.title,
        version=description.version,
        meanings=description.meanings,
    )
    app.extensions["atrium_api"] = api
    prefix = f"/api/{description.name}/v1"
    common = (
        health_blueprint(),
        metrics_blueprint(),
        operations_blueprint(),
        message_log_blueprint(),
        dead_letters_blueprint(),
        problem_codes_blueprint(),
    )
    for blueprint in (*description.blueprints, *common):
        if not isinstance(blueprint, Blueprint):
            msg = f"{blueprint} must be a shared.web.blueprint.Blueprint"
            raise TypeError(msg)
        api.register_blueprint(blueprint, url_prefix=prefix + (blueprint.url_prefix or ""))
