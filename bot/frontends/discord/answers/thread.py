"""The button that moves the talk about an answer into a thread."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.app import App
from bot.errors.services import ThreadRefused
from bot.frontends.discord.answers.buttons import THREAD, AnswerButton
from bot.frontends.discord.shared.interactions import locale_for
from bot.frontends.discord.shared.permissions import is_member, missing_for, missing_for_thread
from bot.i18n.translation import gettext, phrase, use_locale
from bot.latex import readable
from bot.text import one_line, shorten

_NAME_LIMIT = 100  # https://discord.com/developers/docs/resources/channel#start-thread-from-message
_THREAD_EXISTS = 160004
GO_ON = phrase(
    "Go on here: mention me with your next question, or reply to an answer of mine with the ping left on. I know what "
    "we talked about; everybody else begins a conversation of their own."
)


class ThreadButton(AnswerButton, template=THREAD.template):
    """Opens a thread at the message, named after the question."""

    look = THREAD

    async def press(self, interaction: discord.Interaction[Any], app: App) -> None:
        """Open the thread and say how to go on there. Raises AnswerGone and ThreadRefused."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        answer = await self.answer(app)
        message = interaction.message
        if message is None or interaction.guild_id is None:
            raise ThreadRefused(reason=phrase("direct messages have no threads"))
        if not is_member(interaction):
            raise ThreadRefused(reason=phrase("I am no member of this server, which an admin can make me"))
        if isinstance(interaction.channel, discord.Thread):
            raise ThreadRefused(reason=phrase("this is a thread already"))
        if lacking := missing_for_thread(interaction.app_permissions):
            raise _lacking(lacking)
        try:
            thread = await message.create_thread(name=shorten(readable(one_line(answer.question)), _NAME_LIMIT))
        except discord.Forbidden:
            raise _lacking(missing_for(interaction) or ["Create Public Threads"]) from None
        except (discord.HTTPException, ValueError) as error:
            if isinstance(error, discord.HTTPException) and error.code == _THREAD_EXISTS:
                raise ThreadRefused(reason=phrase("it is there already, below the message")) from None
            raise ThreadRefused(reason=phrase("this kind of channel has none")) from error
        await self._attach(message.id, app)
        with use_locale(await locale_for(interaction, private=False)):
            await thread.send(_go_on_reading() if interaction.client.intents.message_content else GO_ON.localized())
        said = gettext("The talk goes on in {thread}.").format(thread=f"<#{thread.id}>")
        await interaction.followup.send(said, ephemeral=True)

    async def _attach(self, message_id: int, app: App) -> None:
        """Make sure that the thread, whose id is the message's, leads to the answer."""
        await app.archive.attach(self.answer_id, str(message_id))


def _lacking(permissions: Sequence[str]) -> ThreadRefused:
    named = gettext("I lack {permissions}, which an admin can give").format(permissions=" and ".join(permissions))
    return ThreadRefused(reason=named)


def _go_on_reading() -> str:
    """Return how to go on where the bot may read all messages."""
    return gettext(
        "Go on here: write your next question, which needs no mention. I know what we talked about; everybody else "
        "begins a conversation of their own. What mentions or replies to somebody else is not for me."
    )
