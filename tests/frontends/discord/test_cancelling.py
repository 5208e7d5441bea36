"""One answer at a time, and ending it."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import discord
from discord.ui import View
from discord.utils import MISSING

from bot.answers.answer import Source, Statement
from bot.answers.events import Event, Searching, SentenceReady
from bot.frontends.discord.answers.streaming import StreamedMessage, cancel_view, show_answer
from tests.apps import sample_app
from tests.factories import make_paper
from tests.frontends.discord.replies import private_text
from tests.frontends.discord.server import Server, running

BUSY = "I'm still working on your last question. Wait for the answer, or cancel it and ask again."


async def posted(server: Server, job_id: str) -> discord.Message:
    """Return an answer that is being written, as the channel shows it."""
    channel = server.bot.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.send(embed=discord.Embed(description="Stormer …"), view=cancel_view(job_id))
    await server.env.settle()
    return server.last


async def test_a_second_question_is_refused_with_a_button_that_ends_the_first(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        with app.answer_queue.job(str(server.ada.id)) as job:
            refused = await server.ada.slash(server.channel, "ask", question="what is GPipe?")
            assert private_text(refused) == BUSY
            others = await server.bob.slash(server.channel, "ask", question="what is GPipe?")
            assert others.response is not None
            assert others.response.embeds
            assert refused.response is not None
            await server.ada.click(refused.response, label="Cancel")
            assert job.stopped
            assert refused.response.content == "Cancelled. You can ask again."
            again = await server.ada.slash(server.channel, "ask", question="what is GPipe?")
            assert again.response is not None
            assert again.response.embeds


async def test_a_second_mention_is_refused_with_the_button(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        with app.answer_queue.job(str(server.ada.id)):
            await server.ada.send(server.channel, f"{server.mention} what is GPipe?")
            assert server.last.content == BUSY
            assert server.last.components


async def test_only_the_asker_cancels_and_after_a_restart_there_is_nothing_to_cancel(tmp_path: Path) -> None:
    async with sample_app(tmp_path) as app, running(app) as server:
        with app.answer_queue.job(str(server.ada.id)) as job:
            message = await posted(server, job.id)
            assert private_text(await server.bob.click(message, label="Cancel")).startswith(
                "Only the user who asked can cancel"
            )
            assert not job.stopped
            await server.ada.click(message, label="Cancel")
            assert job.stopped
        await server.env.restart_bot(server.another_bot())
        assert private_text(await server.ada.click(message, label="Cancel")).startswith("This answer has already ended")


async def test_what_was_checked_stays_with_its_sources_and_says_that_it_was_stopped(tmp_path: Path) -> None:
    source = Source(1, make_paper(title="Kettles"))
    shown: list[discord.Embed] = []

    async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        shown.append(embed)
        return cast("discord.Message", SimpleNamespace(id=1, edit=send))

    async with sample_app(tmp_path) as app:
        with app.answer_queue.job("1") as job:

            async def events() -> AsyncGenerator[Event]:
                yield Searching("what whistles?")
                yield SentenceReady(Statement("Kettles whistle.", (1,)), (source,))
                asyncio.get_running_loop().call_later(0.01, job.stop)
                await asyncio.Event().wait()

            message = StreamedMessage(send=send, also=send)
            assert (
                await show_answer(app.answer_queue.serve(job, events()), message, archive=app.archive, job=job) is None
            )
    assert shown[0].author.name == "Writing…"
    assert shown[-1].author.name == "Cancelled"
    assert (shown[-1].description or "").startswith(
        "Kettles whistle [1].\n\n-# Cancelled by the user who asked. Everything above was "
        "checked.\n\n**Sources**\n[1] **[Kettles]"
    )
