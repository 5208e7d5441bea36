"""Answering a slash command: refused to its asker alone, or acknowledged and shown as it comes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing
from typing import TypeVar

import discord
from discord.ext import commands
from discord.ui import View
from discord.utils import MISSING

from bot.app import App
from bot.assistant.events import Event
from bot.frontends.discord.answering import show_answer
from bot.frontends.discord.errors import tell_by
from bot.frontends.discord.streaming import StreamedMessage

ACKNOWLEDGED_WITHIN_S = 0.7
"""The longest wait before a command is acknowledged; Discord takes it for lost after 3 s."""

_T = TypeVar("_T")


async def respond(interaction: discord.Interaction[commands.Bot], events: AsyncGenerator[Event], *, app: App) -> None:
    """Acknowledge, and show what the events tell. Raises what they raise at once, such as QuestionError.

    What fails before the acknowledgement can be told to the asker alone. What fails after it is told in its place, for
    Discord shows that message to everybody.
    """
    async with aclosing(events):
        first = asyncio.ensure_future(_awaiting(anext(events)))
        try:
            await asyncio.wait({first}, timeout=ACKNOWLEDGED_WITHIN_S)
            if first.done() and (error := first.exception()):
                raise error
            await interaction.response.defer(thinking=True)
        except BaseException:
            # What still runs can't be closed.
            first.cancel()
            await asyncio.wait({first})
            raise
        await _show(interaction, _begun(first, events), app)


async def _show(interaction: discord.Interaction[commands.Bot], events: AsyncGenerator[Event], app: App) -> None:
    async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await interaction.edit_original_response(embed=embed, view=view)

    async def also(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await interaction.followup.send(embed=embed, view=view, wait=True)

    async def replace(text: str) -> discord.Message:
        return await interaction.edit_original_response(content=text, embeds=[], view=None)

    message = StreamedMessage(send=send, also=also)
    try:
        await show_answer(events, message, archive=app.archive)
    except Exception as error:
        if message.finished:  # it holds an answer, which isn't to be lost
            raise
        await tell_by(error, replace)


async def _awaiting(awaitable: Awaitable[_T]) -> _T:
    return await awaitable


async def _begun(first: asyncio.Future[Event], rest: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
    yield await first
    async for event in rest:
        yield event
