"""Our engine and the one that it is measured by, with its peers under one interface; see speed_peers."""

import pickle
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rank_bm25 import BM25Okapi

from bench.speed_peers import Bm25s, Engine, Fts5, Tantivy
from bot.search.engine.postings import Postings
from bot.search.engine.scoring import K1, B, LuceneBM25, lucene_idf
from bot.search.engine.segment import Segment, merge


class Ours:
    """bot.search.postings; a segment is kept in SQLite, as the store does it."""

    adds = True

    def __init__(self) -> None:
        self.postings = Postings.of([])
        self._segment = Segment.of([])

    def build(self, documents: Iterable[Sequence[str]], folder: Path) -> None:  # noqa: ARG002
        """See Engine."""
        self._segment = Segment.of(documents)
        self.postings = Postings.of([self._segment])

    def save(self, folder: Path) -> None:
        """See Engine."""
        with sqlite3.connect(folder / "segments.sqlite3") as connection:
            connection.execute("CREATE TABLE segments (data BLOB)")
            connection.execute("INSERT INTO segments VALUES (?)", (self._segment.to_bytes(),))
        connection.close()

    def start(self, folder: Path) -> None:
        """See Engine."""
        connection = sqlite3.connect(folder / "segments.sqlite3")
        rows = connection.execute("SELECT data FROM segments")
        self.postings = Postings.of([Segment.from_bytes(data) for (data,) in rows])
        connection.close()

    def search(self, terms: Sequence[str], limit: int) -> list[int]:
        """See Engine."""
        numbers: list[int] = self.postings.search(terms, limit=limit)[0].tolist()
        return numbers

    def add(self, documents: Sequence[Sequence[str]]) -> None:
        """See Engine."""
        old = self.postings
        self.postings = old.with_segment(Segment.of(documents))
        old.forget()

    def maintain(self) -> None:
        """Merge all segments, turn the result into bytes and back, and search that from now on."""
        old = self.postings
        merged = merge(old.segments, old.alive)
        self.postings = Postings.of([Segment.from_bytes(merged.to_bytes())])
        old.forget()


class RankBm25:
    """rank_bm25's BM25Okapi as it comes, with k1 and b as ours."""

    adds = False

    def build(self, documents: Sequence[Sequence[str]], folder: Path) -> None:  # noqa: ARG002
        """See Engine."""
        self._bm25 = BM25Okapi(documents, k1=K1, b=B)

    def save(self, folder: Path) -> None:
        """See Engine."""
        (folder / "index.pickle").write_bytes(pickle.dumps(self._bm25, pickle.HIGHEST_PROTOCOL))

    def start(self, folder: Path) -> None:
        """See Engine."""
        with (folder / "index.pickle").open("rb") as file:
            self._bm25 = pickle.load(file)  # noqa: S301 - written by this very run

    def search(self, terms: Sequence[str], limit: int) -> list[int]:
        """See Engine."""
        return _best(self._bm25.get_scores(terms), limit)

    def add(self, documents: Sequence[Sequence[str]]) -> None:
        """Raise NotImplementedError."""
        raise NotImplementedError

    def reference(self, queries: Sequence[Sequence[str]], limit: int) -> list[list[int]]:
        """Return the rankings that rank_bm25's formula gives with Lucene's idf."""
        counts: dict[str, int] = dict.fromkeys({term for query in queries for term in query}, 0)
        for document in self._bm25.doc_freqs:
            for term in counts.keys() & document.keys():
                counts[term] += 1
        bm25 = LuceneBM25.__new__(LuceneBM25)
        bm25.__dict__ = self._bm25.__dict__ | {
            "idf": {term: lucene_idf(self._bm25.corpus_size, n) for term, n in counts.items()}
        }
        return [_best(bm25.get_scores(query), limit) for query in queries]


def _best(scores: Any, limit: int) -> list[int]:
    numbers: list[int] = np.argsort(-scores, kind="stable")[:limit].tolist()
    return numbers


ENGINES: dict[str, type[Engine]] = {
    "ours": Ours,
    "rank_bm25": RankBm25,
    "bm25s": Bm25s,
    "SQLite FTS5": Fts5,
    "tantivy": Tantivy,
}
