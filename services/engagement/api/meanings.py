"""What names mean in the document of engagement, with values to try."""

from shared.web.meanings import Meaning, Meanings

MONDAY, SUNDAY = "2026-09-07", "2026-10-04"

MEANINGS = Meanings(
    parameters={
        "metric_id": Meaning("The metric, as `GET /metrics` names it.", "M01"),
        "name": Meaning("Which funnel or report."),
        "suggestion_id": Meaning("The suggestion."),
        "library_id": Meaning("The library."),
        "library": Meaning("The library; where it may be left out, then all of them."),
        "code": Meaning("The term's code: letters, digits, dots and dashes.", "2026-1"),
        "from": Meaning("The first day, of the library's own calendar.", MONDAY),
        "to": Meaning("The last day, included.", SUNDAY),
        "split": Meaning("Told apart by this; the metric says which splits it knows."),
        "step": Meaning("How long each period is; `term` needs `library`."),
        "measure": Meaning(
            "`starts`: stays begun in the hour; `occupied`: minutes in use. Cells are called "
            "`<weekday>-<hour>`: here Monday is 1 and Sunday 7, hours are 00 to 23."
        ),
        "space_kind": Meaning("Only spaces of this kind."),
        "sort": Meaning("The newest first, or those with the most supporters."),
        "text": Meaning("Best the title alone: a long text is like everything.", "More sockets"),
    },
    members={
        "numerator": Meaning("What is counted; null where the number is held back."),
        "denominator": Meaning("By what it is divided; null where that is held back."),
        "reason_text": Meaning("The reason as a sentence."),
        "cells": Meaning("One when not split, else one for each value of the split."),
        "metric": Meaning("The metric's words and formula."),
        "split": Meaning("What it is told apart by; null: by nothing."),
        "splits": Meaning("What it can be told apart by."),
        "standard": Meaning("The standard that has such an indicator; null: none."),
        "quarter_hour": Meaning("When, rounded down to a quarter of an hour."),
        "space_kind": Meaning("The kind of spaces; null: all, or none in particular."),
        "persons": Meaning("How many people asked in vain."),
        "status": Meaning("What the library said last; `submitted` before that."),
        "cap_per_day": Meaning("The most points a person gets by it on one day; null: no end."),
        "valid_from": Meaning("The first day it holds."),
        "condition": Meaning("Which acts of the type earn; empty: all of them."),
        "rule_version": Meaning("The version of the rule that held for the act."),
        "voids_entry_id": Meaning("Which entry it takes back; null for points gained."),
        "stage": Meaning("Where the library's answer stands."),
        "from": Meaning("The first day, of the library's own calendar.", MONDAY),
        "to": Meaning("The last day, included.", SUNDAY),
        "name_zh": Meaning("What people read in Chinese.", "秋季学期"),
        "name_en": Meaning("What people read in English.", "Autumn term"),
        "title": Meaning("In one sentence.", "More sockets in the reading room"),
        "act_type": Meaning("Which act earns."),
        "opted_out": Meaning("true: no points are kept for this person."),
        "balance": Meaning("All points gained less those taken back."),
        "mine": Meaning("Whether whoever asks made it; nobody learns who else did."),
        "text": Meaning("What people read.", "We shall order them for the spring."),
        "step": Meaning("How long each period is."),
    },
)
