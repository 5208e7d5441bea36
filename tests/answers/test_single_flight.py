"""Work that is shared by all who wait for it."""

import asyncio

from bot.answers.planning.planner import SingleFlight


class Work:
    """Work that ends when it is told to, and counts what happens to it."""

    def __init__(self) -> None:
        self.started = 0
        self.cancelled = 0
        self.go_on = asyncio.Event()

    async def __call__(self) -> int:
        self.started += 1
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return self.started


async def turn() -> None:
    """Let everything that is ready run."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_waits_at_the_same_time_shares_one_run() -> None:
    flights, work = SingleFlight[str, int](), Work()
    waiting = [asyncio.create_task(flights.run("kettle", work)) for _ in range(3)]
    await turn()
    work.go_on.set()
    assert await asyncio.gather(*waiting) == [1, 1, 1]
    assert await flights.run("kettle", work) == 2, "what has ended is not shared"


async def test_each_key_has_its_own_run() -> None:
    flights, work = SingleFlight[str, int](), Work()
    work.go_on.set()
    await asyncio.gather(flights.run("kettle", work), flights.run("pot", work))
    assert work.started == 2


async def test_who_leaves_takes_nothing_from_the_others() -> None:
    flights, work = SingleFlight[str, int](), Work()
    first, second = (asyncio.create_task(flights.run("kettle", work)) for _ in range(2))
    await turn()
    first.cancel()
    await turn()
    assert first.cancelled()
    work.go_on.set()
    assert await second == 1
    assert work.cancelled == 0


async def test_the_last_one_who_leaves_ends_the_work() -> None:
    flights, work = SingleFlight[str, int](), Work()
    waiting = [asyncio.create_task(flights.run("kettle", work)) for _ in range(2)]
    await turn()
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert work.cancelled == 1
    work.go_on.set()
    assert await flights.run("kettle", work) == 2, "who comes later starts anew"


async def test_an_error_reaches_everybody() -> None:
    async def broken() -> int:
        await asyncio.sleep(0)
        raise ValueError("cold")

    flights = SingleFlight[str, int]()
    results = await asyncio.gather(*(flights.run("kettle", broken) for _ in range(2)), return_exceptions=True)
    assert [type(result) for result in results] == [ValueError, ValueError]
