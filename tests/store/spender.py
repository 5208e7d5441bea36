"""A process that reserves: python -m tests.store.spender PATH COUNT LIMIT.

Opens the store, says so, waits for a line on standard input, reserves COUNT calls of 100 tokens with a day's limit, all
at once, and tells how many it was granted.
"""

import asyncio
import sys
from datetime import date
from pathlib import Path

from bot.store.database import open_database
from bot.store.usage import DayLimits, Reservation, UsageStore

DAY = date(2026, 10, 5)


async def main(path: Path, count: int, limit: int) -> None:
    """Reserve the calls."""
    call = Reservation(
        day=DAY, at=0.0, user=None, guild=None, purpose="answer", model="m", input_tokens=60, output_tokens=40, cost=0.0
    )
    async with open_database(path) as database:
        usage = UsageStore(database=database)
        sys.stdout.write("open\n")
        sys.stdout.flush()
        sys.stdin.readline()
        results = await asyncio.gather(*(usage.reserve(call, limits=DayLimits(day_tokens=limit)) for _ in range(count)))
        sys.stdout.write(f"{len([result for result in results if isinstance(result, int)])}\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
