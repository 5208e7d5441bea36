"""How the store's index starts and grows: `python -m bench.start --sizes 1000,10000,100000` (Linux)."""

import argparse
import asyncio
import gc
import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from bench.corpora import read_abstracts, sampled
from bench.memory import resident_mb
from bot.models import Paper
from bot.search.engine.index import paper_terms
from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.store.database import open_database
from bot.store.documents import SqliteDocuments
from bot.store.papers import SqlitePaperStore

_CORPUS = Path("../shared/ir/ml-papers/corpus.jsonl")
_HEADER = (
    "| abstracts | import s | index s | file MB | start s | tokenising again takes | MB after start | first query ms |"
    " query p50 / p99 ms | 100 more: ms until found (of indexing all) | loop waits, ms |"
)


def main() -> None:
    """Print a row for each size. Each start is a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000", help="abstracts, comma-separated (%(default)s)")
    parser.add_argument("--corpus", type=Path, nargs="+", default=[_CORPUS], help="BEIR's corpus.jsonl (%(default)s)")
    options = parser.parse_args()
    missing = [path for path in options.corpus if not path.is_file()]
    if missing:
        parser.error(f"no file {missing[0]}: name one with --corpus")
    print(_HEADER + "\n" + "|---" * (_HEADER.count("|") - 1) + "|")
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "store.db"
            filled = _elsewhere(_fill, path, size, options.corpus) | {"file": path.stat().st_size / 1e6}
            started = _elsewhere(_start, path, size, options.corpus)
            again = f"{filled['tokenise']:.1f} s, {filled['tokenise'] / started['start']:.0f}x"
            added = f"{started['added']:.0f} ({started['added'] / 10 / filled['index']:.2f} %)"
            print(
                f"| {size:,} | {filled['import']:.1f} | {filled['index']:.1f} | {filled['file']:.0f} |"
                f" {started['start']:.2f} | {again} | {started['mb']:.0f} | {started['first']:.1f} |"
                f" {started['p50']:.1f} / {started['p99']:.1f} | {added} | {started['loop']:.0f} |"
            )


def _elsewhere(work: object, *values: object) -> dict[str, float]:
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, work, *values), daemon=True)
    process.start()
    theirs.close()
    found: dict[str, float] = ours.recv()
    process.join()
    return found


def _serve(connection: Connection, work: object, *values: object) -> None:
    assert callable(work)
    connection.send(asyncio.run(work(*values)))


def _papers(size: int, corpus: Sequence[Path], *, seed: int = 1, mark: str = "") -> list[Paper]:
    abstracts = sampled(read_abstracts(corpus), size, seed=seed)
    return [
        Paper(title=it.title + mark, abstract=it.text, origin="bench", arxiv_id=f"{2000 + seed}.{number:05}")
        if number < 100_000
        else Paper(title=f"{it.title} {number}", abstract=it.text, origin="bench")
        for number, it in enumerate(abstracts)
    ]


async def _fill(path: Path, size: int, corpus: Sequence[Path]) -> dict[str, float]:
    papers = _papers(size, corpus)
    start = time.perf_counter()
    for paper in papers:
        paper_terms(paper)
    tokenise = time.perf_counter() - start
    async with open_database(path) as database:
        store = SqlitePaperStore(database=database)
        start = time.perf_counter()
        await store.upsert(papers, now=1.0)
        imported = time.perf_counter() - start
        start = time.perf_counter()
        await Searcher(papers=store, documents=SqliteDocuments(database=database)).index()
        indexed = time.perf_counter() - start
    return {"tokenise": tokenise, "import": imported, "index": indexed}


async def _start(path: Path, size: int, corpus: Sequence[Path]) -> dict[str, float]:
    queries = [" ".join(paper.abstract.split()[3:11]) for paper in _papers(200, corpus, seed=2)]
    more = _papers(100, corpus, seed=3, mark=" Markmarkmark")
    gc.collect()
    before = resident_mb()
    start = time.perf_counter()
    async with open_database(path) as database:
        store = SqlitePaperStore(database=database)
        searcher = Searcher(papers=store, documents=SqliteDocuments(database=database))
        assert (await searcher.index()).size == size
        started = time.perf_counter() - start
        held = resident_mb() - before
        times = []
        for question in queries:
            start = time.perf_counter()
            await searcher.search(Query(question=question), limit=8)
            times.append(1000 * (time.perf_counter() - start))
        first, *times = times
        times.sort()
        start = time.perf_counter()
        await store.upsert(more, now=2.0)
        found = await searcher.search(Query(question="markmarkmark"), limit=200)
        added = 1000 * (time.perf_counter() - start)
        assert len(found.hits) == len(more)
        loop = await _loop_wait(searcher, store, queries, corpus)
    return {
        "start": started,
        "mb": held,
        "first": first,
        "p50": times[len(times) // 2],
        "p99": times[int(0.99 * len(times))],
        "added": added,
        "loop": loop,
    }


async def _loop_wait(
    searcher: Searcher, store: SqlitePaperStore, queries: Sequence[str], corpus: Sequence[Path]
) -> float:
    """Return for how many milliseconds at most the loop waits while papers come and three searches run at a time."""
    done = asyncio.Event()
    waits: list[float] = []

    async def watch() -> None:
        while not done.is_set():
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            waits.append(1000 * (time.perf_counter() - start) - 1)

    async def keep_searching(number: int) -> None:
        while not done.is_set():
            await searcher.search(Query(question=queries[number % len(queries)]), limit=8)
            number += 3

    batches = [(float(seed), _papers(100, corpus, seed=seed)) for seed in range(4, 8)]

    async def add() -> None:
        for now, papers in batches:
            await store.upsert(papers, now=now)
            await asyncio.sleep(0.5)
        done.set()

    await asyncio.gather(watch(), add(), *map(keep_searching, range(3)))
    return max(waits)


if __name__ == "__main__":
    main()
