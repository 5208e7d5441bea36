"""People who all ask at once, with a budget for a few of them: nothing is used beyond it."""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bench.answer_asking import ASKER, NOW, Bench, Outcome, bench_with, context
from bench.answer_table import Reached
from bot.answers.answer import Kind
from bot.models import Paper
from tests.fakes.model_behaviours import faithful

DAY_TOKENS = 45_000
"""What ten answers reserve together."""


async def budget_rows(papers: Sequence[Paper], *, askers: int) -> list[Reached]:
    """Return a row for one app, and one for two that share a store's file."""
    return [await _row(papers, apps, askers) for apps in (1, 2)]


async def _row(papers: Sequence[Paper], apps: int, askers: int) -> Reached:
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            benches: list[Bench] = []
            for _ in range(apps):  # one after the other: each brings the store up to date
                opened = bench_with(
                    papers,
                    faithful,
                    plan_seconds=0,  # so many plans at once would use up most of it
                    store=Path(folder) / "store.db",
                    limits={"day_tokens": DAY_TOKENS},
                )
                benches.append(await stack.enter_async_context(opened))
            titles = (papers[number % len(papers)].title for number in range(askers))
            crowd = [
                benches[number % apps].outcome(benches[number % apps].app.assistant.ask(title, context=context()))
                for number, title in enumerate(titles)
            ]
            outcomes = await asyncio.gather(*crowd)
            spent = await benches[0].app.usage.spent(NOW.date(), user=ASKER.user, guild=ASKER.guild)
    over = max(0, spent.day_tokens - DAY_TOKENS)
    answered, extracts = _count(outcomes, Kind.ANSWER), _count(outcomes, Kind.EXTRACTS)
    where = "one process" if apps == 1 else f"{apps} apps on one store"
    reached = f"{over} ({answered} answers, {extracts} extracts; {spent.day_tokens:,} of {DAY_TOKENS:,} tokens used)"
    met = over == 0 and 0 < answered < askers and spent.day_tokens > 0
    return Reached(f"tokens over the budget, {askers} askers at once, {where}", "0", reached, askers, met)


def _count(outcomes: Sequence[Outcome], kind: Kind) -> int:
    return sum(outcome.answer is not None and outcome.answer.kind is kind for outcome in outcomes)
