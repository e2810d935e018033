"""The question in a reader's words."""

from gateway.pages.language import gettext as _
from gateway.pages.participation.question import Question
from gateway.pages.wording import cell_name, full_date, in_language


def question_words(question: Question) -> str:
    """Return which days, which library and whom a page is about, as one line."""
    days = _(
        "%(from)s to %(to)s, both included",
        **{"from": full_date(question.first), "to": full_date(question.last)},
    )
    library = in_language(question.library, "name") if question.library else _("All libraries")
    whom = cell_name(question.cell, question.group) if question.cell else _("Everybody")
    return f"{days} · {library} · {whom}"
