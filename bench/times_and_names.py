"""Whether times and names in questions are read: `python -m bench.times_and_names`, for a tuned and an unseen half.

`times_and_names.jsonl` has questions with the days that a person means, as seen from a day in February 2026, or with
the name that opens the title of the paper that is meant. All go through the assistant, without a model.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.retrieval import read_papers
from bot.app import App, open_app
from bot.config import Settings
from bot.models import Paper
from bot.search.engine.forward import title_name
from bot.sources.files import read_file

_SHARED = Path("../shared")
_QUESTIONS = Path(__file__).with_suffix(".jsonl")
_NOW = datetime(2026, 2, 11, 12, tzinfo=UTC)
_AMONG = 5

Record = dict[str, Any]


async def measure(questions: Sequence[Record], papers: Sequence[Paper]) -> Iterator[tuple[Record, str | None]]:
    """Return each question with what was wrong, None where nothing was."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate({"store": {"path": Path(folder) / "store.db"}})
        async with open_app(settings, use_model=False, clock=lambda: _NOW) as app:
            await app.papers.upsert(papers, now=_NOW.timestamp())
            return iter([(question, await _wrong(app, question)) for question in questions])


async def _wrong(app: App, question: Record) -> str | None:
    if "name" in question:
        found = await app.assistant.find(question["question"], limit=_AMONG)
        titles = [paper.title for paper in found.papers]
        return None if question["name"] in map(title_name, titles) else f"found {titles}"
    plan = await app.assistant.plan(question["question"])
    after, before = plan.filters.after, plan.filters.before
    days = f"{after or ''}..{before or ''}" if after or before else None
    if days != question["days"]:
        return f"{days} instead of {question['days']}"
    return None if plan.order == question.get("order", plan.order) else f"order {plan.order}"


def main() -> None:
    """Print how many of each half are read right, and which are not."""
    parser = argparse.ArgumentParser(prog="python -m bench.times_and_names", description=__doc__)
    parser.add_argument(
        "--corpus", type=Path, default=_SHARED / "ir/ml-papers/corpus.jsonl", help="BEIR's corpus.jsonl"
    )
    parser.add_argument(
        "--papers", type=Path, default=_SHARED / "eval/papers.jsonl", help="papers as `import` reads them"
    )
    parser.add_argument("--questions", type=Path, default=_QUESTIONS)
    parser.add_argument("--half", choices=["tuned", "unseen"], help="only this half")
    options = parser.parse_args()
    lines = map(json.loads, options.questions.read_text(encoding="utf-8").splitlines())
    questions = [question for question in lines if options.half in (None, question["half"])]
    papers = [*read_papers([options.corpus]), *_papers(options.papers)]
    results = list(asyncio.run(measure(questions, papers)))
    for half in dict.fromkeys(question["half"] for question in questions):
        for kind, key in (("times", "days"), ("names", "name")):
            wrong = [(question, why) for question, why in results if question["half"] == half and key in question]
            right = sum(why is None for _, why in wrong)
            print(f"{half} {kind}: {right} of {len(wrong)}")
            for question, why in wrong:
                if why is not None:
                    print(f"  {question['question']}: {why}")


def _papers(path: Path) -> Iterator[Paper]:
    for record in read_file(path, today=_NOW.date()).records:
        if isinstance(record, Paper):
            yield record


if __name__ == "__main__":
    main()
