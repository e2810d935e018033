"""A web server of two threads that loses patience soon, with an app that reads bodies."""

from flask import Flask, request

from infra.local.web_worker import BoundedWorker, HurriedSocket


class _Impatient(HurriedSocket):
    stalled_seconds = 0.4
    request_seconds = 1.2


class ImpatientWorker(BoundedWorker):
    """The platform's worker at another pace."""

    hurried = _Impatient


app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024  # as every app of ours has one


@app.route("/", methods=["GET", "POST"])
def read() -> str:
    """Tell how many bytes came."""
    return str(len(request.get_data()))
