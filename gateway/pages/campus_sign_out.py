"""Sign out at the campus as well (OpenID Connect RP-Initiated Logout 1.0)."""

from urllib.parse import urlencode

from gateway.clients.outside_world import OutsideDown
from gateway.domain.session import Session
from gateway.pages import visitor
from gateway.parts import current_parts
from gateway.queries.sign_in import provider_by_id
from shared.kernel.refusal import NotFound
from shared.kernel.settings import SettingError


def address_to_sign_out(ended: Session) -> str | None:
    """Return where the provider that vouched for a session ends its own, if it offers that."""
    if ended.provider_id is None:
        return None
    parts = current_parts()
    try:
        provider = provider_by_id(parts.engine, ended.provider_id)
        endpoint = parts.identity_providers.offer(provider.issuer).end_session_endpoint
    except (NotFound, OutsideDown):
        return None
    if endpoint is None:
        return None
    asked = {
        "client_id": provider.client_id,
        "post_logout_redirect_uri": f"{parts.settings.public_url.rstrip('/')}/signed-out",
    }
    if hint := _opened(ended):
        asked["id_token_hint"] = hint
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def _opened(ended: Session) -> str | None:
    if ended.sealed_id_token is None:
        return None
    try:
        return current_parts().sealer.open(ended.sealed_id_token, visitor.SEALED_UNDER).decode()
    except SettingError:  # sealed under a secret of before: the provider will ask the person
        return None
