"""The index's speed and memory beside rank_bm25 (the baseline) and bm25s, on the same terms and queries in one run."""

import asyncio
import multiprocessing
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.corpora import make_queries, read_abstracts, read_documents, sampled, write_documents
from bench.memory import resident_mb
from bot.search.engine.scoring import K1, B, LuceneBM25
from bot.search.engine.segment import Segment
from bot.search.engine.snapshot import IndexSnapshot

QUERIES, FEW_QUERIES = 300, 20
"""rank_bm25 takes up to seconds for a query, so it gets the few."""
ADDED = 100
_TICK_S = 0.001
_SEARCHERS = 3
_MARK = "mark0"

Documents = Sequence[Sequence[str]]
Search = Callable[[Sequence[str], int], list[int]]


@dataclass
class Figures:
    """What was measured of one engine at one size: seconds, megabytes, milliseconds."""

    build_s: float
    used_mb: float
    times_ms: list[float] = field(default_factory=list)
    hits: list[list[int]] = field(default_factory=list)
    loop_ms: float = 0.0
    add_ms: float | None = None


def run_speed(*, sizes: Sequence[int], corpora: Sequence[Path]) -> None:
    """Measure at each size and print a table."""
    abstracts = read_abstracts(corpora)
    print(f"{len(abstracts):,} real abstracts; beyond that, sentences of two are mixed under the title of one.")
    print(f"Queries: 8 terms of one real abstract, {QUERIES} of them; rank_bm25: {FEW_QUERIES}.")
    queries = make_queries(abstracts, QUERIES, seed=2)
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            documents = Path(name) / "documents.txt"
            write_documents(documents, (abstract.terms() for abstract in sampled(abstracts, size, seed=1)))
            # A process for each, so that neither memory nor garbage is another's.
            found = {engine: _in_a_process(engine, documents, queries) for engine in _ENGINES}
        _print(size, found)


def _in_a_process(engine: str, documents: Path, queries: Documents) -> Figures:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measure, engine, documents, queries).result()


def _measure(engine: str, path: Path, queries: Documents) -> Figures:
    documents = list(read_documents(path))
    before, start = resident_mb(), time.perf_counter()
    search, add = _ENGINES[engine](documents)
    figures = Figures(build_s=time.perf_counter() - start, used_mb=resident_mb() - before)
    asked = queries[:FEW_QUERIES] if engine == "rank_bm25" else queries
    for query in asked:
        start = time.perf_counter()
        figures.hits.append(search(query, 10))
        figures.times_ms.append(1000 * (time.perf_counter() - start))
    if add is not None:
        start = time.perf_counter()
        add([[*document, _MARK] for document in documents[:ADDED]])
        figures.add_ms = 1000 * (time.perf_counter() - start)
        assert len(search([_MARK], ADDED)) == min(ADDED, len(documents))
    figures.loop_ms = asyncio.run(_longest_wait_ms(lambda query: search(query, 10), asked))
    return figures


async def _longest_wait_ms(search: Callable[[Sequence[str]], object], queries: Documents) -> float:
    """Return the longest delay of a loop that should wake up every millisecond while threads search for a second."""
    done = threading.Event()
    waits: list[float] = []

    async def watch() -> None:
        while not done.is_set():
            start = time.perf_counter()
            await asyncio.sleep(_TICK_S)
            waits.append(time.perf_counter() - start - _TICK_S)

    async def keep_searching(number: int) -> None:
        while not done.is_set():
            await asyncio.to_thread(search, queries[number % len(queries)])
            number += _SEARCHERS

    async def stop() -> None:
        await asyncio.sleep(1)
        done.set()

    await asyncio.gather(watch(), stop(), *(keep_searching(offset) for offset in range(_SEARCHERS)))
    return 1000 * max(waits)


def _ours(documents: Documents) -> tuple[Search, Callable[[Documents], None]]:
    snapshot = IndexSnapshot.of([Segment.of(documents)])

    def search(terms: Sequence[str], limit: int) -> list[int]:
        found: list[int] = snapshot.search(terms, limit=limit)[0].tolist()
        return found

    def add(more: Documents) -> None:
        nonlocal snapshot
        snapshot = snapshot.with_segment(Segment.of(more))

    return search, add


def _rank_bm25(documents: Documents) -> tuple[Search, None]:
    bm25 = LuceneBM25(documents, k1=K1, b=B)
    return lambda terms, limit: np.argsort(-bm25.get_scores(terms), kind="stable")[:limit].tolist(), None


def _bm25s(documents: Documents) -> tuple[Search, None]:
    import bm25s  # noqa: PLC0415 - only the process that measures it should load it

    bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
    bm25.index([list(document) for document in documents], show_progress=False)

    def search(terms: Sequence[str], limit: int) -> list[int]:
        found: Any = bm25.retrieve([list(terms)], k=limit, show_progress=False, return_as="documents")
        return [int(number) for number in found[0]]

    return search, None


_ENGINES: dict[str, Callable[[Documents], tuple[Search, Callable[[Documents], None] | None]]] = {
    "ours": _ours,
    "rank_bm25": _rank_bm25,
    "bm25s": _bm25s,
}


def _print(size: int, found: dict[str, Figures]) -> None:
    base = found["rank_bm25"]
    print(f"\n{size:,} abstracts\n")
    print(
        "| engine | top 10: p50 / p99 ms | rank_bm25's time | same top 10 | build s | add 100: share of a build |",
        end="",
    )
    print(" MB (of rank_bm25's) | loop waits, ms |\n" + "|---" * 8 + "|")
    for engine, it in found.items():
        times = sorted(it.times_ms)
        same = statistics.mean(len(set(a) & set(b)) / 10 for a, b in zip(it.hits, base.hits, strict=False))
        ratio = statistics.median(base.times_ms) / statistics.median(times)
        add = f"{it.add_ms / 10 / it.build_s:.2f} %" if it.add_ms is not None else "a build"
        print(
            f"| {engine} | {statistics.median(times):.2f} / {times[int(0.99 * (len(times) - 1))]:.2f} | {ratio:.0f}x |"
            f" {same:.3f} | {it.build_s:.2f} | {add} | {it.used_mb:.0f} ({100 * it.used_mb / base.used_mb:.0f} %) |"
            f" {it.loop_ms:.0f} |"
        )
