"""Measure document expansion: questions asked without a model, in a store with and without recorded questions.

The papers are those of the question set and distractors that a capable model wrote questions for, blind to the set
(tests/recordings/README.md). Questions are found through the assistant. The weight was chosen on the half of the
questions called "chosen on"; the other half is "held back". In the large store only these papers are expanded, which
favours them: where every paper is, the others have words of everyday too.
"""

import argparse
import asyncio
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.metrics import reciprocal_rank
from bench.retrieval import read_papers, store_of
from bot.answers.planning.followups import Turn
from bot.answers.planning.planner import plan_from_json
from bot.app import App
from bot.models import Paper, slug
from bot.search.engine import index
from bot.search.ranking.confidence import Confidence

RECORDED = Path("tests/recordings/questions.jsonl")
DEPTH = 10

_SHARED = Path("../shared")
_OF_SEVERAL = frozenset({"list", "dated", "compare"})
"""Kinds of questions that more than one paper answers: a single place says little of them."""

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A question of the set, the place of its paper among the first `DEPTH` (0: not there), and whether it is answered.

    `held_back`: it is of the half that no weight was chosen on.
    """

    kind: str
    held_back: bool
    place: int
    answered: bool


def halved(question_id: str) -> bool:
    """Whether a question is of the half that is held back, by a hash of its id."""
    return hashlib.sha256(question_id.encode()).digest()[0] % 2 == 1


async def find_all(app: App, asked: Iterable[Record], plans: Mapping[str, Record]) -> list[Found]:
    """Return where the paper of each question stands, found by the question's words or by its recorded plan."""
    return [await _find(app, question, plans.get(str(question["id"]))) for question in asked]


async def _find(app: App, question: Record, recorded: Record | None) -> Found:
    text, wanted = str(question["question"]), {slug(title): 1 for title in question["papers"]}
    history = [Turn(turn["role"], turn["content"]) for turn in question.get("history", [])]
    plan = plan_from_json(json.dumps(recorded), question=text, history=history) if recorded else None
    result = await app.assistant.find(text, history=history, plan=plan, limit=DEPTH)
    share = reciprocal_rank([slug(paper.title) for paper in result.papers], wanted)
    place = round(1 / share) if share else 0
    return Found(question["kind"], halved(question["id"]), place, result.confidence is Confidence.ANSWER)


def table(name: str, found: Sequence[Found]) -> Iterator[str]:
    """Yield a row for all questions, for each half, and for those that share hardly a word with their paper."""
    parts = {
        "all": found,
        "chosen on": [one for one in found if not one.held_back],
        "held back": [one for one in found if one.held_back],
        "paraphrases": [one for one in found if one.kind == "paraphrase"],
        "- held back": [one for one in found if one.kind == "paraphrase" and one.held_back],
    }
    for part, some in parts.items():
        if some:
            hits = sum(1 <= one.place <= 5 for one in some) / len(some)
            rank = sum(1 / one.place for one in some if one.place) / len(some)
            answered = sum(one.answered for one in some) / len(some)
            yield f"| {name} | {part} | {hits:.3f} | {rank:.3f} | {answered:.3f} | {len(some)} |"


async def measure(
    papers: Sequence[Paper],
    questions: Mapping[str, Sequence[str]],
    asked: Sequence[Record],
    plans: Mapping[str, Record],
    weights: Sequence[float],
) -> None:
    """Print the rows for a store of these papers: without questions, then with them at each weight."""
    async with store_of(papers) as app:
        size = (await app.searcher.index()).size
        for row in table(f"{size:,} papers", await find_all(app, asked, plans)):
            print(row)
        written = {paper: questions[slug(paper.title)] for paper in papers if slug(paper.title) in questions}
        await app.questions.save(written)
        for weight in weights:
            index.QUESTIONS_WEIGHT = weight
            for row in table(f"- {len(written)} expanded, weight {weight:g}", await find_all(app, asked, plans)):
                print(row)


def read(path: Path) -> list[Record]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.expansion", description=__doc__)
    parser.add_argument("--questions", type=Path, default=RECORDED, help="recorded questions by title (%(default)s)")
    parser.add_argument("--asked", type=Path, default=_SHARED / "eval/questions.jsonl", help="the question set")
    parser.add_argument("--papers", type=Path, default=_SHARED / "eval/papers.jsonl", help="the papers of the set")
    parser.add_argument("--plans", type=Path, help="recorded plans by the questions' ids, to search with keywords")
    parser.add_argument("--haystack", type=Path, default=_SHARED / "ir/ml-papers/corpus.jsonl", help="other papers")
    parser.add_argument("--weights", type=float, nargs="+", default=[index.QUESTIONS_WEIGHT], help="weights to try")
    options = parser.parse_args()
    missing = [path for path in (options.asked, options.papers, options.haystack) if not path.is_file()]
    if missing:
        parser.error(f"no file {missing[0]}")
    questions = {slug(str(one["title"])): one["questions"] for one in read(options.questions)}
    asked = [one for one in read(options.asked) if one["papers"] and one["kind"] not in _OF_SEVERAL]
    plans = {str(plan["id"]): plan for plan in read(options.plans)} if options.plans else {}
    own = [Paper(title=one["title"], abstract=one["abstract"], origin="set") for one in read(options.papers)]
    known = {slug(paper.title) for paper in own}
    hay = [paper for paper in read_papers([options.haystack]) if slug(paper.title) not in known]
    print("| store | questions | hit@5 | MRR | answered | asked |\n|---|---|---|---|---|---|")
    for papers in ([*own, *(paper for paper in hay if slug(paper.title) in questions)], [*own, *hay]):
        asyncio.run(measure(papers, questions, asked, plans, options.weights))


if __name__ == "__main__":
    main()
