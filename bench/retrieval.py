"""Measure what users get: papers found and questions turned away, without a model.

Questions are made from a collection of papers (`bench.questions`) and asked through the assistant over a store that
holds it. "Turned away" is any confidence under "answer": the closest papers or nothing. The thresholds of
`bot/search/confidence.py` were chosen on every other question; the figures about them are of the rest, or with
`--choosing` of those on which they were chosen. Another `--seed` asks other questions.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import questions as make
from bench.questions import Question
from bot.answers.retrieval import Retrieved
from bot.app import App, open_app
from bot.config import Settings
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex
from bot.search.ranking.confidence import Confidence

LIMIT = 6
"""How many papers an answer is made from."""

_SHARED = Path("../shared/ir")
_NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)  # "tomorrow" is the same day in every run


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what was found for it."""

    question: Question
    result: Retrieved

    def hit(self, k: int) -> bool:
        """Whether every gold paper is among the first `k`."""
        return set(self.question.gold) <= {paper.key for paper in self.result.papers[:k]}

    @property
    def answered(self) -> bool:
        """Whether an answer would be given."""
        return self.result.confidence is Confidence.ANSWER


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table: a share with its target, where there is one, and the number of questions."""

    name: str
    share: float
    target: float | None
    count: int

    def __str__(self) -> str:
        target = "" if self.target is None else f">= {100 * self.target:.0f} %"
        return f"| {self.name} | {100 * self.share:.1f} % | {target} | {self.count:,} |"


async def measure(
    papers: Sequence[Paper], *, off_domain: dict[str, list[str]], count: int, seed: int = 0, choosing: bool = False
) -> list[Figure]:
    """Ask `count` questions of each kind and return the figures; `off_domain` are questions by their collection."""
    asked = await ask_all(papers, off_domain=off_domain, count=count, seed=seed)
    half = {kind: found[0 if choosing else 1 :: 2] for kind, found in asked.items()}
    return [*_found(asked), *_spared(asked), *_decided({kind: found for kind, found in half.items() if found})]


async def ask_all(
    papers: Sequence[Paper], *, off_domain: dict[str, list[str]], count: int, seed: int
) -> dict[str, list[Asked]]:
    """Return what was found for the questions, by kind."""
    names = make.paper_names(papers)
    asked: dict[str, list[Asked]] = {}
    async with store_of(papers) as app:
        index = await app.searcher.index()
        sets = [
            make.named_questions(names, count=count, seed=seed + 1),
            make.described_questions(papers, count=count, seed=seed + 2),
            make.remembered_questions(papers, count=count, seed=seed + 3),
            make.compared_questions(names, count=count, seed=seed + 4),
            make.everyday_questions(),
            make.invented_questions(_Known(index), count=count, seed=seed + 5),
            make.invented_questions(_Known(index), count=count, seed=seed + 6, in_context=True),
            *([Question(name, text) for text in texts[:count]] for name, texts in off_domain.items()),
        ]
        for questions in sets:
            if questions:
                asked[questions[0].kind] = await ask(app, questions)
    kept, away = make.held_out(papers, count=min(count, len(papers) // 2), seed=seed + 7)
    names = make.lone_names(papers)
    async with store_of(kept) as app:
        away_names = {paper.key: names[paper.key] for paper in away if paper.key in names}
        asked["held out, named"] = await ask(app, make.named_questions(away_names, count=count, seed=seed + 8))
        asked["held out, described"] = await ask(app, make.described_questions(away, count=count, seed=seed + 9))
    return asked


async def ask(app: App, questions: Iterable[Question]) -> list[Asked]:
    """Find papers for each question."""
    return [Asked(question, await app.assistant.find(question.text, limit=LIMIT)) for question in questions]


@asynccontextmanager
async def store_of(papers: Sequence[Paper]) -> AsyncIterator[App]:
    """Open an app without a model whose store, in a temporary folder, holds `papers`."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate({"store": {"path": Path(folder) / "store.db"}})
        async with open_app(settings, use_model=False, clock=lambda: _NOW) as app:
            await app.papers.upsert(papers, now=_NOW.timestamp())
            yield app


class _Known:
    def __init__(self, index: PaperIndex) -> None:
        self._vocabulary = frozenset(index.vocabulary())

    def __call__(self, term: str) -> bool:
        return term in self._vocabulary


