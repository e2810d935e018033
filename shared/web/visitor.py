"""From which address a request comes: the caller's own, or the one the gateway vouches for.

Pages are made by the gateway, which asks the services in the visitor's name: to them every stranger
would have the gateway's address. So the gateway sends along a signed statement of the address it
saw. It is checked like an access token; whoever makes one up is counted by their own address.
"""

from flask import current_app, g, request

from shared.web.keys import KeysUnavailable
from shared.web.tokens import TokenRefused, TokenVerifier

VISITOR = "Atrium-Visitor"


def client_address() -> str:
    """Return the address to count a stranger's requests by."""
    if "client_address" not in g:
        g.client_address = _vouched_for() or request.remote_addr or ""
    return str(g.client_address)


def _vouched_for() -> str | None:
    statement = request.headers.get(VISITOR)
    if statement is None:
        return None
    verifier: TokenVerifier = current_app.extensions["atrium_tokens"]
    try:
        return verifier.visitor_address(statement)
    except (TokenRefused, KeysUnavailable):
        return None
