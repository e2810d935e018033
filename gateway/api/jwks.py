"""The public keys, for whoever verifies access tokens (RFC 7517)."""

from flask import Blueprint, Response, jsonify

from gateway.parts import current_parts

blueprint = Blueprint("jwks", __name__)


@blueprint.get("/.well-known/jwks.json")
def published_keys() -> Response:
    """Return the JSON Web Key Set; it may be kept for a minute."""
    response = jsonify(current_parts().keys.published())
    response.headers["Cache-Control"] = "public, max-age=60"
    return response
