"""Answering a slash command: refused to its user alone, or acknowledged and shown as it comes."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from functools import partial

import discord

from bot.answers.answer_queue import AnswerJob
from bot.answers.events import Event
from bot.app import App
from bot.errors.requests import AnswerRunning
from bot.frontends.discord.answers.buttons import view_below
from bot.frontends.discord.answers.personal import act_beside
from bot.frontends.discord.answers.streaming import report_running, show_answer, streamed_response
from bot.frontends.discord.channel_memory import remember_answer
from bot.frontends.discord.shared.errors import report_error_by
from bot.frontends.discord.shared.interactions import ACKNOWLEDGED_WITHIN_S, caller_of
from bot.frontends.discord.shared.permissions import is_member, missing_for, takes_threads


async def respond(
    interaction: discord.Interaction, events: AsyncGenerator[Event], *, app: App, private: bool = False
) -> None:
    """Acknowledge, and show the events of an answer as they come. With `private` the user alone sees all of it.

    Raises what the events raise at once, such as QuestionError, or AccessRefused by the rules of the server: that can
    be reported to the user alone. What fails after the acknowledgement takes its place, for Discord shows that message
    to everybody. A user who is being answered already is offered to cancel that answer.
    """
    try:
        async with aclosing(events):
            with app.answer_queue.job(str(interaction.user.id)) as job:
                served = app.access.serve(caller_of(interaction), app.answer_queue.serve(job, events))
                await _respond(interaction, served, job, app=app, private=private)
    except AnswerRunning as error:
        await report_running(error, interaction)


async def _respond(
    interaction: discord.Interaction,
    events: AsyncGenerator[Event],
    job: AnswerJob,
    *,
    app: App,
    private: bool,
) -> None:
    async with aclosing(events):
        acknowledgement = _Acknowledgement(interaction, private=private)
        try:
            first = await anext(events)
            await acknowledgement.give()
        except Exception as error:
            if not await acknowledgement.withhold():
                await _report_in_place(error, interaction)
                return
            raise
        finally:
            acknowledgement.stop()
        await _show(interaction, _begun(first, events), job, app=app, private=private)


class _Acknowledgement:
    """Defers a command's response: when asked to, or by itself after ACKNOWLEDGED_WITHIN_S."""

    def __init__(self, interaction: discord.Interaction, *, private: bool) -> None:
        self._private = private
        self._response = interaction.response
        self._giving = asyncio.Lock()
        self._late = asyncio.create_task(self._give_late())

    async def give(self) -> None:
        """Acknowledge, unless that was done. Raises discord.HTTPException."""
        async with self._giving:
            if not self._response.is_done():
                await self._response.defer(thinking=True, ephemeral=self._private)

    async def withhold(self) -> bool:
        """Stop it from being given; return whether it has not been."""
        async with self._giving:
            self.stop()
            return not self._response.is_done()

    def stop(self) -> None:
        """Cancel the acknowledgement that would come by itself."""
        self._late.cancel()

    async def _give_late(self) -> None:
        await asyncio.sleep(ACKNOWLEDGED_WITHIN_S)
        # What Discord refuses here is refused again to whatever answers next, and reported there.
        with suppress(discord.HTTPException):
            await self.give()


async def _show(
    interaction: discord.Interaction,
    events: AsyncGenerator[Event],
    job: AnswerJob,
    *,
    app: App,
    private: bool,
) -> None:
    message = streamed_response(interaction, private=private)
    below = partial(view_below, threads=not private and takes_threads(interaction))
    act = partial(act_beside, interaction, app=app)
    try:
        answer = await show_answer(events, message, archive=app.archive, job=job, below=below, act=act)
        if not private and is_member(interaction):
            guild_id, channel_id = interaction.guild_id, interaction.channel_id
            await remember_answer(app.channel_memory, answer, message.first, guild_id=guild_id, channel_id=channel_id)
    except Exception as error:
        if message.finished:  # it holds an answer, which isn't to be lost
            raise
        await _report_in_place(error, interaction)


async def _report_in_place(error: Exception, interaction: discord.Interaction) -> None:
    async def replace(text: str) -> discord.Message:
        return await interaction.edit_original_response(content=text, embeds=[], view=None)

    await report_error_by(error, replace, lacking=missing_for(interaction))


async def _begun(first: Event, rest: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
    yield first
    async for event in rest:
        yield event
