"""What members see of a feed that means harm: feed, store, list, card."""

from datetime import date
from pathlib import Path

import discord

from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.fakes.feeds import FakeFeeds
from tests.fakes.feeds.daily import item
from tests.frontends.discord.rendering.limits import assert_within_limits
from tests.frontends.discord.server import running

TODAY = date(2024, 1, 5)  # a day before the clock's
TITLE = "**Free** @everyone <@1> [nitro](https://evil.example/x) [1] \u202egnp.exe\x1b[31m\u200b"


def all_text(embed: discord.Embed) -> str:
    fields = [f"{field.name} {field.value}" for field in embed.fields]
    return " ".join([embed.title or "", embed.description or "", *fields])


async def test_what_a_feed_says_is_shown_as_plain_text(tmp_path: Path) -> None:
    async with FakeFeeds() as feeds:
        feeds.today = TODAY
        feeds.days[TODAY] = [
            item(
                1,
                TODAY,
                title=TITLE,
                summary=f"{TITLE} whistles.\n# Ask @here",
                authors=[{"name": "<@&7> *Ada*"}],
                githubRepo="javascript:alert(1)",
                projectPage="https://evil.example/) [here](https://worse.example",
                organization={"name": "||lab||"},
                upvotes=3,
            ),
            item(2, TODAY, upvotes=-3),
        ]
        settings = {"daily_papers_url": feeds.url, "enabled": ["daily-papers"]}
        async with sample_app(tmp_path, papers=[], clock=FakeClock(), feeds=settings) as app, running(app) as server:
            report = await app.feeds.runner.poll(app.feeds.enabled[0])
            assert report is not None
            assert (report.counts.new, len(report.refusals)) == (1, 1)  # negative votes are told, not stored
            for command, options in [("latest", {}), ("paper", {"paper": f"{TODAY:%y%m}.00001"})]:
                result = await server.ada.slash(server.channel, command, **options)
                assert result.response is not None
                [embed] = result.response.embeds
                assert_within_limits([embed])
                shown = all_text(embed)
                assert "\\*\\*Free\\*\\*" in shown
                assert not any(sign in shown for sign in ("@everyone", "<@", "javascript:", "\u202e", "\x1b", "[31m"))
                assert "](https://evil" not in shown
                assert "](https://worse" not in shown
