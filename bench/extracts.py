"""Measure the mode without a model: facts found, one-sentence summaries, slots, what is never shown, and speed."""

import argparse
import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.facts import facts_present
from bench.one_sentence import measure_choices, read_claims
from bench.retrieval import read_papers
from bench.slot_labels import measure_slots, read_labels
from bot.answers.answer import Column, number_sources
from bot.answers.extracts import quotable
from bot.answers.extracts import slots as slots_of
from bot.answers.extracts.quotable import gives_orders, has_markup, quotable_sentences
from bot.answers.extracts.rows import comparison_rows, summary_rows
from bot.answers.extracts.slots import Slot
from bot.answers.sentences import split_sentences
from bot.models import Paper
from bot.search.engine.index import Bm25Index
from bot.sources.files import read_file
from bot.sources.records import code_link

_SHARED = Path("../shared")
_FEW = 5
_RUNS = 20


def facts(folder: Path) -> Iterator[str]:
    """Yield the table of facts present in answers."""
    yield "\n| facts present in answer | share |\n|---|---|"
    for with_plans in (True, False):
        share = asyncio.run(facts_present(folder, with_plans=with_plans))
        yield f"| {'with recorded plans' if with_plans else 'plans made in code'} | {share:.3f} |"


def summaries(folders: Sequence[Path]) -> Iterator[str]:
    """Yield a table for each collection of claims."""
    for folder in folders:
        yield f"\n| one sentence, {folder.name} | ROUGE-1 | ROUGE-L | pairs |\n|---|---|---|---|"
        yield from map(str, measure_choices(*read_claims(folder)))


def slots(papers: Sequence[Paper], *, choosing: bool) -> Iterator[str]:
    """Yield the table of slots against labels."""
    yield "\n| slot | precision | recall | labelled |\n|---|---|---|---|"
    yield from map(str, measure_slots(papers, read_labels(), choosing=choosing))


def refused(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield how many sentences of real abstracts are never shown, and why."""
    sentences = [s for paper in papers for line in paper.abstract.split("\n") for s in split_sentences(line)]
    shown = sum(len(quotable_sentences(replace(paper, code_url=code_link(paper.abstract)))) for paper in papers)
    yield f"\n| of {len(sentences):,} sentences | never shown |\n|---|---|"
    yield f"| they give orders | {sum(map(gives_orders, sentences))} |"
    yield f"| they have markup | {sum(map(has_markup, sentences))} |"
    yield f"| for any reason, such as a link that is not the paper's code | {len(sentences) - shown} |"


def speed(papers: Sequence[Paper]) -> Iterator[str]:
    """Yield how long rows for a few papers take, processor time, the median of some runs."""
    sources, index = number_sources(papers[:_FEW]), Bm25Index(papers)
    columns = [Column(source.paper.title, (source.number,)) for source in sources]
    work: dict[str, Callable[[], object]] = {
        "summaries": lambda: [summary_rows(source, index) for source in sources],
        "a comparison": lambda: comparison_rows(columns, sources, [slot.value for slot in Slot], index),
    }
    yield f"\n| {_FEW} papers | ms of processor time |\n|---|---|"
    for name, run in work.items():
        taken: list[float] = []
        for _ in range(_RUNS):
            quotable.forget()
            slots_of.forget()
            start = time.thread_time()
            run()
            taken.append(time.thread_time() - start)
        yield f"| {name} | {sorted(taken)[_RUNS // 2] * 1000:.1f} |"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.extracts", description=__doc__)
    parser.add_argument(
        "--eval", type=Path, default=_SHARED / "eval", help="folder with questions, papers, plans and score.py"
    )
    claims = [_SHARED / "ir" / "ml-papers", _SHARED / "ir" / "scifact"]
    parser.add_argument("--claims", type=Path, nargs="*", default=claims, help="collections in BEIR layout")
    parser.add_argument("--choosing", action="store_true", help="tell of the half on which cues of slots were chosen")
    options = parser.parse_args()
    needed = [options.eval / "papers.jsonl", *(folder / "corpus.jsonl" for folder in options.claims)]
    missing = [path for path in needed if not path.is_file()]
    if missing:
        parser.error(f"no file {missing[0]}")
    read = read_file(options.eval / "papers.jsonl", today=datetime.now(UTC).date()).records
    papers = [paper for paper in read if isinstance(paper, Paper)]
    for line in (*slots(papers, choosing=options.choosing), *speed(papers)):
        print(line)
    for table in (facts(options.eval), summaries(options.claims)):
        for line in table:
            print(line, flush=True)
    for folder in options.claims:
        for line in refused(read_papers([folder / "corpus.jsonl"])):
            print(line)


if __name__ == "__main__":
    main()
