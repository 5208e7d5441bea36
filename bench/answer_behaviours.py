"""Every behaviour of the loopback model over the question file: what users are shown, and what it costs."""

import asyncio
import math
import runpy
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from bench.answer_asking import ASKER, Asked, Bench, Outcome, bench_with, read_asked, recorded_plans, records
from bench.answer_shown import Shown, shown
from bench.answer_table import Reached, at_least, most, none_of
from bench.facts import PRESENT, Scorer
from bot.answers.answer import Answer, Kind
from bot.models import Paper
from tests.fakes.model_behaviours import BEHAVIOURS, malformed_plan, slow_first_token, slow_tokens
from tests.fakes.model_plans import question_to_plan
from tests.fakes.model_reply import Behaviour, Json

FEW = 8
"""How many questions those behaviours get that make one wait, or that write nothing or without end."""

_PATIENT: dict[str, Any] = {"timeout_seconds": 20.0, "first_token_seconds": 10.0}
_HASTY: dict[str, Any] = {"timeout_seconds": 1.0, "first_token_seconds": 0.3}
_SLOW: dict[str, Behaviour] = {"slow_first_token": slow_first_token(2.0), "slow_tokens": slow_tokens(0.02)}
_WAITING = {*_SLOW, "status_429", "status_429_retry_after", "status_500", "status_500_plain_text", "never_stops"}
_FAILING = {name for name in BEHAVIOURS if name.startswith(("status_", "overflow_"))} | {"empty_stream"}
_SPOILING = ("wrong_figure", "swapped_figure", "wrong_citation", "uncited", "out_of_range_citation", "invented_title")
_RIGHT = ("faithful", "paraphrasing")


@dataclass(slots=True)
class Seen:
    """What one behaviour led to."""

    outcomes: list[Outcome] = field(default_factory=list)
    calls: list[Json] = field(default_factory=list)
    facts: float | None = None

    @property
    def shown(self) -> list[Shown]:
        """All sentences that were shown."""
        return [one for outcome in self.outcomes if outcome.answer for one in shown(outcome.answer)]

    @property
    def kinds(self) -> Counter[str]:
        """How many answers there are of each kind."""
        return Counter(outcome.answer.kind if outcome.answer else "error" for outcome in self.outcomes)


async def behaviour_rows(folder: Path, papers: Sequence[Paper], *, questions: int | None) -> list[Reached]:
    """Return the rows about what was shown, for every behaviour over the first `questions`, all of them by default."""
    asked = read_asked(folder)[:questions]
    seen: dict[str, Seen] = {}

    async def watch(name: str) -> None:
        seen[name] = await see(name, BEHAVIOURS[name], asked, papers, folder)

    await asyncio.gather(*(watch(name) for name in BEHAVIOURS if name in _WAITING))
    for name in BEHAVIOURS:
        if name not in _WAITING:
            await watch(name)
    seen = {name: seen[name] for name in BEHAVIOURS}
    sentences = [one for it in seen.values() for one in it.shown]
    return [*shown_rows(sentences, "answers"), _wrong_row(seen), *_cost_rows(seen), *_kinds(seen)]


async def see(name: str, behaviour: Behaviour, asked: Sequence[Asked], papers: Sequence[Paper], folder: Path) -> Seen:
    """Ask all questions, or a few where one has to wait, of a model that behaves so."""
    seen = Seen()
    planning = malformed_plan if name == "malformed_plan" else recorded_plans(asked)
    waits = _HASTY if name in _SLOW else _PATIENT
    mine = asked[:FEW] if name in _WAITING | _FAILING else asked
    async with bench_with(papers, _SLOW.get(name, behaviour), planning=planning, **waits) as bench:
        for one in mine:
            seen.outcomes.append(await bench.ask(one))
        seen.calls = await calls(bench)
    if len(mine) == len(asked):
        seen.facts = _facts(folder, mine, seen.outcomes)
    return seen


async def calls(bench: Bench) -> list[Json]:
    """Return the calls that the store has noted: purpose, input_tokens and output_tokens of each."""
    assert ASKER.user is not None
    return [dict(row) for row in await bench.app.usage.of_user(ASKER.user)]


