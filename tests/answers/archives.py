"""An archive and its conversations for tests, on a store in a file that can be opened again."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answers.answer import Answer, Kind, Statement, number_sources
from bot.answers.history.archive import AnswerArchive
from bot.answers.history.conversations import Conversations
from bot.answers.request import Conversation
from bot.models import Paper
from bot.store.answers import AnswerStore, FeedbackStore
from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore
from bot.store.usage import UsageStore
from tests.clocks import FakeClock
from tests.factories import make_papers

PAPERS = make_papers("Kettles", "Pots", "Pans")


def make_answer(
    question: str = "which vessel whistles?", *, papers: Sequence[Paper] = PAPERS[:2], **more: Any
) -> Answer:
    """Return an answer that cites each of its papers."""
    sources = number_sources(papers)
    statements = tuple(Statement(f"{source.paper.title} whistle.", (source.number,)) for source in sources)
    return Answer(
        question=question, kind=Kind.ANSWER, statements=statements, sources=sources, searched=3, span=None, **more
    )


@dataclass(frozen=True, kw_only=True)
class Archive:
    """The parts, and the file in which everything lies."""

    path: Path
    clock: FakeClock
    papers: SqlitePaperStore
    usage: UsageStore
    archive: AnswerArchive
    conversations: Conversations

    async def answered(self, conversation: Conversation, question: str = "which vessel whistles?", **more: Any) -> str:
        """Keep an answer a minute after the one before, and return its id."""
        self.clock.move(minutes=1)
        kept = await self.archive.keep(make_answer(question, **more), conversation=conversation, cache_key=None)
        assert kept.id
        return kept.id

    def execute(self, sql: str) -> list[Any]:
        """Ask or change the file behind the store's back."""
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            return [row[0] for row in connection.execute(sql)]


@asynccontextmanager
async def open_archive(
    path: Path, *, clock: FakeClock, answer_days: float = 30.0, hours: float = 24.0
) -> AsyncIterator[Archive]:
    """Open the store at `path` with three papers in it."""
    async with open_database(path) as database:
        papers, usage = SqlitePaperStore(database=database), UsageStore(database=database)
        await papers.upsert(PAPERS, now=0.0)
        answers = AnswerStore(database=database)
        yield Archive(
            path=path,
            clock=clock,
            papers=papers,
            usage=usage,
            archive=AnswerArchive(
                answers=answers,
                papers=papers,
                usage=usage,
                feedback=FeedbackStore(database=database),
                clock=clock,
                answer_days=answer_days,
            ),
            conversations=Conversations(answers=answers, papers=papers, clock=clock, hours=hours),
        )
