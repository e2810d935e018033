"""What app.py hands to the edges: the parts every view works with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import httpx
from flask import current_app
from sqlalchemy import Engine

from gateway.clients.identity_providers import IdentityProviders
from gateway.clients.public_answers import PublicAnswers
from gateway.clients.space_directory import SpaceDirectory
from gateway.config import Settings
from gateway.domain.notice_ports import NoticeUnitOfWork
from gateway.domain.ports import UnitOfWork
from gateway.security.access_tokens import AccessTokens
from gateway.security.key_ring import KeyRing
from gateway.security.sealing import Sealer
from gateway.security.visitor_statements import VisitorStatements
from shared.kernel.clock import Clock

EXTENSION = "atrium_gateway"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The gateway's collaborators; `services` reaches the services' HTTP interfaces."""

    settings: Settings
    engine: Engine
    clock: Clock
    uow: Callable[[], UnitOfWork]
    notice_uow: Callable[[], NoticeUnitOfWork]
    keys: KeyRing
    access_tokens: AccessTokens
    visitor_statements: VisitorStatements
    sealer: Sealer
    identity_providers: IdentityProviders
    services: httpx.Client
    directory: SpaceDirectory
    public_answers: PublicAnswers


def current_parts() -> Parts:
    """Return the parts of the app that handles this request."""
    return cast("Parts", current_app.extensions[EXTENSION])
