"""What somebody sees whose form came too late: their words, a way to sign in and to send them."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from gateway.clients.service import Unrecognised
from gateway.pages import sign_in, visitor
from gateway.pages.unsent import Unsent, carried, is_from_us, of_this_request, page_it_stands_on

blueprint = Blueprint("unsent", __name__)
FORBIDDEN, NOT_OBEYED, UNAVAILABLE = 403, 400, 503


@blueprint.post("/unsent")
def go_on() -> ResponseReturnValue:
    """Show what was carried here, to be sent: for who has signed in elsewhere meanwhile."""
    kept = carried()
    return _shown(kept, 200) if kept else _too_old()


def signed_out(_error: visitor.SignedOut) -> ResponseReturnValue:
    """Ask who sent a form to sign in; what it held waits there."""
    kept = of_this_request()
    if kept is None:
        return redirect(url_for("sign_in.form", next=page_it_stands_on()))
    return _shown(kept, FORBIDDEN)


def unrecognised(_error: Unrecognised) -> ResponseReturnValue:
    """Ask who a service does not recognise to sign in anew, also where a session stands.

    Nobody is sent to the address to sign in at: it sends who has a session straight back.
    """
    if visitor.account_or_none() is None and request.method != "POST":
        return visitor.to_sign_in()
    kept = of_this_request()
    g.account = None  # what is shown is for a stranger
    if kept is None:
        is_form = request.method == "POST"
        return sign_in.again(
            page_it_stands_on() if is_form else request.full_path.rstrip("?")
        ), FORBIDDEN
    return sign_in.with_unsent(kept), FORBIDDEN


def form_too_old(_error: CSRFError) -> ResponseReturnValue:
    """Say that the form cannot be taken: it is not from us, or from before signing in or out."""
    is_carrying = request.blueprint in {blueprint.name, sign_in.blueprint.name} and is_from_us()
    kept = carried() if is_carrying else of_this_request()
    return _shown(kept, NOT_OBEYED) if kept else _too_old()


def service_down() -> ResponseReturnValue | None:
    """Show a form again that a service did not answer to, where sending it twice does it once."""
    kept = of_this_request()
    if kept is None or not (kept.whole and kept.acts_once):
        return None
    page = render_template("unsent.html", kept=kept, unavailable=True)
    return page, UNAVAILABLE, {"Retry-After": "5"}


def _shown(kept: Unsent, status: int) -> ResponseReturnValue:
    if kept.for_people and visitor.account_or_none() is None:
        return sign_in.with_unsent(kept), FORBIDDEN
    return render_template("unsent.html", kept=kept, unavailable=False), status


def _too_old() -> ResponseReturnValue:
    page = render_template("trouble.html", kind="form_too_old", page=page_it_stands_on())
    return page, NOT_OBEYED
