"""A digest that moves to another channel in the middle of its day."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.digests import outlet as trouble
from tests.clocks import FakeClock
from tests.digests.examples import make_definition
from tests.digests.running import SATURDAY, Running, arrive, pass_time, prepare, running
from tests.fakes.outlet import FakeOutlet

OLD, NEW = 9, 10


async def move(process: Running) -> None:
    definition = await process.app.digest_store.get("1")
    assert definition
    assert definition.channel == OLD
    await process.app.digest_store.change(replace(definition, channel=NEW))


@pytest.mark.parametrize("killed", [False, True])
async def test_a_post_whose_answer_got_lost_is_found_in_the_channel_that_the_digest_left(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet, killed: bool
) -> None:
    await prepare(tmp_path, clock, make_definition(channel=OLD, thread=True))
    outlet.lost = 1
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=1)
        await move(process)
        if not killed:
            await pass_time(process, clock, hours=2)
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=2)
        assert await process.rows() == [("2024-01-06", "posted")]
        await pass_time(process, clock, step=600, days=1)
    assert [(post.channel, post.day.day, post.threads) for post in outlet.posts] == [(OLD, 6, 1), (NEW, 7, 1)]


async def test_late_papers_edit_the_post_where_it_is(tmp_path: Path, clock: FakeClock, outlet: FakeOutlet) -> None:
    await prepare(tmp_path, clock, make_definition(channel=OLD))
    await arrive(tmp_path, clock, "Early", listed=SATURDAY.date())
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=2)
        await move(process)
        for title in ("Late", "Later"):
            await arrive(tmp_path, clock, title, listed=SATURDAY.date())
            await pass_time(process, clock, hours=1)
        (post,) = outlet.posts
        assert (post.channel, post.titles, post.edits) == (OLD, ["Early", "Late", "Later"], 2)


@pytest.mark.parametrize("code", [trouble.CHANNEL_GONE, trouble.NO_ACCESS])
async def test_a_channel_that_is_closed_once_the_digest_left_it_keeps_no_post_back(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    await prepare(tmp_path, clock, make_definition(channel=OLD))
    outlet.lost = 1
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=1)
        outlet.closed[OLD] = code
        await move(process)
        await pass_time(process, clock, hours=1)
        assert await process.rows() == [("2024-01-06", "posted")]
    assert outlet.posts[-1].channel == NEW
    assert "couldn't search the previous channel of the digest 1 for its post" in caplog.text
