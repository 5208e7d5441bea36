"""Exactly one post, one thread and one state of it, wherever the process is killed."""

import asyncio
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.clocks import FakeClock
from tests.digests.examples import make_definition
from tests.digests.running import SATURDAY, Running, arrive, prepare, running
from tests.fakes.outlet import FakeOutlet, Post

pytestmark = pytest.mark.slow

POSTING = [
    ("ledger", "open_ends"),
    ("ledger", "find"),
    ("ledger", "open"),
    ("writer", "write"),
    ("ledger", "attempt"),
    ("outlet", "post"),
    ("ledger", "confirm"),
    ("outlet", "open_thread"),
    ("ledger", "note_thread"),
]
EDITING = [("writer", "with_late"), ("ledger", "owe_edit"), ("outlet", "edit"), ("ledger", "confirm_edit")]


class Death:
    """The end of a process at its next call of a part's method, before or after the method has done its work."""

    def __init__(self, step: tuple[str, str], *, after: bool) -> None:
        self.step, self.after = step, after
        self.came = asyncio.Event()

    def wrap(self, name: str, part: Any) -> Any:
        """Return what stands in for the part in which the process dies."""
        return Deadly(part, self) if name == self.step[0] else part

    async def come(self, process: Running) -> None:
        """Let a process that has work to do get there, and kill it."""
        await process.rounds.run_due()
        coming = asyncio.create_task(self.came.wait())
        await asyncio.wait([coming, *process.rounds.tasks], return_when=asyncio.FIRST_COMPLETED)
        assert coming.done(), f"the process never came to {self.step}"
        await process.rounds.stop()


class Deadly:
    """A part in which the process dies."""

    def __init__(self, part: Any, death: Death) -> None:
        self._part, self._death = part, death

    def __getattr__(self, name: str) -> Any:
        working = getattr(self._part, name)
        if name != self._death.step[1]:
            return working

        async def dying(*args: Any, **more: Any) -> None:
            if self._death.after:
                await working(*args, **more)
            # As after SIGKILL, nothing is carried on with, tidied up or noted.
            self._death.came.set()
            await asyncio.Event().wait()

        return dying


async def run_and_die(
    folder: Path, clock: FakeClock, outlet: FakeOutlet, step: tuple[str, str], *, after: bool
) -> None:
    """Run a process until it reaches the step, and kill it there."""
    death = Death(step, after=after)
    async with running(folder, clock, outlet, wrap=death.wrap) as process:
        await death.come(process)


async def run(folder: Path, clock: FakeClock, outlet: FakeOutlet) -> list[tuple[str, str]]:
    """Run a process for three looks and return its ledger."""
    async with running(folder, clock, outlet) as process:
        for _ in range(3):
            await process.look()
            clock.move(minutes=1)
        return await process.rows()


def told(posts: list[Post]) -> list[str]:
    return sorted(title for post in posts for title in post.titles)


@pytest.fixture
async def outlet(tmp_path: Path, clock: FakeClock) -> FakeOutlet:
    """Return the channels of a digest that is due and has a paper to tell of."""
    await prepare(tmp_path, clock, make_definition(at=SATURDAY.time(), thread=True))
    await arrive(tmp_path, clock, "Kettles", listed=date(2024, 1, 6))
    clock.move(hours=1)
    return FakeOutlet(clock)


@pytest.mark.parametrize("down_for", [timedelta(seconds=20), timedelta(hours=3)], ids=["soon", "much-later"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", POSTING, ids=[" ".join(step) for step in POSTING])
async def test_a_kill_while_posting_leaves_exactly_one_post(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet, step: tuple[str, str], after: bool, down_for: timedelta
) -> None:
    await run_and_die(tmp_path, clock, outlet, step, after=after)
    clock.now += down_for
    await arrive(tmp_path, clock, "Came meanwhile")
    assert await run(tmp_path, clock, outlet) == [("2024-01-06", "posted")]
    (post,) = outlet.posts
    assert (post.titles[0], post.threads) == ("Kettles", 1)
    clock.now = SATURDAY + timedelta(days=1)
    assert await run(tmp_path, clock, outlet) == [("2024-01-06", "posted"), ("2024-01-07", "posted")]
    assert told(outlet.posts) == ["Came meanwhile", "Kettles"]


@pytest.mark.parametrize("down_for", [timedelta(seconds=20), timedelta(hours=20)], ids=["soon", "after-its-day"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", EDITING, ids=[" ".join(step) for step in EDITING])
async def test_a_kill_while_late_papers_edit_the_post_loses_and_repeats_none(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet, step: tuple[str, str], after: bool, down_for: timedelta
) -> None:
    await run(tmp_path, clock, outlet)
    await arrive(tmp_path, clock, "Late", listed=date(2024, 1, 6))
    death = Death(step, after=after)
    async with running(tmp_path, clock, outlet, wrap=death.wrap) as process:
        await process.look()
        clock.move(minutes=31)
        await death.come(process)
    clock.now += down_for
    async with running(tmp_path, clock, outlet) as process:
        await process.look()
        clock.move(minutes=31)
        await process.look()
    clock.now = SATURDAY + timedelta(days=1, hours=1)
    assert await run(tmp_path, clock, outlet) == [("2024-01-06", "posted"), ("2024-01-07", "posted")]
    assert told(outlet.posts) == ["Kettles", "Late"]
    first = outlet.posts[0]
    assert first.titles[0] == "Kettles"
    assert (len(outlet.posts), first.threads) == (2, 1)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_second_kill_while_looking_for_the_first_ones_post(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet, after: bool
) -> None:
    await run_and_die(tmp_path, clock, outlet, ("ledger", "confirm"), after=False)
    clock.move(hours=1)
    await run_and_die(tmp_path, clock, outlet, ("outlet", "find"), after=after)
    assert await run(tmp_path, clock, outlet) == [("2024-01-06", "posted")]
    assert len(outlet.posts) == 1


async def test_a_post_whose_answer_got_lost_is_found_once_its_day_is_over(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await run_and_die(tmp_path, clock, outlet, ("outlet", "post"), after=True)
    clock.now = SATURDAY + timedelta(hours=20)
    assert await run(tmp_path, clock, outlet) == [("2024-01-06", "posted")]
    clock.now = SATURDAY + timedelta(days=1)
    await run(tmp_path, clock, outlet)
    assert told(outlet.posts) == ["Kettles"]


async def test_a_kill_before_the_post_and_a_long_downtime_is_told_as_missed(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await run_and_die(tmp_path, clock, outlet, ("outlet", "post"), after=False)
    clock.now = SATURDAY + timedelta(hours=20)
    assert await run(tmp_path, clock, outlet) == [("2024-01-06", "missed")]
    clock.now = SATURDAY + timedelta(days=1)
    await run(tmp_path, clock, outlet)
    assert [(post.day.day, post.titles) for post in outlet.posts] == [(7, ["Kettles"])]
