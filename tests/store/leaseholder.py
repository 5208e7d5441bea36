"""A process that holds a lease when it can: python -m tests.store.leaseholder PATH SECONDS. It says when it has it."""

import asyncio
import sys
from pathlib import Path

from bot.store.database import open_database
from bot.store.leases import Lease, keep_lease
from bot.util import utc_now


async def main(path: Path, seconds: float) -> None:
    """Hold it until killed."""
    async with open_database(path) as database:
        lease = Lease(database=database, name="digests", clock=utc_now, seconds=seconds)
        async with keep_lease(lease, every=seconds / 3):
            while not lease.held:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            sys.stdout.write("held\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), float(sys.argv[2])))
