"""A day of `paperbot run`: papers come, the digest is posted, processes are killed, and a second one is started."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.digests.examples import free_lease
from tests.e2e.process import pointed_at, running_bot
from tests.fakes.discord_server import FakeDiscord, Json
from tests.fakes.feeds import FakeFeeds
from tests.fakes.feeds.daily import item


def is_digest(message: Json) -> bool:
    return "paperbot digest" in str(message["embeds"])


async def posted(discord: FakeDiscord, channel: int) -> None:
    await discord.wait_for_message(
        is_digest, channel_id=channel, timeout=60
    )  # a process starts slowly on a busy machine


async def settled(store: Path) -> None:
    """Wait until the ledger knows of both posts."""
    async with asyncio.timeout(60):
        while posted_rows(store) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


def posted_rows(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM digest_posts WHERE state = 'posted'").fetchone()
    return int(count)


async def test_papers_come_and_the_digest_is_posted_once_whatever_is_killed_and_however_many_run(
    tmp_path: Path,
) -> None:
    store = tmp_path / "store.db"
    async with FakeDiscord() as discord, FakeFeeds() as feeds:
        discord.nonce_window = 0  # as when each restart comes much later
        now = datetime.now(UTC)
        feeds.today = now.date()
        feeds.days[feeds.today] = [item(number, feeds.today) for number in range(1, 4)]
        env = pointed_at(discord, None, store) | {
            "FEEDS_ENABLED": "daily-papers",
            "FEEDS_DAILY_PAPERS_URL": feeds.url,
        }
        async with running_bot(env, tmp_path) as bot:
            await bot.logged("Daily Papers: 3 new, 0 changed, 0 unchanged, 0 rejected (done)")
            await discord.ready()
            minute = f"{now - timedelta(minutes=1):%H:%M}"
            places = {"Early": discord.channel_id, "News": discord.second_channel_id}
            for name, channel in places.items():
                added = await discord.slash("digest add", {"name": name, "time": minute}, channel_id=channel)
                await added.settled(10, lambda message: "Digest set up." in message["content"])
            await bot.kill()

        # Discord carries the first post out, but its answer gets lost, and with it the process.
        free_lease(store)
        discord.fail_next("POST", rf"/channels/{discord.channel_id}/messages$", 503, carried_out=True)
        async with running_bot(env, tmp_path) as bot:
            await posted(discord, discord.channel_id)
            await bot.kill()

        free_lease(store)
        async with running_bot(env, tmp_path) as first:
            await first.logged("connected to Discord")
            async with running_bot(env, tmp_path) as second:
                await second.logged("handled by another process using this store")
                await second.logged("connected to Discord")
                for channel in places.values():
                    await posted(discord, channel)
                await settled(store)
                for bot in (second, first):
                    code, _ = await bot.stop()
                    assert code == 0

        for channel in places.values():
            (post,) = filter(is_digest, discord.messages(channel))
            assert all(f"Kettle Study {number}" in str(post["embeds"]) for number in range(1, 4))
        assert len(feeds.requests) == 7  # one poll of a week, for all processes together
        assert discord.unhandled == []
