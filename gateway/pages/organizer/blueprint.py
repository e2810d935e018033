"""The organizer's pages are one journey: every module here adds its addresses to it."""

from flask import Blueprint

ROLES = ("organizer", "staff", "admin")
blueprint = Blueprint("organizer", __name__, url_prefix="/organizing")
