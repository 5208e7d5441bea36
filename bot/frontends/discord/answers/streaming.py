"""A message that grows while it is written, edited no more often than Discord likes."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

import aiohttp
import discord
from discord.ui import View
from discord.utils import MISSING

from bot.frontends.discord.shared.permissions import is_member

_UNKNOWN_CHANNEL = 10003
_UNKNOWN_MESSAGE = 10008
_INVALID_FORM = 50035


class MessageDeleted(Exception):
    """The message, the one that it replies to, or the channel of both was deleted."""


def is_deleted(error: discord.HTTPException) -> bool:
    """Return whether Discord refuses a message since its place was deleted.

    A reply to a deleted message is refused as a form with a wrong reference. See
    https://discord.com/developers/docs/topics/opcodes-and-status-codes#json.
    """
    if error.code == _INVALID_FORM:
        return "message_reference" in error.text
    return error.code in {_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE}


log = logging.getLogger(__name__)

EDIT_INTERVAL_S = 1.2
"""The least time between two edits of a message: Discord allows about five in five seconds, shared by a channel."""


_UNKNOWN_WEBHOOK = 10015
_INVALID_TOKEN = 50027


def expired(error: discord.HTTPException) -> bool:
    """Return whether Discord refuses a message since the interaction's token, which holds for 15 minutes, is over.

    See https://discord.com/developers/docs/topics/opcodes-and-status-codes#json.
    """
    return error.code in {_UNKNOWN_WEBHOOK, _INVALID_TOKEN}


class Send(Protocol):
    """Sends a message. MISSING stands for no view."""

    async def __call__(self, embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        """Return the message. Raises discord.HTTPException."""


class StreamedMessage:
    """Shows embeds in one message, made by `send` at the first of them and edited after that.

    `also` sends the further messages of an answer that is longer than one. `handed_over` sends all that comes once
    Discord takes nothing more by the other two.
    """

    def __init__(self, *, send: Send, also: Send, handed_over: Send | None = None) -> None:
        self._send = send
        self._also = also
        self._handed_over = handed_over
        self._has_view = False
        self._message: discord.Message | None = None
        self._shown_at = float("-inf")
        self.finished = False
        """Whether the final state, or the first message of it, stands there."""
        self.first: discord.Message | None = None
        """The first message of the final state."""

    async def update(self, embed: discord.Embed, *, view: View = MISSING) -> None:
        """Show an unfinished state, with a view below it until the end, unless the last one is too recent.

        A failed edit costs only this state. Raises MessageGone, so that nothing more is written for nobody.
        """
        now = asyncio.get_running_loop().time()
        if now - self._shown_at < EDIT_INTERVAL_S:
            return
        self._shown_at = now  # so that nothing else is shown meanwhile
        try:
            await self._show(embed, view=view)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("an interim state could not be shown: %s", error)
        finally:
            # From when it stands there: Discord may take it late, and counts from then.
            self._shown_at = asyncio.get_running_loop().time()

    async def finish(self, embeds: Sequence[discord.Embed], *, view: View | None = None) -> list[discord.Message]:
        """Show the final state, always, with the view below its end; return its messages.

        Raises discord.HTTPException when Discord refuses it, and MessageGone.
        """
        wait = EDIT_INTERVAL_S - (asyncio.get_running_loop().time() - self._shown_at)
        if self._message is not None and wait > 0:
            await asyncio.sleep(wait)
        views: list[View] = [MISSING] * (len(embeds) - 1) + [view or MISSING]
        messages = [await self._show(embeds[0], view=views[0])]
        self.finished, self.first = True, messages[0]
        for embed, below in zip(embeds[1:], views[1:], strict=True):
            messages.append(await self._send_also(embed, view=below))
        return messages

    async def _send_also(self, embed: discord.Embed, *, view: View) -> discord.Message:
        try:
            return await self._also(embed, view=view)
        except discord.HTTPException as error:
            self._hand_over(error)
            return await self._also(embed, view=view)

    async def _show(self, embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        try:
            if self._message is None:
                self._message = await self._send(embed, view=view)
            else:
                # A view that was shown before stays unless it is taken away.
                await self._message.edit(embed=embed, view=None if self._has_view and view is MISSING else view)
        except discord.HTTPException as error:
            self._hand_over(error)
            self._message = await self._send(embed, view=view)
        self._has_view = view is not MISSING
        return self._message

    def _hand_over(self, error: discord.HTTPException) -> None:
        """Send otherwise from now on; raise the error, or MessageGone, when that is not what it calls for."""
        if is_deleted(error):
            raise MessageDeleted from error
        if self._handed_over is None or not expired(error):
            raise error
        self._send = self._also = self._handed_over
        self._handed_over = self._message = None


def hand_over(interaction: discord.Interaction, *, private: bool) -> Send | None:
    """Return what sends a plain message in place of the interaction's, to the channel.

    To the user alone when it is private, or when the bot is no member of the place. None where it can't write. Nobody
    is mentioned.
    """
    place = interaction.channel if is_member(interaction) and not private else interaction.user
    if not isinstance(place, discord.abc.Messageable):
        return None

    async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await place.send(embed=embed, view=view or MISSING, allowed_mentions=discord.AllowedMentions.none())

    return send
