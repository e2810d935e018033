"""Suggestions and who stands behind them: the invented ones, and real ones of Madrid's citizens."""

import csv
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from uuid import UUID

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

MADRID = "MAD"
# One invented supporter for so many real ones: 228,140 supports become about 2,300.
MADRID_SCALE = 100


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
        timeline.at(made_at, partial(_submit, hands, tally, "Chenghu", command))
        left = timedelta(days=-record["day"])
        for patron in behind:
            at = made_at + left * random.random() ** 2
            support = SupportSuggestion(suggestion_id=suggestion_id, patron_id=patron)
            timeline.at(at, partial(_support, hands, tally, "Chenghu", support))
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


def load_madrid(hands: Hands, tally: Tally, supporters: list[UUID]) -> int:
    """Make the 80 real proposals, each with its supports scaled down; return how many."""
    with (layout.DATA / "decide_madrid_proposals.csv").open(encoding="utf-8") as file:
        proposals = sorted(csv.DictReader(file), key=lambda row: row["date"])
    for nth, row in enumerate(proposals):
        random = Random(nth)  # noqa: S311 - which invented person stands for which hundred real ones
        made_at = datetime.combine(date.fromisoformat(row["date"]), time(12), tzinfo=UTC)
        hands.clock.set(made_at)
        suggestion_id = named_id("madrid proposal", row["code"])
        command = SubmitSuggestion(
            id=suggestion_id,
            patron_id=named_id("madrid author", row["code"]),
            library_id=library_id(MADRID),
            space_kind="cultural",
            title=row["title"],
            body=row["summary"] or row["title"],
        )
        _submit(hands, tally, "Decide Madrid", command)
        for patron in random.sample(supporters, k=round(int(row["supports"]) / MADRID_SCALE)):
            support = SupportSuggestion(suggestion_id=suggestion_id, patron_id=patron)
            _support(hands, tally, "Decide Madrid", support)
    return len(proposals)


def _submit(hands: Hands, tally: Tally, where: str, command: SubmitSuggestion) -> None:
    tally.attempt(f"{where}: suggestions", lambda: submit_suggestion(command, **hands.engaging()))


def _support(hands: Hands, tally: Tally, where: str, command: SupportSuggestion) -> None:
    tally.attempt(f"{where}: supports", lambda: support_suggestion(command, **hands.engaging()))
