"""A process of its own for each engine, so that neither memory nor garbage is another's."""

import asyncio
import gc
import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bench.corpora import read_documents
from bench.speed_engines import ENGINES, Ours, RankBm25
from bench.speed_loop import longest_wait_ms
from bench.speed_memory import resident_mb

Queries = Sequence[Sequence[str]]


class Process:
    """A process that holds a `Measuring` of one engine and does what it is told."""

    def __init__(self, engine: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, engine), daemon=True)
        self._process.start()
        theirs.close()

    def do(self, what: str, *values: object) -> Any:
        """Return what the method of this name returns there. Raises EOFError when the process has failed."""
        self._ours.send((what, values))
        return self._ours.recv()

    def close(self) -> None:
        """End the process."""
        self._ours.close()
        self._process.join(timeout=10)
        self._process.kill()


def _serve(connection: Connection, engine: str) -> None:
    measuring = Measuring(engine)
    while True:
        try:
            what, values = connection.recv()
        except EOFError:
            return
        connection.send(getattr(measuring, what)(*values))


class Measuring:
    """Measures one engine."""

    def __init__(self, engine: str) -> None:
        self._engine = ENGINES[engine]()
        self._before = 0.0

    def build(self, documents: Path, folder: Path) -> float:
        """Return how many seconds the index takes from terms in memory, and save it."""
        read = list(read_documents(documents))
        seconds = _seconds(lambda: self._engine.build(read, folder))
        self._engine.save(folder)
        return seconds

    def start(self, folder: Path) -> tuple[float, float]:
        """Return the seconds that it takes to get ready to search, and the megabytes."""
        empty = folder.with_name(folder.name + "-empty")
        empty.mkdir()
        # Loads the engine's code, whose time and memory don't depend on the corpus.
        type(self._engine)().build([["some"], ["some", "words"], ["more"]], empty)
        self._before = resident_mb()
        seconds = _seconds(lambda: self._engine.start(folder))
        return seconds, self.memory()

    def memory(self) -> float:
        """Return by how many megabytes this process has grown since before `start`."""
        return resident_mb() - self._before

    def search(self, queries: Queries, limit: int) -> tuple[list[float], list[list[int]]]:
        """Return each query's milliseconds, and its best documents."""
        gc.collect()
        times: list[float] = []
        found: list[list[int]] = []
        for query in queries:
            start = time.perf_counter()
            found.append(self._engine.search(query, limit))
            times.append(1000 * (time.perf_counter() - start))
        return times, found

    def reference(self, queries: Queries, limit: int) -> list[list[int]]:
        """Return the rankings by which the others' are judged."""
        assert isinstance(self._engine, RankBm25)
        return self._engine.reference(queries, limit)

    def add(self, documents: Path, mark: str) -> float | None:
        """Return the milliseconds until documents with the term `mark` are found; None if the engine can't add."""
        if not self._engine.adds:
            return None
        read = [[*document, mark] for document in read_documents(documents)]
        seconds = _seconds(lambda: self._engine.add(read))
        assert len(self._engine.search([mark], len(read))) == len(read)
        return 1000 * seconds

    def loop(self, queries: Queries, documents: Path) -> float:
        """Return for how many milliseconds at most a loop waits for searches in threads, and for adding if it can."""
        read = list(read_documents(documents))
        work = (lambda: self._engine.add(read)) if self._engine.adds else (lambda: None)
        return asyncio.run(longest_wait_ms(lambda query: self._engine.search(query, 10), queries, work))

    def loop_while_merging(self, queries: Queries) -> float:
        """Return the same for our engine while all its segments are merged, packed and unpacked."""
        engine = self._engine
        assert isinstance(engine, Ours)
        return asyncio.run(longest_wait_ms(lambda query: engine.search(query, 10), queries, engine.maintain))


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
