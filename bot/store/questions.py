"""The questions that a model wrote for papers (document expansion): text to search in, which is shown to nobody."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.models import Paper
from bot.store.database import SqliteStore
from bot.store.merging import paper_of

COLUMNS = "paper_questions.abstract_hash, paper_questions.questions"
"""What `questions_of` reads of a row in which `papers` is joined to `paper_questions`."""


def abstract_hash(abstract: str) -> str:
    """Return what tells one abstract from another: its SHA-256 in hex."""
    return hashlib.sha256(abstract.encode("utf-8", "surrogatepass")).hexdigest()


def questions_of(row: sqlite3.Row) -> Sequence[str]:
    """Return the questions of a row with the columns of a paper and `COLUMNS`; none that another abstract was given."""
    if row["questions"] is None or row["abstract_hash"] != abstract_hash(row["abstract"]):
        return ()
    return tuple(json.loads(row["questions"]))


@dataclass(frozen=True, slots=True)
class ExpansionCounts:
    """How many papers wait for questions, how many there are, and how many have some."""

    waiting: int
    papers: int
    expanded: int


class PaperQuestionStore(SqliteStore):
    """A row for each paper that a model was asked about."""

    async def waiting(self, limit: int) -> Sequence[Paper]:
        """Return the papers that no questions were written for, newest first, those without a day last."""
        rows = await self._database.rows(
            "SELECT * FROM papers WHERE questioned = 0 ORDER BY published DESC, rowid DESC LIMIT ?", (limit,)
        )
        return [paper_of(row) for row in rows]

    async def save(self, written: Mapping[Paper, Sequence[str]]) -> int:
        """Keep the questions for these papers, as they were when the model read them, and let them be indexed again.

        What has another abstract by now, or is gone, is left out. Returns how many papers were kept.
        """
        kept = expanded = 0
        async with self._database.transaction() as connection:
            for paper, questions in written.items():
                cursor = await connection.execute(
                    "UPDATE papers SET questioned = 1 WHERE key = ? AND abstract = ?", (paper.key, paper.abstract)
                )
                if not cursor.rowcount:
                    continue
                kept += 1
                await connection.execute(
                    "INSERT OR REPLACE INTO paper_questions VALUES (?, ?, ?)",
                    (paper.key, abstract_hash(paper.abstract), json.dumps(list(questions), ensure_ascii=False)),
                )
                if questions:
                    expanded += 1
                    await connection.execute(
                        "INSERT INTO index_dead (document)"
                        " SELECT document FROM papers WHERE key = ? AND document IS NOT NULL",
                        (paper.key,),
                    )
                    await connection.execute("UPDATE papers SET document = NULL WHERE key = ?", (paper.key,))
            if expanded:
                await connection.execute("UPDATE state SET value = value + 1 WHERE name = 'questions_revision'")
        return kept

    async def counts(self) -> ExpansionCounts:
        """Return how far the papers are, in figures. It reads an index of each table, no abstracts."""
        [row] = await self._database.rows(
            "SELECT (SELECT count(*) FROM papers WHERE questioned = 0) AS waiting,"
            " (SELECT count(*) FROM papers) AS papers,"
            " (SELECT count(*) FROM paper_questions WHERE questions != '[]') AS expanded"
        )
        return ExpansionCounts(**dict(row))
