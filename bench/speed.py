"""Our engine's speed and memory beside its peers', on the same terms and queries in one run."""

import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.corpora import make_queries, read_abstracts, sampled, write_documents
from bench.speed_engines import ENGINES
from bench.speed_worker import Process, Queries

ROUNDS = 3
QUERIES = 300
SLOW_QUERIES = 20
"""What engines are asked that take up to seconds for a query; a quarter of it for more than 100,000 documents."""
_SLOW = frozenset({"rank_bm25", "SQLite FTS5"})


@dataclass
class Figures:
    """What was measured of one engine at one size."""

    build_s: float = 0.0
    start_s: float = 0.0
    start_mb: float = 0.0
    used_mb: float = 0.0
    p50_ms: dict[int, float] = field(default_factory=dict)
    p99_ms: dict[int, float] = field(default_factory=dict)
    overlap: float = 0.0
    add_ms: float | None = None
    loop_ms: float = 0.0
    merging_loop_ms: float | None = None


def run_speed(*, sizes: Sequence[int], corpora: Sequence[Path], engines: Sequence[str]) -> None:
    """Measure at each size and print a table."""
    abstracts = read_abstracts(corpora)
    print(f"{len(abstracts):,} real abstracts; beyond that, sentences of two are mixed under the title of one.")
    print(f"Queries: 8 terms of one real abstract. Medians of {ROUNDS} interleaved rounds of {QUERIES} queries;")
    print(f"{' and '.join(sorted(_SLOW))}: {SLOW_QUERIES}, for more than 100,000 abstracts {SLOW_QUERIES // 4}.")
    queries = make_queries(abstracts, QUERIES, seed=2)
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            documents, added = folder / "documents.txt", folder / "added.txt"
            start = time.perf_counter()
            write_documents(documents, (abstract.terms() for abstract in sampled(abstracts, size, seed=1)))
            tokenise_s = time.perf_counter() - start
            write_documents(added, (abstract.terms() for abstract in sampled(abstracts, 100, seed=3)))
            few = queries[: SLOW_QUERIES if size <= 100_000 else SLOW_QUERIES // 4]
            found = _measured(folder, documents, added, queries, few, engines)
        _print(size, tokenise_s, found)


def _measured(
    folder: Path, documents: Path, added: Path, queries: Queries, few: Queries, engines: Sequence[str]
) -> dict[str, Figures]:
    found = {engine: Figures() for engine in engines}
    for engine, figures in found.items():
        home = folder / engine
        home.mkdir()
        process = Process(engine)
        figures.build_s = process.do("build", documents, home)
        process.close()
    processes = {engine: Process(engine) for engine in engines}
    for engine, process in processes.items():
        found[engine].start_s, found[engine].start_mb = process.do("start", folder / engine)
    _search(processes, found, queries, few)
    for engine, process in processes.items():
        figures = found[engine]
        figures.used_mb = process.do("memory")
        adds = [process.do("add", added, f"mark{number}") for number in range(ROUNDS)]
        figures.add_ms = None if None in adds else statistics.median(adds)
        figures.loop_ms = process.do("loop", few if engine in _SLOW else queries, added)
        if engine == "ours":
            figures.merging_loop_ms = process.do("loop_while_merging", queries)
        process.close()
    return found


def _search(processes: dict[str, Process], found: dict[str, Figures], queries: Queries, few: Queries) -> None:
    """Take the median of interleaved rounds, at 10 and at 200 hits."""
    reference = processes["rank_bm25"].do("reference", few, 10) if "rank_bm25" in processes else None
    for limit in (10, 200):
        times: dict[str, list[list[float]]] = {engine: [] for engine in processes}
        for _ in range(ROUNDS):
            for engine, process in processes.items():
                asked = few if engine in _SLOW else queries
                milliseconds, hits = process.do("search", asked, limit)
                times[engine].append(sorted(milliseconds))
                if limit == 10 and reference is not None:
                    shared = [len(set(ours) & set(theirs)) / 10 for ours, theirs in zip(hits, reference, strict=False)]
                    found[engine].overlap = statistics.mean(shared)
        for engine, rounds in times.items():
            found[engine].p50_ms[limit] = statistics.median(statistics.median(one) for one in rounds)
            found[engine].p99_ms[limit] = statistics.median(one[int(0.99 * (len(one) - 1))] for one in rounds)


def _print(size: int, tokenise_s: float, found: dict[str, Figures]) -> None:
    slow = found.get("rank_bm25")
    print(f"\n{size:,} abstracts, tokenised in {tokenise_s:.1f} s\n")
    print(
        "| engine | top 10: p50 / p99 ms | rank_bm25's time | same top 10 | top 200: p50 / p99 ms | build s |"
        " add 100: ms (share of a build) | start s (tokenising takes) | MB after start / queries | loop waits, ms |"
    )
    print("|---" * 10 + "|")
    for engine, it in found.items():
        ratio = f"{slow.p50_ms[10] / it.p50_ms[10]:.0f}x" if slow else "?"
        add = f"{it.add_ms:.1f} ({it.add_ms / 10 / it.build_s:.2f} %)" if it.add_ms is not None else "by a build"
        merging = f", {it.merging_loop_ms:.0f} while merging" if it.merging_loop_ms is not None else ""
        print(
            f"| {engine} | {it.p50_ms[10]:.2f} / {it.p99_ms[10]:.2f} | {ratio} | {it.overlap:.3f} |"
            f" {it.p50_ms[200]:.2f} / {it.p99_ms[200]:.2f} | {it.build_s:.2f} | {add} |"
            f" {it.start_s:.3f} ({tokenise_s / it.start_s:.0f}x) | {it.start_mb:.0f} / {it.used_mb:.0f} |"
            f" {it.loop_ms:.0f}{merging} |"
        )


def known_engines() -> tuple[str, ...]:
    """Return the names of all engines."""
    return tuple(ENGINES)
