"""The identity providers people sign in with, for administrators."""

from typing import Any
from uuid import UUID

from gateway.api.provider_schemas import (
    LocalSignInSchema,
    NewProviderSchema,
    ProviderListSchema,
    ProviderSchema,
    ProviderTestSchema,
)
from gateway.commands.sign_in_providers import (
    KeepProvider,
    add_provider,
    allow_local_sign_in,
    change_provider,
    remove_provider,
)
from gateway.domain.sign_in_provider import ClaimMapping, SignInProvider
from gateway.parts import current_parts
from gateway.queries.sign_in import provider_by_id, ways_in
from shared.kernel.identifiers import new_id
from shared.web.blueprint import Blueprint
from shared.web.etags import check_if_match, conditional, etag_of, tag, tagged
from shared.web.identity import requires

blueprint = Blueprint("sign_in_providers", __name__, url_prefix="/sign-in-providers")


@blueprint.route("", methods=["GET"])
@requires("admin")
@blueprint.response(200, ProviderListSchema)
def list_providers() -> dict[str, Any]:
    """List the providers."""
    return {"items": [shown(one) for one in ways_in(current_parts().engine).providers]}


@blueprint.route("", methods=["POST"])
@requires("admin")
@blueprint.arguments(NewProviderSchema)
@blueprint.response(201, ProviderSchema)
@blueprint.alt_response(409, response="CONFLICT")
def new_provider(body: dict[str, Any]) -> dict[str, Any]:
    """Let people sign in with one more provider; one that does not answer is kept only inactive."""
    parts = current_parts()
    wanted = keep_command(new_id(), body)
    kept = add_provider(
        wanted, uow=parts.uow(), clock=parts.clock, sealer=parts.sealer,
        examine=parts.identity_providers.examine,
    )  # fmt: skip
    return shown(kept)


@blueprint.route("/local", methods=["GET"])
@requires("admin")
@tagged
@blueprint.response(200, LocalSignInSchema)
def local_sign_in() -> dict[str, Any]:
    """Read whether passwords kept here are asked for."""
    ways = ways_in(current_parts().engine)
    tag(etag_of("local", ways.version))
    return {"allowed": ways.local_allowed}


@blueprint.route("/local", methods=["PUT"])
@requires("admin")
@conditional
@blueprint.arguments(LocalSignInSchema)
@blueprint.response(200, LocalSignInSchema)
@blueprint.alt_response(409, response="CONFLICT")
def set_local_sign_in(body: dict[str, Any]) -> dict[str, Any]:
    """Ask for passwords kept here, or not: not while that would keep administrators out."""
    parts = current_parts()
    present = ways_in(parts.engine).version
    check_if_match(etag_of("local", present))
    allowed, version = allow_local_sign_in(body["allowed"], present, uow=parts.uow())
    tag(etag_of("local", version))
    return {"allowed": allowed}


@blueprint.route("/<uuid:provider_id>", methods=["GET"])
@requires("admin")
@tagged
@blueprint.response(200, ProviderSchema)
def one_provider(provider_id: UUID) -> dict[str, Any]:
    """Read a provider."""
    provider = provider_by_id(current_parts().engine, provider_id)
    tag(etag_of(provider_id, provider.version))
    return shown(provider)


@blueprint.route("/<uuid:provider_id>", methods=["PUT"])
@requires("admin")
@conditional
@blueprint.arguments(NewProviderSchema)
@blueprint.response(200, ProviderSchema)
@blueprint.alt_response(409, response="CONFLICT")
def set_provider(body: dict[str, Any], provider_id: UUID) -> dict[str, Any]:
    """Change a provider as a whole; its secret stays when none is sent.

    It is switched on only if it answers just now.
    """
    parts = current_parts()
    present = provider_by_id(parts.engine, provider_id)
    check_if_match(etag_of(provider_id, present.version))
    wanted = keep_command(provider_id, body, present.version)
    kept = change_provider(
        wanted, uow=parts.uow(), clock=parts.clock, sealer=parts.sealer,
        examine=parts.identity_providers.examine,
    )  # fmt: skip
    tag(etag_of(provider_id, kept.version))
    return shown(kept)


@blueprint.route("/<uuid:provider_id>", methods=["DELETE"])
@requires("admin")
@conditional
@blueprint.response(204)
@blueprint.alt_response(409, response="CONFLICT")
def forget_provider(provider_id: UUID) -> None:
    """Forget a provider; accounts and whose they are stay."""
    parts = current_parts()
    present = provider_by_id(parts.engine, provider_id)
    check_if_match(etag_of(provider_id, present.version))
    remove_provider(provider_id, present.version, uow=parts.uow())


@blueprint.route("/<uuid:provider_id>/test", methods=["POST"])
@requires("admin")
@blueprint.response(200, ProviderTestSchema)
def test_provider(provider_id: UUID) -> dict[str, Any]:
    """Ask the provider what it offers, and for its keys, now."""
    parts = current_parts()
    provider = provider_by_id(parts.engine, provider_id)
    return parts.identity_providers.examine(provider.issuer)


def keep_command(
    provider_id: UUID, body: dict[str, Any], version: int | None = None
) -> KeepProvider:
    """Return the command for what was sent."""
    provider = SignInProvider(
        provider_id=provider_id,
        name_en=body["name_en"],
        name_zh=body["name_zh"],
        issuer=body["issuer"],
        client_id=body["client_id"],
        scopes=tuple(body["scopes"]),
        mapping=ClaimMapping(**body["mapping"]),
        active=body["active"],
    )
    return KeepProvider(
        provider=provider,
        secret=body["client_secret"],
        expected_version=version,
        loopback=current_parts().settings.is_on_loopback,
    )


def shown(provider: SignInProvider) -> dict[str, Any]:
    """Return a provider as it goes out: without its secret, with its redirect URI."""
    return {
        **{name: getattr(provider, name) for name in _SHOWN},
        "has_secret": provider.sealed_secret is not None,
        "redirect_uri": current_parts().settings.sign_in_callback(provider.provider_id),
    }


_SHOWN = (
    "provider_id", "name_en", "name_zh", "issuer", "client_id", "scopes", "mapping", "active",
    "version",
)  # fmt: skip
