"""Sign in with the campus: there (authorization code with PKCE), and back."""

import hmac
from urllib.parse import urlencode
from uuid import UUID

import structlog
from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from gateway.clients.identity_providers import Exchange, ExchangeRefused, Offer
from gateway.clients.outside_world import OutsideDown
from gateway.commands.campus_sign_in import BeginFlow, TakeFlow, admit, begin_flow, take_flow
from gateway.commands.sessions import Voucher
from gateway.domain.errors import CampusSignInFailed
from gateway.domain.session import new_secret
from gateway.domain.sign_in_flow import FLOW_LIFE, SignInFlow, challenge_of
from gateway.domain.sign_in_provider import SignInProvider
from gateway.pages import visitor
from gateway.pages.campus_proof import Proof, proof_from
from gateway.pages.campus_trouble import sentence
from gateway.pages.language import current_language
from gateway.parts import current_parts
from gateway.queries.sign_in import provider_by_id
from shared.kernel.refusal import NotFound
from shared.web.rate_limits import limited

blueprint = Blueprint("campus_sign_in", __name__)
LONGEST = 4096
MOST_SEALED = 8 * 1024
_log = structlog.get_logger()


@blueprint.get("/sign-in/with/<uuid:provider_id>")
@limited("campus-sign-in", 300, 60)
def begin(provider_id: UUID) -> ResponseReturnValue:
    """Send the browser to the provider."""
    target = visitor.local_path(request.args.get("next"))
    parts = current_parts()
    try:
        provider = _offered(provider_id)
        offer = _offer(provider)
    except CampusSignInFailed as failed:
        return _back_to_form(failed, target)
    browser = _browser_secret() or new_secret()
    wanted = BeginFlow(provider_id=provider_id, browser=browser, target=target)
    state, flow = begin_flow(wanted, uow=parts.uow(), clock=parts.clock)
    response = redirect(_address_there(provider, offer, state, flow))
    _remember_browser(response, browser)
    return response


@blueprint.get("/sign-in/back/<uuid:provider_id>")
@limited("campus-sign-in", 300, 60)
def come_back(provider_id: UUID) -> ResponseReturnValue:
    """Take up where the browser left, check the proof, begin a session."""
    parts = current_parts()
    target = "/"
    try:
        flow = take_flow(
            TakeFlow(
                provider_id=provider_id,
                state=request.args.get("state", "")[:LONGEST],
                browser=_browser_secret() or "",
            ),
            uow=parts.uow(),
            clock=parts.clock,
        )
        target = flow.target
        provider = _offered(provider_id)
        proof = _proof(provider, flow)
        account = admit(
            proof.person,
            provider,
            uow=parts.uow(),
            clock=parts.clock,
            language=current_language(),
        )
    except CampusSignInFailed as failed:
        return _back_to_form(_said_there(failed), target)
    session.clear()  # the form token of before is worth nothing now
    response = redirect(target)
    sealed = parts.sealer.seal(proof.id_token.encode(), visitor.SEALED_UNDER)
    kept = sealed if len(sealed) <= 2 * MOST_SEALED else None
    visitor.welcome(account, response, Voucher(provider_id, kept))
    return response


def _said_there(failed: CampusSignInFailed) -> CampusSignInFailed:
    """Return the reason to tell: some providers leave the state out where somebody said no."""
    if failed.why == "unknown_flow" and request.args.get("error") and "state" not in request.args:
        return CampusSignInFailed("denied")
    return failed


def _offered(provider_id: UUID) -> SignInProvider:
    try:
        provider = provider_by_id(current_parts().engine, provider_id)
    except NotFound as error:
        raise CampusSignInFailed("not_offered") from error
    if not provider.active:
        raise CampusSignInFailed("not_offered")
    return provider


def _offer(provider: SignInProvider) -> Offer:
    try:
        return current_parts().identity_providers.offer(provider.issuer)
    except OutsideDown as down:
        raise CampusSignInFailed("provider_down") from down


def _address_there(provider: SignInProvider, offer: Offer, state: str, flow: SignInFlow) -> str:
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": current_parts().settings.sign_in_callback(provider.provider_id),
        "scope": " ".join(provider.scopes),
        "state": state,
        "nonce": flow.nonce,
        "code_challenge": challenge_of(flow.verifier),
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in offer.authorization_endpoint else "?"
    return f"{offer.authorization_endpoint}{joint}{urlencode(asked)}"


def _proof(provider: SignInProvider, flow: SignInFlow) -> Proof:
    """Return what the provider proves; raises CampusSignInFailed."""
    offer = _offer(provider)
    _check_issuer(provider, offer)
    if request.args.get("error") or not request.args.get("code"):
        raise CampusSignInFailed("denied")
    wanted = Exchange(
        code=request.args["code"][:LONGEST],
        verifier=flow.verifier,
        redirect_uri=current_parts().settings.sign_in_callback(provider.provider_id),
        client_secret=_secret_of(provider),
    )
    try:
        return proof_from(provider, wanted, flow.nonce)
    except OutsideDown as down:
        _log.warning("sign_in_provider_down", reason=str(down))
        raise CampusSignInFailed("provider_down") from down
    except ExchangeRefused as refused:
        _log.warning("code_exchange_refused", reason=str(refused))
        raise CampusSignInFailed("proof_refused") from refused


def _check_issuer(provider: SignInProvider, offer: Offer) -> None:
    """Refuse an answer of another provider (RFC 9207), also where none need be named."""
    named = request.args.get("iss")
    if named is None and not offer.says_iss:
        return
    if named is None or not hmac.compare_digest(named.encode(), provider.issuer.encode()):
        raise CampusSignInFailed("proof_refused")


def _secret_of(provider: SignInProvider) -> str | None:
    if provider.sealed_secret is None:
        return None
    label = provider.secret_label
    return current_parts().sealer.open(provider.sealed_secret, label).decode()


def _back_to_form(failed: CampusSignInFailed, target: str) -> ResponseReturnValue:
    _log.info("campus_sign_in_failed", reason=failed.why)
    flash(sentence(failed.why), "bad")
    return redirect(url_for("sign_in.form", next=target))


def _cookie() -> str:
    secure = current_parts().settings.is_secure
    return "__Host-atrium-sign-in" if secure else "atrium_sign_in"


def _browser_secret() -> str | None:
    found = request.cookies.get(_cookie(), "")
    return found if 40 <= len(found) <= visitor.LONGEST_COOKIE else None


def _remember_browser(response: Response, browser: str) -> None:
    response.set_cookie(
        _cookie(),
        browser,
        max_age=int(FLOW_LIFE.total_seconds()),
        httponly=True,
        secure=current_parts().settings.is_secure,
        samesite="Lax",  # it must come along when the provider sends the browser back
        path="/",
    )
