"""What is followed arrives in a simulated Discord."""

from datetime import date
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.app import App
from bot.models import Paper
from tests.apps import sample_app
from tests.clocks import FakeClock
from tests.factories import make_paper
from tests.follows.following import arrive
from tests.frontends.discord.rendering.limits import assert_within_limits, monstrous_paper
from tests.frontends.discord.server import Server, running

LOOK = 25  # seconds of the simulation; the bot looks somewhat more often


async def look(server: Server, clock: FakeClock, **after: float) -> None:
    """Let time pass, and let the bot look."""
    clock.move(**(after or {"minutes": 2}))
    await server.env.advance_time(LOOK)


def mail(server: Server) -> list[discord.Message]:
    """Return the messages that Ada got in private."""
    found = server.ada.user.dm_channel.history()
    for message in found:
        assert_within_limits(message.embeds)
    return found


def text(message: discord.Message) -> str:
    return "\n".join(f"{embed.title}\n{embed.description}\n{embed.footer.text}" for embed in message.embeds)


def refuse(server: Server, *, status: int, code: int, times: int | None) -> None:
    server.env.inject_error("POST", "/channels/*/messages", status=status, code=code, times=times)


async def change(app: App, paper: Paper, **facts: Any) -> None:
    await app.papers.upsert(
        [make_paper(title=paper.title, abstract=paper.abstract, arxiv_id=paper.arxiv_id, **facts)],
        now=app.clock().timestamp(),
    )


async def test_a_new_paper_is_told_in_private_once_over_restarts(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app, running(app) as server:
        await look(server, clock)
        await server.ada.slash(server.channel, "follow topic", topic="kettles")
        await arrive(app, "Loud Kettles", "Teapots", authors=("Ada Example",))
        await look(server, clock)
        for _ in range(3):
            await server.env.restart_bot(server.another_bot())
            await look(server, clock)
        (message,) = mail(server)
    first, details, why = (message.embeds[0].description or "").splitlines()
    assert message.embeds[0].title == "New papers matching what you follow"
    assert first == "1\\. **[Loud Kettles](https://arxiv.org/abs/2402.00001)**"
    assert details == "-# Ada Example · 5 Jan 2024"
    assert why == "-# matches: topic kettles"
    assert "Change this with /following · notice " in (message.embeds[0].footer.text or "")


async def test_a_burst_is_one_message(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app, running(app) as server:
        await look(server, clock)
        await server.ada.slash(server.channel, "follow topic", topic="kettles")
        await arrive(app, *(f"Kettles {number}" for number in range(22)))
        await look(server, clock)
        (message,) = mail(server)
    assert "10\\. " in text(message)
    assert "and 12 more: see /latest" in text(message)


async def test_a_channel_gets_what_is_followed_for_it_and_no_ping(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app, running(app) as server:
        await look(server, clock)
        role = server.guild.create_role("editors", permissions=discord.Permissions(manage_channels=True))
        carol = server.guild.add_member(server.env.create_user("carol"), roles=[role])
        await carol.slash(server.channel, "follow author", author="A. Example", channel=server.channel)
        await arrive(app, "@everyone Kettles", authors=("Ada Example",))
        await look(server, clock)
        message = server.last
    assert "@everyone" not in text(message)
    assert "author A. Example" in text(message)


async def test_a_followed_paper_tells_what_became_of_it(tmp_path: Path) -> None:
    clock = FakeClock()
    paper = make_paper(version=1)
    async with sample_app(tmp_path, papers=[paper], clock=clock) as app, running(app) as server:
        await look(server, clock)
        await server.ada.slash(server.channel, "follow paper", paper=paper.key)
        await change(app, paper, version=2, code_url="https://github.com/a/b")
        await look(server, clock)
        await change(app, paper, version=2, withdrawn=date(2024, 1, 6))
        await look(server, clock)
        first, second = map(text, mail(server))
    assert first.startswith("Updates on papers you follow")
    assert "New version: v2." in first
    assert "Its code has been released: [open](https://github.com/a/b)" in first
    assert "⚠️ This paper was withdrawn on 6 Jan 2024." in second


async def test_closed_direct_messages_pause_and_are_told_at_the_next_command(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app, running(app) as server:
        await look(server, clock)
        await server.ada.slash(server.channel, "follow topic", topic="kettles")
        refuse(server, status=403, code=50007, times=1)
        await arrive(app, "Loud Kettles")
        for _ in range(5):
            await look(server, clock)
        assert mail(server) == []
        asked = await server.ada.slash(server.channel, "help")
        assert told(asked)[-1].startswith("I couldn't message you: you don't accept direct messages from me.")
        again = await server.ada.slash(server.channel, "help")
        assert not any("could not write" in said for said in told(again))
        paused = await server.ada.slash(server.channel, "following")
        assert paused.response is not None
        assert "**I couldn't message you" in (paused.response.embeds[0].description or "")
        await server.ada.click(paused.response, label="Resume")
        await look(server, clock)
        assert len(mail(server)) == 1


def told(result: InteractionResult) -> list[str]:
    first = [result.response] if result.response else []
    return [message.content for message in (*first, *result.followups)]


async def test_an_outage_is_waited_out(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app, running(app) as server:
        await look(server, clock)
        await server.ada.slash(server.channel, "follow topic", topic="kettles")
        server.env.inject_error("POST", "/users/@me/channels", status=400, code=50035, times=2)
        await arrive(app, "Loud Kettles")
        for _ in range(4):
            await look(server, clock, minutes=20)
        (message,) = mail(server)
    assert "Loud Kettles" in text(message)


@pytest.mark.slow
async def test_monstrous_papers_stay_within_a_message(tmp_path: Path) -> None:
    clock = FakeClock()
    async with sample_app(tmp_path, papers=[], clock=clock) as app, running(app) as server:
        await look(server, clock)
        await server.ada.slash(server.channel, "follow topic", topic="bold")
        papers = [monstrous_paper(number, published=date(2024, 1, 5)) for number in range(1, 13)]
        await app.papers.upsert(papers, now=clock().timestamp())
        await look(server, clock)
        (message,) = mail(server)
    assert "more: see /latest" in text(message)
    assert "@everyone" not in text(message)
