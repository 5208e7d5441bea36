"""A process that fills a store and searches it: python -m tests.search.indexer PATH FIRST COUNT.

Stores COUNT papers from number FIRST on, every third of them with other words at once again, and searches after each,
which indexes it; each is told on standard output.
"""

import asyncio
import sys
from pathlib import Path

from bot.search.ranking.second_stage import Query
from bot.search.searcher import Searcher
from bot.store.database import open_database
from bot.store.documents import SqliteDocuments
from bot.store.papers import SqlitePaperStore
from tests.factories import make_paper


async def main(path: Path, first: int, count: int) -> None:
    """Write and search."""
    async with open_database(path) as database:
        papers = SqlitePaperStore(database=database)
        searcher = Searcher(papers=papers, documents=SqliteDocuments(database=database))
        for number in range(first, first + count):
            paper = make_paper(title=f"Kettle k{number}", arxiv_id=f"2401.{number:05}", abstract="First words.")
            await papers.upsert([paper], now=float(number))
            if number % 3 == 0:
                await searcher.search(Query(question=f"k{number}"), limit=1)
                changed = make_paper(title=f"Kettle k{number}", arxiv_id=f"2401.{number:05}", abstract="Other words.")
                await papers.upsert([changed], now=float(number))
            await searcher.search(Query(question=f"k{number}"), limit=1)
            sys.stdout.write("searched\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
