"""The composition root of a search alone: the store, its index, and the reading of questions.

`bot.app` builds these beside Discord, models, feeds and mail, whose libraries take longer to load than a search takes.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.answers.finding import Finder
from bot.search.searcher import Searcher
from bot.search_settings import StandaloneSettings
from bot.store.database import open_database
from bot.store.documents import SqliteDocuments
from bot.store.papers import SqlitePaperStore
from bot.util import Clock, utc_now


@asynccontextmanager
async def open_finder(settings: StandaloneSettings, *, clock: Clock = utc_now) -> AsyncIterator[Finder]:
    """Open the store and yield what finds papers in it, by plans made in code. Raises StoreError."""
    async with open_database(settings.store_path) as database:
        searcher = Searcher(papers=SqlitePaperStore(database=database), documents=SqliteDocuments(database=database))
        yield Finder(searcher=searcher, planner=None, question_chars=settings.question_chars, clock=clock)
