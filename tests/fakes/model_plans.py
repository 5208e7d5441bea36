"""Plans by the loopback model, right and wrong."""

import json
import re
from typing import Any

from tests.fakes.model_reply import Behaviour, Json, Reply, in_pieces

PLANNED = re.compile(r"^(?P<fence>@@\w+) question\n(?P<question>.*)\n(?P=fence) end of question$", re.MULTILINE)


def question_to_plan(request: Json) -> str | None:
    """Return the question that a request wants a plan for; None when it wants something else."""
    match = PLANNED.search(request["messages"][-1]["content"])
    return match["question"] if match else None


def plan_of(request: Json, **fields: Any) -> str:
    """Return a right plan, with some fields changed: the question as it is, its longer words as keywords."""
    question = question_to_plan(request) or ""
    plan: Json = {
        "standalone": question,
        "keywords": re.findall(r"[^\W_]{5,}", question)[:10],
        "after": None,
        "before": None,
        "order": None,
        "intent": "question",
        "sides": [],
    }
    return json.dumps(plan | fields)


def plans(around: str = "{}", *, delay_s: float = 0.0, **fields: Any) -> Behaviour:
    """Write a right plan, with some fields changed, at the place of {} in a text around it."""
    before, _, after = around.partition("{}")
    return lambda request: Reply(in_pieces(f"{before}{plan_of(request, **fields)}{after}"), delay_s=delay_s)


FENCED_PLAN = plans("Here is the plan:\n```json\n{}\n```\nHope this helps!")
PLAN_AFTER_THINKING = plans('<think>They want {"standalone": "bananas"}?</think>\n{}')


def malformed_plan(request: Json) -> Reply:
    """Write a plan that breaks off, and say that it is finished."""
    return Reply(in_pieces(plan_of(request)[:40]))


def half_a_plan(request: Json) -> Reply:
    """Write the beginning of a plan, then cut the connection."""
    return Reply(in_pieces(plan_of(request)[:40]), dropped=True)


def slow_plan(request: Json) -> Reply:
    """Write a right plan, in an hour or so."""
    return Reply(in_pieces(plan_of(request)), delay_s=30)


def without_json_mode(request: Json) -> Reply:
    """Answer 400 to a request for JSON mode, else plan rightly."""
    return Reply(status=400) if "response_format" in request else plans()(request)
