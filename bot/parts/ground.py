"""What every group of parts is built on."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.config import Settings
from bot.search.searcher import Searcher
from bot.store.database import Database
from bot.store.papers import SqlitePaperStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The settings, the open store, the papers in it, what searches them, and the clock."""

    settings: Settings
    database: Database
    papers: SqlitePaperStore
    searcher: Searcher
    clock: Clock
