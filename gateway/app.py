"""The gateway's composition root: the one file that knows every part."""

import httpx
from flask import Flask

from gateway.api import (
    accounts,
    api_tokens,
    faculties,
    imports,
    jwks,
    mails,
    me,
    my_notices,
    passwords,
    people,
    sign_in_providers,
    tokens,
)
from gateway.api.meanings import MEANINGS
from gateway.api.wording import WORDING
from gateway.clients.identity_providers import IdentityProviders
from gateway.clients.outside_world import make_outside_client
from gateway.clients.public_answers import PublicAnswers
from gateway.clients.space_directory import SpaceDirectory
from gateway.config import Settings
from gateway.jobs import renew_keys
from gateway.pages.site import add_pages
from gateway.pages.trouble import page_error
from gateway.parts import EXTENSION, Parts
from gateway.persistence.unit_of_work import GatewayUnitOfWork
from gateway.queries.mail_metrics import MailMetrics
from gateway.queries.signing_keys import key_loader
from gateway.security.access_tokens import AccessTokens
from gateway.security.key_ring import KeyRing
from gateway.security.sealing import Sealer
from gateway.security.visitor_statements import VisitorStatements
from shared.kernel.clock import Clock, SystemClock
from shared.persistence.engine import make_engine
from shared.web.request_transactions import RequestTransactions
from shared.web.service_app import ServiceDescription, create_service_app

WEB_POOL = 8
TIMEOUT = httpx.Timeout(8.0, connect=1.0)
DESCRIPTION = ServiceDescription(
    name="gateway",
    import_name=__name__,
    title="Atrium: accounts, tokens, imports, notices",
    blueprints=(
        tokens.blueprint,
        me.blueprint,
        passwords.blueprint,
        my_notices.blueprint,
        api_tokens.blueprint,
        accounts.blueprint,
        people.blueprint,
        imports.blueprint,
        faculties.blueprint,
        sign_in_providers.blueprint,
        mails.blueprint,
    ),
    wording=WORDING,
    meanings=MEANINGS,
    page_error=page_error,
)


def create_app(
    settings: Settings,
    *,
    clock: Clock | None = None,
    api_transport: httpx.BaseTransport | None = None,
) -> Flask:
    """Return the gateway's app: pages at /, its API at /api/gateway/v1, its keys for verifiers.

    `api_transport` carries the pages' calls to the services: None for HTTP to `settings.api_url`;
    where all apps live in one process, an `httpx.WSGITransport` over the three services, so that a
    page does not wait for another thread of the same server. With `settings.jwks_out` the signing
    key is made (once) and the public keys are written before this returns.
    """
    clock = clock or SystemClock()
    parts = make_parts(settings, clock, api_transport)
    app = create_service_app(
        DESCRIPTION, engine=parts.engine, settings=settings.web, clock=clock, keys=parts.keys
    )
    app.extensions[EXTENSION] = parts
    app.extensions["atrium_metrics"].show(MailMetrics(parts.engine))
    app.register_blueprint(jwks.blueprint)
    add_pages(app, settings)
    if settings.jwks_out is not None:
        prepare_keys(app)
    return app


def make_parts(
    settings: Settings,
    clock: Clock,
    api_transport: httpx.BaseTransport | None = None,
    *,
    pool_size: int = WEB_POOL,
) -> Parts:
    """Return the gateway's collaborators, for the app, the worker and the command line."""
    engine = make_engine(
        settings.database_url, pool_size=pool_size, application_name="atrium-gateway"
    )
    sealer = Sealer(settings.secret)
    keys = KeyRing(key_loader(engine), sealer, clock)
    loopback = settings.is_on_loopback
    outside = make_outside_client(loopback=loopback, networks=settings.provider_networks)
    transactions = RequestTransactions(engine)
    services = httpx.Client(
        base_url=settings.api_url, transport=api_transport, timeout=TIMEOUT, trust_env=False
    )
    return Parts(
        settings=settings,
        engine=engine,
        clock=clock,
        uow=lambda: GatewayUnitOfWork(transactions, clock=clock),
        notice_uow=lambda: GatewayUnitOfWork(transactions, clock=clock),
        keys=keys,
        access_tokens=AccessTokens(keys, issuer=settings.web.issuer, clock=clock),
        visitor_statements=VisitorStatements(keys, issuer=settings.web.issuer, clock=clock),
        sealer=sealer,
        identity_providers=IdentityProviders(outside, loopback=loopback),
        services=services,
        directory=SpaceDirectory(services),
        public_answers=PublicAnswers(),
    )


def prepare_keys(app: Flask) -> None:
    """See that there is a key to sign with, and write the public ones where they are wanted."""
    parts: Parts = app.extensions[EXTENSION]
    renew_keys(parts)
    parts.engine.dispose()  # a server may fork after this; children must not share connections
