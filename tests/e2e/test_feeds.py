"""`paperbot run` with feeds on the loopback interface."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.e2e.process import pointed_at, running_bot
from tests.fakes.discord_server import FakeDiscord
from tests.fakes.feeds import FakeFeeds, failures
from tests.fakes.feeds.daily import item


async def test_papers_come_by_themselves_and_are_found(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, FakeFeeds() as feeds:
        feeds.today = datetime.now(UTC).date()
        for back in range(7):
            day = feeds.today - timedelta(days=back)
            feeds.days[day] = [item(10 * back + number, day) for number in range(3)]
        env = pointed_at(discord, None, tmp_path / "store.db") | {
            "FEEDS_ENABLED": "daily-papers",
            "FEEDS_DAILY_PAPERS_URL": feeds.url,
        }
        async with running_bot(env, tmp_path) as bot:
            await bot.logged("Daily Papers: 21 new, 0 changed, 0 unchanged, 0 rejected (done)")
            await discord.ready()
            found = await discord.slash("search", {"query": "kettles whistle"})
            await found.settled(10, lambda message: "Search:" in message["embeds"][0]["title"])
            status = await discord.slash("status", {})
            told = await status.settled(10, lambda message: bool(message["embeds"]))
            assert "Daily Papers is up to date" in str(told) or "nothing new at weekends" in str(told)
            code, _ = await bot.stop()
        assert code == 0
        asked = len(feeds.requests)
        async with running_bot(env, tmp_path) as bot:  # a restart is no reason to ask again
            await bot.logged("connected to Discord")
            await bot.stop()
        assert len(feeds.requests) == asked


async def test_the_bot_stops_at_once_while_a_feed_is_slow(tmp_path: Path) -> None:
    async with FakeDiscord() as discord, FakeFeeds() as feeds:
        feeds.always(failures.silent())
        env = pointed_at(discord, None, tmp_path / "store.db") | {
            "FEEDS_ENABLED": "daily-papers",
            "FEEDS_DAILY_PAPERS_URL": feeds.url,
        }
        async with running_bot(env, tmp_path) as bot:
            await feeds.reached(1)
            await bot.logged("connected to Discord")
            code, seconds = await bot.stop()
        assert code == 0
        assert seconds < 5
        assert "Traceback" not in bot.log
