"""What went wrong on the way to the campus and back, in words that say what to do."""

from gateway.pages.language import gettext as _


def sentence(why: str) -> str:
    """Return the sentence for a reason of CampusSignInFailed."""
    sentences = {
        "unknown_flow": _(
            "This sign-in was begun in another window, took too long, or was used already. "
            "Please begin again."
        ),
        "denied": _("The campus sign-in was not completed. You can try again."),
        "provider_down": _("The campus sign-in does not answer just now. Please try again later."),
        "proof_refused": _(
            "What the campus sign-in said could not be verified, so you were not signed in. "
            "Please try again, and tell the library if it happens again."
        ),
        "not_known": _("There is no library account for you yet. Please ask the library."),
        "number_taken": _(
            "There is a library account with your number, but it is not connected to this "
            "sign-in. Please ask the library."
        ),
        "too_little_said": _(
            "The campus sign-in did not tell your name, so no account could be made. "
            "Please ask the library."
        ),
        "closed": _("Your library account is closed. Please ask the library."),
    }
    return sentences.get(why, _("This way of signing in is not offered here."))
