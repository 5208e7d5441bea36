"""Answering a slash command: refused to its asker alone, or acknowledged and shown as it comes."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

import discord
from discord.ext import commands
from discord.ui import View
from discord.utils import MISSING

from bot.answers.answer_queue import Job
from bot.answers.events import Event
from bot.app import App
from bot.errors.requests import AnswerRunning
from bot.frontends.discord.answers.cancel import report_running
from bot.frontends.discord.answers.showing import show_answer
from bot.frontends.discord.answers.streaming import StreamedMessage, hand_over
from bot.frontends.discord.channel_memory.remembering import remember_answer
from bot.frontends.discord.shared.acknowledging import ACKNOWLEDGED_WITHIN_S
from bot.frontends.discord.shared.errors import report_error_by
from bot.frontends.discord.shared.interactions import caller_of
from bot.frontends.discord.shared.permissions import is_member, missing_for, takes_threads


async def respond(
    interaction: discord.Interaction[commands.Bot], events: AsyncGenerator[Event], *, app: App, private: bool = False
) -> None:
    """Acknowledge, and show what the events tell. Raises what they raise at once, such as QuestionError.

    Who may not ask, by the rules of the house, is told so in the same way: a HouseRefusal comes before any event.

    With `private` the asker alone sees all of it. While the user is being answered already, that is told instead.

    What fails before the acknowledgement can be told to the asker alone. What fails after it is told in its place, for
    Discord shows that message to everybody.
    """
    try:
        async with aclosing(events):
            with app.answer_queue.job(str(interaction.user.id)) as job:
                served = app.access.serve(caller_of(interaction), app.answer_queue.serve(job, events))
                await _respond(interaction, served, job, app=app, private=private)
    except AnswerRunning as error:
        await report_running(error, interaction)


async def _respond(
    interaction: discord.Interaction[commands.Bot],
    events: AsyncGenerator[Event],
    job: Job,
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
            if not await acknowledgement.withheld():
                await _tell_in_place(error, interaction)
                return
            raise
        finally:
            acknowledgement.stop()
        await _show(interaction, _begun(first, events), job, app=app, private=private)


class _Acknowledgement:
    """Tells Discord that a command is worked on: when asked to, or by itself after ACKNOWLEDGED_WITHIN_S."""

    def __init__(self, interaction: discord.Interaction[commands.Bot], *, private: bool) -> None:
        self._private = private
        self._response = interaction.response
        self._giving = asyncio.Lock()
        self._late = asyncio.create_task(self._give_late())

    async def give(self) -> None:
        """Acknowledge, unless that was done. Raises discord.HTTPException."""
        async with self._giving:
            if not self._response.is_done():
                await self._response.defer(thinking=True, ephemeral=self._private)

    async def withheld(self) -> bool:
        """Stop it from being given; return whether it has not been."""
        async with self._giving:
            self.stop()
            return not self._response.is_done()

    def stop(self) -> None:
        """Give none by itself any more."""
        self._late.cancel()

    async def _give_late(self) -> None:
        await asyncio.sleep(ACKNOWLEDGED_WITHIN_S)
        # What Discord refuses here is refused again to whoever answers next, and told there.
        with suppress(discord.HTTPException):
            await self.give()


async def _show(
    interaction: discord.Interaction[commands.Bot],
    events: AsyncGenerator[Event],
    job: Job,
    *,
    app: App,
    private: bool,
) -> None:
    async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await interaction.edit_original_response(embed=embed, view=view)

    async def also(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await interaction.followup.send(embed=embed, view=view, wait=True, ephemeral=private)

    message = StreamedMessage(send=send, also=also, handed_over=hand_over(interaction, private=private))
    try:
        threads = not private and takes_threads(interaction)
        answer = await show_answer(events, message, archive=app.archive, job=job, threads=threads)
        if not private and is_member(interaction):
            guild_id, channel_id = interaction.guild_id, interaction.channel_id
            await remember_answer(answer, message.first, guild_id=guild_id, channel_id=channel_id, app=app)
    except Exception as error:
        if message.finished:  # it holds an answer, which isn't to be lost
            raise
        await _tell_in_place(error, interaction)


async def _tell_in_place(error: Exception, interaction: discord.Interaction[commands.Bot]) -> None:
    async def replace(text: str) -> discord.Message:
        return await interaction.edit_original_response(content=text, embeds=[], view=None)

    await report_error_by(error, replace, lacking=missing_for(interaction))


async def _begun(first: Event, rest: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
    yield first
    async for event in rest:
        yield event
