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
    "Continue here: mention me with your next question, or reply to one of my answers with the ping left on. I "
    "know what we talked about; everyone else starts their own conversation."
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
            raise ThreadRefused(reason=phrase("direct messages don't have threads"))
        if not is_member(interaction):
            raise ThreadRefused(reason=phrase("I'm not in this server; an admin can add me"))
        if isinstance(interaction.channel, discord.Thread):
            raise ThreadRefused(reason=phrase("this is already a thread"))
        if lacking := missing_for_thread(interaction.app_permissions):
            raise _lacking(lacking)
        try:
            thread = await message.create_thread(name=shorten(readable(one_line(answer.question)), _NAME_LIMIT))
        except discord.Forbidden:
            raise _lacking(missing_for(interaction) or ["Create Public Threads"]) from None
        except (discord.HTTPException, ValueError) as error:
            if isinstance(error, discord.HTTPException) and error.code == _THREAD_EXISTS:
                raise ThreadRefused(reason=phrase("there's already one below the message")) from None
            raise ThreadRefused(reason=phrase("this kind of channel doesn't have threads")) from error
        await self._attach(message.id, app)
        with use_locale(await locale_for(interaction, private=False)):
            await thread.send(_go_on_reading() if interaction.client.intents.message_content else GO_ON.localized())
        said = gettext("The conversation continues in {thread}.").format(thread=f"<#{thread.id}>")
        await interaction.followup.send(said, ephemeral=True)

    async def _attach(self, message_id: int, app: App) -> None:
        """Make sure that the thread, whose id is the message's, leads to the answer."""
        await app.archive.attach(self.answer_id, str(message_id))


def _lacking(permissions: Sequence[str]) -> ThreadRefused:
    named = gettext("I need {permissions}, which an admin can grant").format(permissions=" and ".join(permissions))
    return ThreadRefused(reason=named)


def _go_on_reading() -> str:
    """Return how to go on where the bot may read all messages."""
    return gettext(
        "Continue here: just write your next question, no mention needed. I know what we talked about; "
        "everyone else starts their own conversation. I answer messages that mention or reply to someone else "
        "only if they mention me too."
    )
