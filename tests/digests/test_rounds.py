"""Looking after digests while clocks jump, processes rest and Discord fails."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.digests import outlet as trouble
from bot.digests.scheduler import DIGEST_TIMEOUT
from tests.clocks import FakeClock
from tests.digests.examples import make_definition
from tests.digests.running import SATURDAY, arrive, pass_time, prepare, running
from tests.fakes.outlet import FakeOutlet


@pytest.mark.slow
async def test_any_number_of_digests_each_have_their_own_hour_zone_and_days(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(
        tmp_path,
        clock,
        make_definition(name="a"),
        make_definition(name="b", zone="Asia/Tokyo"),
        make_definition(name="c", weekdays=(0,)),
        make_definition(name="d", period="monthly"),
    )
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, step=600, days=3)
    assert outlet.days("1") == ["2024-01-06", "2024-01-07", "2024-01-08"]
    assert [f"{post.at:%d %H:%M}" for post in outlet.of("2")] == ["06 23:00", "07 23:00", "08 23:00"]
    assert outlet.days("3") == ["2024-01-08"]
    assert outlet.days("4") == []


async def test_after_downtime_over_the_slot_it_is_caught_up_once(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    clock.move(hours=6)
    for _ in range(2):
        async with running(tmp_path, clock, outlet) as process:
            await pass_time(process, clock, minutes=30)
            assert await process.rows() == [("2024-01-06", "posted")]
    assert len(outlet.posts) == 1


async def test_too_long_a_downtime_is_told_and_the_next_digest_has_the_papers(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet, caplog: pytest.LogCaptureFixture
) -> None:
    await prepare(tmp_path, clock, make_definition())
    await arrive(tmp_path, clock, "Kettles")
    clock.move(days=2, hours=-2)
    async with running(tmp_path, clock, outlet) as process:
        await process.look()
        assert await process.rows() == [("2024-01-06", "missed"), ("2024-01-07", "missed")]
        newest, _ = await process.entries()
        assert newest.reason == trouble.NOT_RUNNING
        assert "for 2024-01-07 was missed (not running); the next one includes its papers" in caplog.text
        await pass_time(process, clock, hours=4)
    (post,) = outlet.posts
    assert (post.day.day, post.titles) == (8, ["Kettles"])


async def test_a_digest_that_is_new_missed_nothing(tmp_path: Path, clock: FakeClock, outlet: FakeOutlet) -> None:
    clock.move(hours=12)
    await prepare(tmp_path, clock, make_definition())
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=1)
        assert await process.rows() == []


async def test_a_clock_that_jumps_days_ahead_posts_none_of_the_days_between(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=2)
        clock.move(days=4)
        await pass_time(process, clock, hours=1)
        states = [state for _, state in await process.rows()]
    assert outlet.days("1") == ["2024-01-06", "2024-01-10"]
    assert states == ["posted", "missed", "missed", "missed", "posted"]


@pytest.mark.slow
async def test_a_clock_set_back_posts_nothing_again_and_loses_no_paper(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    real = FakeClock(clock.now)
    outlet.clock = real
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=2)
        clock.move(days=3)
        await pass_time(process, clock, hours=1)
        clock.move(days=-3)
        for number in range(5):
            await arrive(tmp_path, clock, f"Paper {number}")
            await pass_time(process, clock, step=600, days=1)
            real.move(days=1)
    # The 9th was posted when the clock said so first, and each of the others on its day.
    assert sorted(outlet.days("1")) == [f"2024-01-{day:02}" for day in range(6, 12)]
    titles = [title for post in outlet.posts for title in post.titles]
    assert sorted(titles) == [f"Paper {number}" for number in range(5)]


async def test_an_hour_without_discord_ends_with_one_post_and_few_attempts(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    await arrive(tmp_path, clock, "Kettles")
    async with running(tmp_path, clock, outlet) as process:
        outlet.down = True
        await pass_time(process, clock, step=20, hours=2)
        assert await process.rows() == [("2024-01-06", "pending")]
        assert (await process.entries())[0].reason == trouble.DISCORD_DOWN
        attempts = len(outlet.calls)
        outlet.down = False
        await pass_time(process, clock, step=20, minutes=16)
        assert await process.rows() == [("2024-01-06", "posted")]
    assert len(outlet.posts) == 1
    assert 5 <= attempts <= 15


async def test_a_post_that_was_carried_out_though_discord_seemed_down_is_found(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    outlet.lost = 1
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=1, minutes=1)
        outlet.down = True
        await pass_time(process, clock, hours=2)
        outlet.down = False
        await pass_time(process, clock, hours=1)
        assert await process.rows() == [("2024-01-06", "posted")]
    assert len(outlet.posts) == 1


async def test_discord_down_for_the_whole_window_is_a_missed_day_with_that_reason(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    await arrive(tmp_path, clock, "Kettles")
    async with running(tmp_path, clock, outlet) as process:
        outlet.down = True
        await pass_time(process, clock, hours=8)
        outlet.down = False
        await pass_time(process, clock, hours=1)
        (row,) = await process.entries()
        assert (row.state, row.reason) == ("missed", trouble.DISCORD_DOWN)
        await pass_time(process, clock, step=600, hours=18)
    assert [(post.day.day, post.titles) for post in outlet.posts] == [(7, ["Kettles"])]


@pytest.mark.slow
@pytest.mark.parametrize("seen", [True, False], ids=["seen", "found-out"])
async def test_a_closed_channel_pauses_its_digest_alone_and_says_why_until_it_is_open(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet, seen: bool, caplog: pytest.LogCaptureFixture
) -> None:
    await prepare(tmp_path, clock, make_definition(name="a", channel=1), make_definition(name="b", channel=2))
    code = trouble.missing("Send Messages")
    outlet.closed[1] = code
    if seen:
        outlet.seen.add(1)
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, step=20, hours=4)
        assert [outlet.days("1"), outlet.days("2")] == [[], ["2024-01-06"]]
        paused = await process.app.digest_store.get("1")
        assert paused
        assert paused.paused == code
        assert process.rounds.troubles() == {"1": code}
        assert len([call for call in outlet.calls if call[1] == 1]) <= (0 if seen else 8)
        assert "the digest 1 is paused. I need Send Messages in that channel to post." in caplog.text

        outlet.closed.clear()
        await pass_time(process, clock, step=20, **({"minutes": 1} if seen else {"hours": 1}))
        assert outlet.days("1") == ["2024-01-06"]
        mended = await process.app.digest_store.get("1")
        assert mended
        assert mended.paused is None
        assert process.rounds.troubles() == {}


@pytest.mark.slow
async def test_a_deleted_channel_misses_its_days_without_an_endless_loop(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    outlet.closed[9] = trouble.CHANNEL_GONE
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, step=120, days=3)
        assert [state for _, state in await process.rows()] == ["missed"] * 3
        assert {entry.reason for entry in await process.entries()} == {trouble.CHANNEL_GONE}
        assert len(outlet.calls) < 40
        definition = await process.app.digest_store.get("1")
        assert definition
        outlet.closed.clear()
        await process.app.digest_store.change(make_definition(channel=10, created_at=definition.created_at))
        await pass_time(process, clock, step=600, days=1)
    assert [post.channel for post in outlet.posts] == [10]


async def test_a_digest_that_hangs_keeps_no_other_waiting_and_is_given_up(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.digests.scheduler.DIGEST_TIMEOUT", timedelta(seconds=0.3))
    await prepare(tmp_path, clock, *(make_definition(name=str(n), channel=n) for n in range(1, 6)))

    class Hanging:
        def __getattr__(self, name: str) -> Any:
            return getattr(outlet, name)

        async def post(self, definition: Any, digest: Any, *, nonce: str) -> int:
            if definition.channel == 1:
                await asyncio.Event().wait()
            return await outlet.post(definition, digest, nonce=nonce)

    def wrap(name: str, part: Any) -> Any:
        return Hanging() if name == "outlet" else part

    async with running(tmp_path, clock, outlet, wrap=wrap) as process:
        clock.now = SATURDAY
        await process.look()
        assert sorted(post.key for post in outlet.posts) == ["2", "3", "4", "5"]
        assert await process.rows("1") == [("2024-01-06", "pending")]
    assert timedelta(minutes=1) < DIGEST_TIMEOUT


async def test_a_silent_digest_with_nothing_new_is_skipped_and_tells_the_papers_later(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition(when_empty="silent"))
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=7)
        assert await process.rows() == [("2024-01-06", "skipped")]
        await arrive(tmp_path, clock, "Kettles")
        await pass_time(process, clock, step=600, hours=24)
    assert [(post.day.day, post.titles) for post in outlet.posts] == [(7, ["Kettles"])]


@pytest.mark.slow
async def test_late_papers_edit_the_post_seldom_and_only_when_there_are_some(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    await arrive(tmp_path, clock, "Early", listed=SATURDAY.date())
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=2)
        (post,) = outlet.posts
        assert post.edits == 0
        for number in range(6):
            await arrive(tmp_path, clock, f"Late {number}", listed=SATURDAY.date())
            await pass_time(process, clock, minutes=10)
        assert 1 <= post.edits <= 2
        assert post.titles[0] == "Early"
        await pass_time(process, clock, hours=1)
        edits = post.edits
        await pass_time(process, clock, hours=10)
        assert post.edits == edits
        await pass_time(process, clock, step=600, hours=12)
    assert sorted(title for post in outlet.posts for title in post.titles) == [
        "Early",
        *(f"Late {number}" for number in range(6)),
    ]


async def test_a_deleted_post_is_not_edited_again_and_again(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    await arrive(tmp_path, clock, "Early", listed=SATURDAY.date())
    async with running(tmp_path, clock, outlet) as process:
        await pass_time(process, clock, hours=2)
        outlet.posts.clear()
        await arrive(tmp_path, clock, "Late", listed=SATURDAY.date())
        await pass_time(process, clock, hours=3)
        assert [what for what, _ in outlet.calls].count("edit") == 1
        assert process.rounds.troubles() == {}
        await pass_time(process, clock, step=600, hours=22)
    assert outlet.days("1") == ["2024-01-07"]


async def test_a_second_process_posts_nothing_while_the_first_lives_and_all_after(
    tmp_path: Path, clock: FakeClock, outlet: FakeOutlet
) -> None:
    await prepare(tmp_path, clock, make_definition())
    async with running(tmp_path, clock, outlet) as first:
        await first.look()
        async with running(tmp_path, clock, outlet) as second:
            assert await first.app.digest_lease.take()
            clock.now = SATURDAY
            assert await first.app.digest_lease.take()
            await second.look()
            assert outlet.posts == []
            clock.move(seconds=16)
            await second.look()
            assert len(outlet.posts) == 1
            # The first one thinks that it leads, until it wants to write.
            await first.look()
            clock.move(days=1)
            await second.app.digest_lease.take()
            await first.look()
            assert len(outlet.posts) == 1
            await second.look()
            assert len(outlet.posts) == 2