def shown_rows(sentences: Sequence[Shown], where: str) -> list[Reached]:
    """Return the rows about sentences that were shown."""
    with_figures = [one for one in sentences if one.figures]
    return [
        at_least(f"{where}: displayed sentences whose citations exist", [one.sources_exist for one in sentences], 1.0),
        at_least(f"{where}: displayed sentences with a citation", [bool(one.cited) for one in sentences], 1.0),
        at_least(f"{where}: quotations and extracts verbatim", [one.quotes_stand for one in sentences], 1.0),
        at_least(f"{where}: figures stand in a cited source", [one.figures_stand for one in with_figures], 1.0),
    ]


def _wrong_row(seen: dict[str, Seen]) -> Reached:
    """Return how many wrong sentences were shown of models that copy sentences and make each wrong in one way."""
    sentences = [one for name in _SPOILING for one in seen[name].shown]
    wrong = sum(not one.stands_verbatim for one in sentences)
    return none_of("answers: sentences shown as a lying model spoilt them", wrong, len(sentences))


def _cost_rows(seen: dict[str, Seen]) -> list[Reached]:
    outcomes = [outcome for it in seen.values() for outcome in it.outcomes]
    right = [outcome for name in _RIGHT for outcome in seen[name].outcomes]
    right = [outcome for outcome in right if outcome.answers]
    requests = [request for it in outcomes for request in it.requests]
    prompts = [_tokens(request) for request in requests if question_to_plan(request) is None]
    written = [float(call["output_tokens"]) for name in _RIGHT for call in seen[name].calls]
    allowed = [float(request["max_tokens"]) for request in requests if request.get("max_tokens")]
    return [
        most("calls per answer, right model: for the answer", [float(it.answers) for it in right], 1),
        most("- before it, for the plan", [float(it.plans) for it in right], 1),
        most("calls for corrections, any behaviour", [float(it.corrections) for it in outcomes], 1),
        most(
            "requests in all, retries of failing servers included", [float(len(it.requests)) for it in outcomes], None
        ),
        most("prompt tokens of a call", prompts, 4000),
        # The loopback model heeds no max_tokens: of the others, what they were allowed tells.
        most("output tokens of a call, right model", written, 500),
        most("output tokens allowed in a request (max_tokens)", allowed, 500),
    ]


def _tokens(request: Json) -> float:
    """Return the tokens of a prompt as the loopback server counts them: one for four characters."""
    return math.ceil(sum(len(message["content"]) for message in request["messages"]) / 4)


def _kinds(seen: dict[str, Seen]) -> list[Reached]:
    rows = []
    for name, it in seen.items():
        kinds = ", ".join(f"{count} {kind}" for kind, count in it.kinds.most_common())
        facts = "" if it.facts is None else f"; facts {100 * it.facts:.0f} %"
        rows.append(Reached(f"behaviour {name}", "", f"{kinds}{facts}", len(it.outcomes)))
    return rows


def _facts(folder: Path, asked: Sequence[Asked], outcomes: Sequence[Outcome]) -> float:
    """Return the share of questions whose facts all stand in the answer, by the question file's own scorer."""
    predictions = {one.id: _prediction(outcome.answer) for one, outcome in zip(asked, outcomes, strict=True)}
    score = cast("Scorer", runpy.run_path(str(folder / "score.py"))["score"])
    return score(records(folder / "questions.jsonl"), predictions)[PRESENT]


def _prediction(answer: Answer | None) -> dict[str, Any]:
    sources = answer.sources if answer else ()
    said = [one.statement.text for one in shown(answer)] if answer else []
    links = [link for source in sources for link in (source.paper.title, source.paper.code_url) if link]
    return {
        "retrieved": [source.paper.title for source in sources],
        "cited": [source.paper.title for source in sources],
        "abstained": answer is None or answer.kind in (Kind.CLOSEST, Kind.NOTHING),
        "answer": "\n".join([*said, *links]),
    }
