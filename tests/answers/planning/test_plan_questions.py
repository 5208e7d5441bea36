"""Plans made in code, and recorded ones, on the questions in ../shared/eval."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.answers.planning.followups import Turn
from bot.answers.planning.plan import plan_in_code
from bot.answers.planning.planner import plan_from_json
from tests.shared import shared_file

TODAY = date(2026, 2, 11)
# Both ask one paper about two systems, in the words of a comparison: "DB-Conformer vs EEG conformer parameter count".
ASKED_AS_COMPARISONS = {"dev-021", "dev-023"}
# What each side has to name, since the questions of this kind hold titles and no sides.
SIDES = {
    "dev-050": ("SpikeGPT", "quantised spike driven transformer"),
    "dev-051": ("SiT", "DeiT-LT"),
    "dev-052": ("braincorl", "brain encoders"),
    "dev-053": ("weather", "traffic"),
    "dev-054": ("dbconformer", "ClST"),
    "dev-055": ("mossformer2", "tacotron-ish TTS"),
    "dev-056": ("bert4rec", "SSAST"),
}


def questions() -> list[Mapping[str, Any]]:
    lines = shared_file("eval/questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def history(question: Mapping[str, Any]) -> tuple[Turn, ...]:
    return tuple(Turn(turn["role"], turn["content"]) for turn in question.get("history", ()))


def test_sides_of_comparisons_and_of_nothing_else() -> None:
    for question in questions():
        sides = plan_in_code(question["question"], today=TODAY, history=history(question)).sides
        if question["kind"] == "compare":
            assert sides == SIDES[question["id"]]
        else:
            assert bool(sides) == (question["id"] in ASKED_AS_COMPARISONS), question["id"]


def test_follow_ups_are_told_in_any_conversation() -> None:
    every = questions()
    conversations = [history(question) for question in every if question["kind"] == "followup"]
    assert conversations
    for question in every:
        for turns in conversations:
            rewritten = plan_in_code(question["question"], today=TODAY, history=turns).rewritten
            assert rewritten == (question["kind"] == "followup"), question["id"]


def test_dates_and_orders_only_where_they_are_asked_for() -> None:
    for question in questions():
        plan = plan_in_code(question["question"], today=TODAY)
        assert bool(plan.date_words) == (question["kind"] == "dated"), question["id"]


def test_recorded_plans_are_read_and_agree_on_dates() -> None:
    recorded = {
        json.loads(line)["id"]: line
        for line in shared_file("eval/plans.jsonl").read_text(encoding="utf-8").splitlines()
    }
    for question in questions():
        turns = history(question)
        plan = plan_from_json(recorded[question["id"]], question=question["question"], history=turns)
        assert plan is not None
        assert plan.keywords
        assert plan.rewritten == (question["kind"] == "followup"), question["id"]
        assert plan.filters == plan_in_code(question["question"], today=TODAY, history=turns).filters, question["id"]
