"""Evaluate answers: retrieval, planted errors, misbehaving models, injected orders, budgets, edits.

One table: what, the target, what was reached, of how many. It ends with code 1 when a target is missed. The model is a
loopback server with scripted behaviours (`tests/fakes/model_behaviours.py`); no network, no key.
"""

import argparse
import asyncio
import logging
import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.answer_behaviours import behaviour_rows
from bench.answer_budget import budget_rows
from bench.answer_claims import read_real
from bench.answer_grounding import grounding_rows
from bench.answer_injection import injection_rows
from bench.answer_streaming import streaming_rows
from bench.answer_table import HEADER, Reached
from bench.answer_tasks import task_rows
from bench.retrieval import measure, read_papers, read_queries

_SHARED = Path("../shared")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of everything is done."""

    questions: int | None = None  # all of the file
    retrieval: int = 400
    abstracts: int = 1_000
    experts: int = 400
    each: int = 4
    injection_step: int = 1
    askers: int = 50
    sentences: int = 60
    seconds: float = 10.0


FULL = Sizes()
QUICK = Sizes(
    questions=1, retrieval=0, abstracts=0, experts=0, each=1, injection_step=10, askers=24, sentences=12, seconds=2.6
)
Part = Callable[[Path, Sizes], tuple[list[Reached], list[str]]]


def _retrieval(shared: Path, sizes: Sizes) -> tuple[list[Reached], list[str]]:
    if not sizes.retrieval:
        return [], []
    papers = read_papers([shared / "ir" / "ml-papers" / "corpus.jsonl"])
    off_domain = {name: read_queries(shared / "ir" / name / "queries.jsonl") for name in ("cranfield", "scifact")}
    figures = asyncio.run(measure(papers, off_domain=off_domain, count=sizes.retrieval))
    rows = [
        Reached(
            figure.name,
            f">= {100 * figure.target:g} %",
            f"{100 * figure.share:.1f} %",
            figure.count,
            figure.share >= figure.target,
        )
        for figure in figures
        if figure.target is not None
    ]
    return rows, []


def _planted(shared: Path, sizes: Sizes) -> tuple[list[Reached], list[str]]:
    return grounding_rows(shared, abstracts=sizes.abstracts, experts=sizes.experts)


def _behaviours(shared: Path, sizes: Sizes) -> tuple[list[Reached], list[str]]:
    rows = behaviour_rows(shared / "eval", read_real(shared / "eval"), questions=sizes.questions)
    return asyncio.run(rows), []


def _tasks(shared: Path, sizes: Sizes) -> tuple[list[Reached], list[str]]:
    return asyncio.run(task_rows(read_real(shared / "eval"), each=sizes.each)), []


def _injection(shared: Path, sizes: Sizes) -> tuple[list[Reached], list[str]]:
    return asyncio.run(injection_rows(shared / "eval", read_real(shared / "eval"), step=sizes.injection_step))


def _budget(shared: Path, sizes: Sizes) -> tuple[list[Reached], list[str]]:
    return asyncio.run(budget_rows(read_real(shared / "eval"), askers=sizes.askers)), []


def _edits(shared: Path, sizes: Sizes) -> tuple[list[Reached], list[str]]:  # noqa: ARG001
    return asyncio.run(streaming_rows(sentences=sizes.sentences, seconds=sizes.seconds)), []


PARTS: dict[str, Part] = {
    "retrieval": _retrieval,
    "planted": _planted,
    "behaviours": _behaviours,
    "tasks": _tasks,
    "injection": _injection,
    "budget": _budget,
    "edits": _edits,
}
_LONGEST_FIRST = ("behaviours", "planted", "retrieval", "tasks", "injection", "budget", "edits")


def run(name: str, shared: Path, sizes: Sizes) -> tuple[list[Reached], list[str]]:
    """Run one part. What the bot logs about models that misbehave is what is measured here, so it is not shown."""
    logging.disable(logging.CRITICAL)
    return PARTS[name](shared, sizes)


def main() -> int:
    """Print the table and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.answers", description=__doc__)
    parser.add_argument("--shared", type=Path, default=_SHARED, help="folder with eval/ and ir/ (%(default)s)")
    parser.add_argument("--only", choices=list(PARTS), nargs="+", default=list(PARTS), help="some parts alone")
    parser.add_argument("--quick", action="store_true", help="little of each part, and no large collection")
    parser.add_argument("--notes", type=Path, help="a file for each miss, hit and what was left out")
    parser.add_argument("--processes", type=int, default=2, help="parts at the same time (%(default)s)")
    options = parser.parse_args()
    if not (options.shared / "eval" / "questions.jsonl").is_file():
        parser.error(f"no file {options.shared / 'eval' / 'questions.jsonl'}: name its folder with --shared")
    sizes = QUICK if options.quick else FULL
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.processes, mp_context=context) as pool:
        wanted = [name for name in _LONGEST_FIRST if name in options.only]
        running = {name: pool.submit(run, name, options.shared, sizes) for name in wanted}
        made = {name: running[name].result() for name in PARTS if name in running}
    rows = [row for found, _ in made.values() for row in found]
    print("\n".join([HEADER, *map(str, rows)]))
    if options.notes:
        notes = "\n".join(note for _, found in made.values() for note in found)
        options.notes.write_text(notes + "\n", encoding="utf-8")
    missed = [row.what for row in rows if not row.met]
    if missed:
        print(f"\nmissed: {'; '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
