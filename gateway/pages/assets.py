"""Files of ours that pages load: one style sheet put together from its parts, scripts, icons."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, url_for

STATIC = Path(__file__).resolve().parents[1] / "static"
SHEETS = (
    "tokens",
    "base",
    "site",
    "forms",
    "parts",
    "tables",
    "grids",
    "organizer",
    "charts",
    "door",
    "print",
)
A_YEAR = 365 * 24 * 3600
blueprint = Blueprint("assets", __name__)


@blueprint.get("/assets/atrium.css")
def style_sheet() -> Response:
    """Answer with the whole sheet: one request instead of eight."""
    response = Response(sheet(), mimetype="text/css")
    response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return response


@cache
def sheet() -> bytes:
    """Return the parts of the sheet in their order; a part may override those before it."""
    return b"\n".join((STATIC / "css" / f"{name}.css").read_bytes() for name in SHEETS)


def sheet_address() -> str:
    """Return the sheet's address; it changes when the sheet does, so it may be kept for a year."""
    return url_for("assets.style_sheet", v=_digest(sheet()))


def asset(name: str) -> str:
    """Return the address of a file of ours; it changes when the file does, so it may be kept."""
    return url_for("static", filename=name, v=_file_digest(name))


@cache
def _file_digest(name: str) -> str:
    return _digest((STATIC / name).read_bytes())


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=6).hexdigest()
