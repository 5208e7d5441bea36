"""A whole search, from a question's words to ranked papers, beside other engines end to end, in one run.

Ours goes through the store: both stages and the papers' rows. bm25s, and tantivy where it is installed (it is no
dependency), tokenise the question, search their index in memory and give the titles of the best ten.
"""

import asyncio
import json
import multiprocessing
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.corpora import Abstract, read_abstracts, sampled
from bench.memory import resident_mb
from bot.models import Paper
from bot.search.engine.index import TITLE_WEIGHT
from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.store.database import open_database
from bot.store.documents import SqliteDocuments
from bot.store.papers import SqlitePaperStore

QUESTIONS, TOP = 300, 10
_LONG = 6
"""Letters of a word that is misspelt."""

Search = Callable[[str], Awaitable[int]]


@dataclass
class Times:
    """What searches took, in milliseconds of CPU time of the process and of the clock, and the memory held, in MB."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    misspelt_cpu: list[float] = field(default_factory=list)
    held_mb: float = 0.0


def run_whole_search(*, sizes: Sequence[int], corpora: Sequence[Path]) -> None:
    """Measure at each size and print a table."""
    engines = [engine for engine in _ENGINES if engine == "ours" or find_spec(engine)]
    base = engines[-1]
    print(f"\nWhole searches, top {TOP}, of up to {QUESTIONS} questions that people asked of the collections.")
    for size in sizes:
        found = {engine: _in_a_process(engine, size, corpora) for engine in engines}
        print(f"\n{size:,} abstracts\n")
        print(f"| engine | CPU p50 / p99 ms | wall p50 / p99 ms | CPU of {base}'s | a word misspelt: CPU more | MB |")
        print("|---" * 6 + "|")
        for engine, times in found.items():
            ratio = _share(times.cpu, 0.5) / _share(found[base].cpu, 0.5)
            more = _share([a - b for a, b in zip(times.misspelt_cpu, times.cpu, strict=True)], 0.5)
            row = (engine, _both(times.cpu), _both(times.wall), f"{ratio:.1f}x", f"{more:+.1f}", f"{times.held_mb:.0f}")
            print(f"| {' | '.join(row)} |")


def _both(values: Sequence[float]) -> str:
    return f"{_share(values, 0.5):.1f} / {_share(values, 0.99):.1f}"


def _share(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def _in_a_process(engine: str, size: int, corpora: Sequence[Path]) -> Times:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_run, engine, size, corpora).result()


def _run(engine: str, size: int, corpora: Sequence[Path]) -> Times:
    return asyncio.run(_ENGINES[engine](size, corpora))


async def _measured(search: Search, corpora: Sequence[Path], before: float) -> Times:
    questions = await asyncio.to_thread(_questions, corpora)
    for question in questions[:TOP]:
        await search(question)
    times = Times(held_mb=resident_mb() - before)
    for question in questions:
        started, cpu = time.perf_counter(), time.process_time()
        await search(question)
        times.cpu.append(1000 * (time.process_time() - cpu))
        times.wall.append(1000 * (time.perf_counter() - started))
    for question in map(_misspelt, questions):
        cpu = time.process_time()
        await search(question)
        times.misspelt_cpu.append(1000 * (time.process_time() - cpu))
    return times


def _questions(corpora: Sequence[Path]) -> list[str]:
    """Return people's questions, from the queries.jsonl beside each corpus."""
    found: list[str] = []
    for path in corpora:
        lines = path.with_name("queries.jsonl").read_text(encoding="utf-8").splitlines()
        found += [json.loads(line)["text"] for line in lines]
    return random.Random(2).sample(found, min(QUESTIONS, len(found)))


def _misspelt(question: str) -> str:
    """Exchange two letters in the first long word."""
    words = question.split()
    for place, word in enumerate(words):
        if word.isalpha() and len(word) >= _LONG and word[2] != word[3]:
            words[place] = word[:2] + word[3] + word[2] + word[4:]
            break
    return " ".join(words)


def _abstracts(size: int, corpora: Sequence[Path]) -> list[Abstract]:
    return list(sampled(read_abstracts(corpora), size, seed=1))


async def _ours(size: int, corpora: Sequence[Path]) -> Times:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        # In another process, as a bot that starts finds its store: what indexing used would count as held.
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
            pool.submit(_fill, path, size, corpora).result()
        before = resident_mb()
        async with open_database(path) as database:
            searcher = _searcher(SqlitePaperStore(database=database), SqliteDocuments(database=database))

            async def search(question: str) -> int:
                return len((await searcher.search(Query(question=question), limit=TOP)).papers)

            return await _measured(search, corpora, before)


def _searcher(papers: SqlitePaperStore, documents: SqliteDocuments) -> Searcher:
    return Searcher(papers=papers, documents=documents)


def _fill(path: Path, size: int, corpora: Sequence[Path]) -> None:
    async def fill() -> None:
        papers = (
            Paper(title=it.title, abstract=it.text, origin="bench", arxiv_id=f"{2000 + at // 90_000}.{at % 90_000:05}")
            for at, it in enumerate(_abstracts(size, corpora))
        )
        async with open_database(path) as database:
            store = SqlitePaperStore(database=database)
            await store.upsert(papers, now=1.0)
            await _searcher(store, SqliteDocuments(database=database)).index()

    asyncio.run(fill())


async def _bm25s(size: int, corpora: Sequence[Path]) -> Times:
    import bm25s  # noqa: PLC0415 - only the process that measures it should load it
    import Stemmer  # noqa: PLC0415

    before, stemmer = resident_mb(), Stemmer.Stemmer("english")

    def tokens(texts: Sequence[str]) -> Any:
        return bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, show_progress=False)

    abstracts = _abstracts(size, corpora)
    titles = [it.title for it in abstracts]
    bm25 = bm25s.BM25(method="lucene")
    bm25.index(tokens([f"{it.title} " * TITLE_WEIGHT + it.text for it in abstracts]), show_progress=False)
    del abstracts

    async def search(question: str) -> int:
        found, _ = bm25.retrieve(tokens([question]), k=min(TOP, len(titles)), show_progress=False)
        return len([titles[number] for number in found[0]])

    return await _measured(search, corpora, before)


async def _tantivy(size: int, corpora: Sequence[Path]) -> Times:
    import tantivy  # noqa: PLC0415 - only the process that measures it should load it

    before = resident_mb()
    builder = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        builder.add_text_field(name, stored=name == "title", tokenizer_name="en_stem")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for abstract in _abstracts(size, corpora):
        writer.add_document(tantivy.Document(title=abstract.title, body=abstract.text))
    writer.commit()
    index.reload()

    async def search(question: str) -> int:
        searcher = index.searcher()
        # Without what its query language would take for operators.
        plain = " ".join("".join(char if char.isalnum() else " " for char in question).split()).lower()
        query = index.parse_query(plain, ["title", "body"], field_boosts={"title": float(TITLE_WEIGHT)})
        hits = searcher.search(query, TOP).hits
        return len([searcher.doc(address)["title"] for _, address in hits])

    return await _measured(search, corpora, before)


_ENGINES: dict[str, Callable[[int, Sequence[Path]], Coroutine[None, None, Times]]] = {
    "ours": _ours,
    "bm25s": _bm25s,
    "tantivy": _tantivy,
}
"""The last one that is installed is what the others are compared with."""
