"""Whether extracts hold the facts that were asked for, counted by the question file's own scorer."""

import json
import runpy
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from bench.predictions import evaluate
from bot.app import open_app
from bot.config import Settings

PRESENT = "facts present in answer"
_NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)  # "last month" is the same month in every run

Record = dict[str, Any]
Scorer = Callable[[list[Record], dict[str, Record]], dict[str, float]]


async def facts_present(folder: Path, *, with_plans: bool) -> float:
    """Return the share of questions, among those with facts to find, whose extracts hold them all.

    `folder` holds questions.jsonl, papers.jsonl, plans.jsonl and score.py.
    """
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "predictions.jsonl"
        settings = Settings.model_validate({"store": {"path": Path(scratch) / "store.db"}})
        async with open_app(settings, use_model=False, clock=lambda: _NOW) as app:
            await evaluate(
                app,
                questions=folder / "questions.jsonl",
                papers=folder / "papers.jsonl",
                plans=folder / "plans.jsonl" if with_plans else None,
                haystack=None,
                out=out,
                watch=lambda questions: questions,
            )
        predictions = {record["id"]: record for record in _records(out)}
    score = cast("Scorer", runpy.run_path(str(folder / "score.py"))["score"])
    return score(_records(folder / "questions.jsonl"), predictions)[PRESENT]


def _records(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
