"""A process that writes to a store: python -m tests.store.writer PATH NAME COUNT.

Opens the store, says so, waits for a line on standard input, and stores COUNT papers, each in a transaction of its own
and each told on standard output.
"""

import asyncio
import sys
from pathlib import Path

from bot.models import Paper
from bot.store.database import open_database
from bot.store.papers import SqlitePaperStore


async def main(path: Path, name: str, count: int) -> None:
    """Write the papers."""
    async with open_database(path) as database:
        papers = SqlitePaperStore(database=database)
        sys.stdout.write("open\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for number in range(count):
            await papers.upsert([Paper(title=f"{name} {number}", abstract="Text.", origin="test")], now=float(number))
            sys.stdout.write("stored\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
