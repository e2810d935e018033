"""Suggestions and who stands behind them: the invented ones, and how any of them is made."""

from datetime import datetime, time, timedelta
from functools import partial
from random import Random

import yaml

from infra.sample_campus import layout
from infra.sample_campus.hands import LOADER, Hands
from infra.sample_campus.loading import Loading
from infra.sample_campus.places import library_id
from infra.sample_campus.progress import Tally
from infra.sample_campus.weeks import CODE, Inhabitants
from services.engagement.commands.answer_suggestion import AnswerSuggestion, answer_suggestion
from services.engagement.commands.submit_suggestion import SubmitSuggestion, submit_suggestion
from services.engagement.commands.support_suggestion import SupportSuggestion, support_suggestion
from shared.kernel.identifiers import named_id


def plan_suggestions(loading: Loading, inhabitants: Inhabitants) -> int:
    """Put the invented suggestions and their supports on the timeline; return how many."""
    records = yaml.safe_load((layout.DATA / "suggestions.yaml").read_text(encoding="utf-8"))
    hands, timeline, tally = loading.hands, loading.timeline, loading.tally
    today, zone = loading.today, loading.zone
    for nth, record in enumerate(records):
        random = Random(nth)  # noqa: S311 - repeatable dice for invented wishes
        author, *behind = random.sample(list(inhabitants.patron_ids), k=record["supports"] + 1)
        made_at = datetime.combine(
            today + timedelta(days=record["day"]), time(9 + nth % 12, 15), tzinfo=zone
        )
        suggestion_id = named_id("suggestion", record["title"])
        command = SubmitSuggestion(
            id=suggestion_id,
            patron_id=author,
            library_id=library_id(CODE),
            space_kind=record["kind"],
            title=record["title"],
            body=record["body"],
        )
        timeline.at(made_at, partial(submit, hands, tally, "Chenghu", command))
        left = timedelta(days=-record["day"])
        for patron in behind:
            at = made_at + left * random.random() ** 2
            behind_it = SupportSuggestion(suggestion_id=suggestion_id, patron_id=patron)
            timeline.at(at, partial(support, hands, tally, "Chenghu", behind_it))
        for said in record.get("answers", ()):
            at = datetime.combine(today + timedelta(days=said["day"]), time(16), tzinfo=zone)
            answer = AnswerSuggestion(
                suggestion_id=suggestion_id,
                answered_by=LOADER,
                stage=said["stage"],
                text=said["text"],
            )
            timeline.at(at, partial(answer_suggestion, answer, **hands.engaging()))
    return len(records)


def submit(hands: Hands, tally: Tally, where: str, command: SubmitSuggestion) -> None:
    """Make a suggestion; no rule is against any, so a refusal is our mistake and stops us."""
    submit_suggestion(command, **hands.engaging())
    tally.accepted[f"{where}: suggestions"] += 1


def support(hands: Hands, tally: Tally, where: str, command: SupportSuggestion) -> None:
    """Stand behind a suggestion, unless a rule is against it."""
    tally.attempt(f"{where}: supports", lambda: support_suggestion(command, **hands.engaging()))
