"""What every engine can do, and other projects' engines, all fed with the same index terms."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from bot.search.engine.scoring import K1, B


class Engine(Protocol):
    """An index over documents, each the list of its terms, numbered from 0."""

    adds: bool
    """Whether documents can be added without building all anew."""

    def build(self, documents: Sequence[Sequence[str]], folder: Path) -> None:
        """Make the index; engines that live on disk make it in `folder`."""

    def save(self, folder: Path) -> None:
        """Put what `start` needs into `folder`."""

    def start(self, folder: Path) -> None:
        """Get ready to search what was saved."""

    def search(self, terms: Sequence[str], limit: int) -> list[int]:
        """Return the numbers of the best documents, best first."""

    def add(self, documents: Sequence[Sequence[str]]) -> None:
        """Add documents so that the next search finds them."""


class Bm25s:
    """bm25s with its Lucene method, in memory."""

    adds = False

    def build(self, documents: Sequence[Sequence[str]], folder: Path) -> None:  # noqa: ARG002
        """See Engine."""
        import bm25s  # noqa: PLC0415 - only the process that measures it should load it

        self._bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        self._bm25.index([list(document) for document in documents], show_progress=False)

    def save(self, folder: Path) -> None:
        """See Engine."""
        self._bm25.save(str(folder), show_progress=False)

    def start(self, folder: Path) -> None:
        """See Engine."""
        import bm25s  # noqa: PLC0415

        self._bm25 = bm25s.BM25.load(str(folder))

    def search(self, terms: Sequence[str], limit: int) -> list[int]:
        """See Engine."""
        found = self._bm25.retrieve([list(terms)], k=limit, show_progress=False, return_as="documents")
        return [int(number) for number in found[0]]

    def add(self, documents: Sequence[Sequence[str]]) -> None:
        """Raise NotImplementedError."""
        raise NotImplementedError


class Fts5:
    """SQLite's FTS5 with its bm25(), the terms joined by spaces, without a copy of the text."""

    adds = True

    def build(self, documents: Sequence[Sequence[str]], folder: Path) -> None:
        """See Engine."""
        self.start(folder)
        self._connection.execute(
            "CREATE VIRTUAL TABLE papers USING fts5(terms, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        self._size = 0
        self.add(documents)

    def save(self, folder: Path) -> None:  # noqa: ARG002
        """See Engine."""
        self._connection.close()

    def start(self, folder: Path) -> None:
        """See Engine."""
        self._connection = sqlite3.connect(folder / "fts5.sqlite3", check_same_thread=False)
        if self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            self._size = self._connection.execute("SELECT max(id) + 1 FROM papers_docsize").fetchone()[0]

    def search(self, terms: Sequence[str], limit: int) -> list[int]:
        """See Engine."""
        query = " OR ".join(f'"{term}"' for term in terms)
        sql = "SELECT rowid FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ?"
        return [int(number) for (number,) in self._connection.execute(sql, (query, limit))]

    def add(self, documents: Sequence[Sequence[str]]) -> None:
        """See Engine."""
        rows = ((number, " ".join(document)) for number, document in enumerate(documents, self._size))
        with self._connection:
            self._connection.executemany("INSERT INTO papers (rowid, terms) VALUES (?, ?)", rows)
        self._size += len(documents)


class Tantivy:
    """tantivy, the terms joined by spaces and split there again."""

    adds = True

    def build(self, documents: Sequence[Sequence[str]], folder: Path) -> None:
        """See Engine."""
        self._size = 0
        self.start(folder)
        self.add(documents)

    def save(self, folder: Path) -> None:
        """See Engine."""

    def start(self, folder: Path) -> None:
        """See Engine."""
        import tantivy  # noqa: PLC0415

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field("number", stored=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._size = self._index.searcher().num_docs

    def search(self, terms: Sequence[str], limit: int) -> list[int]:
        """See Engine."""
        from tantivy import Occur, Query  # noqa: PLC0415

        query = Query.boolean_query([(Occur.Should, Query.term_query(self._schema, "terms", term)) for term in terms])
        searcher = self._index.searcher()
        return [int(searcher.doc(address)["number"][0]) for _, address in searcher.search(query, limit).hits]

    def add(self, documents: Sequence[Sequence[str]]) -> None:
        """See Engine."""
        from tantivy import Document  # noqa: PLC0415

        writer = self._index.writer()
        for number, document in enumerate(documents, self._size):
            writer.add_document(Document(terms=" ".join(document), number=number))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._size += len(documents)