def _found(asked: dict[str, list[Asked]]) -> list[Figure]:
    rows = [
        ('"What is X?", hit@1', "named", 1, 0.95),
        ('"What is X?", hit@5', "named", 5, 0.98),
        ("described, hit@1", "described", 1, None),
        ("described, hit@5", "described", 5, 0.94),
        ("half of the words remembered, hit@5", "remembered", 5, None),
        ("compared, both among 6", "compared", LIMIT, 0.92),
    ]
    return [
        Figure(name, share([one.hit(k) for one in asked[kind]]), target, len(asked[kind]))
        for name, kind, k, target in rows
        if kind in asked
    ]


def _spared(asked: dict[str, list[Asked]]) -> list[Figure]:
    """Return for how many questions no model's plan is asked for, and how many of these are about the paper found."""
    rows: list[Figure] = []
    for kind, found in asked.items():
        certain = [one for one in found if one.result.certain]
        if certain:
            right = [set(one.question.gold) == {one.result.subject} for one in certain]
            rows.append(
                Figure(f"planner's call spared, {kind}", share([one.result.certain for one in found]), None, len(found))
            )
            rows.append(Figure("- of these about the paper found", share(right), 1.0, len(certain)))
    return rows


def _decided(asked: dict[str, list[Asked]]) -> list[Figure]:
    answerable = ("named", "described", "compared")
    held_out = ("held out, named", "held out, described")
    invented = ("invented", "invented in context")
    off_domain = [kind for kind, found in asked.items() if kind not in held_out and not found[0].question.gold]
    off_domain = [kind for kind in off_domain if kind not in invented]
    rows: list[tuple[str, Sequence[str], bool, float | None]] = [
        ("answered, answerable", answerable, True, 0.95),
        *((f"- {kind}", [kind], True, None) for kind in (*answerable, "remembered")),
        ("turned away, off-domain", off_domain, False, 0.95),
        *((f"- {kind}", [kind], False, None) for kind in off_domain),
        ("turned away, unknown name", invented[:1], False, 0.97),
        ("turned away, unknown name in context", invented[1:], False, 0.97),
        ("turned away, held-out papers", held_out, False, None),
        *((f"- {kind}", [kind], False, None) for kind in held_out),
    ]
    figures: list[Figure] = []
    for name, kinds, answered, target in rows:
        found = [one for kind in kinds for one in asked.get(kind, [])]
        if found:
            figures.append(Figure(name, share([one.answered is answered for one in found]), target, len(found)))
    return figures


def share(values: Sequence[bool]) -> float:
    """Return how many of the values are true, 0 to 1."""
    return sum(values) / len(values) if values else 0.0


def read_papers(paths: Iterable[Path]) -> list[Paper]:
    """Read `corpus.jsonl` files. A BEIR id stands in for the arXiv id, as the paper's key: titles may repeat."""
    return [
        Paper(title=record["title"], abstract=record["text"], origin="beir", arxiv_id=record["_id"])
        for path in paths
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def read_queries(path: Path) -> list[str]:
    """Read the questions of a `queries.jsonl` file."""
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.retrieval", description=__doc__)
    corpus = [_SHARED / "ml-papers" / "corpus.jsonl"]
    others = [_SHARED / name / "queries.jsonl" for name in ("cranfield", "scifact")]
    parser.add_argument("--corpus", type=Path, nargs="+", default=corpus, help="corpus.jsonl files in BEIR layout")
    parser.add_argument(
        "--off-domain", type=Path, nargs="*", default=others, help="queries.jsonl files about something else"
    )
    parser.add_argument("--count", type=int, default=400, help="questions of each kind (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="another number draws other questions (%(default)s)")
    parser.add_argument("--choosing", action="store_true", help="tell of the half on which thresholds were chosen")
    options = parser.parse_args()
    missing = [path for path in (*options.corpus, *options.off_domain) if not path.is_file()]
    if missing:
        parser.error(f"no file {missing[0]}")
    papers = read_papers(options.corpus)
    off_domain = {path.parent.name: read_queries(path) for path in options.off_domain}
    made = measure(papers, off_domain=off_domain, count=options.count, seed=options.seed, choosing=options.choosing)
    figures = asyncio.run(made)
    print(f"{len(papers):,} papers\n\n| figure | measured | target | questions |\n|---|---|---|---|")
    for figure in figures:
        print(figure)


if __name__ == "__main__":
    main()
