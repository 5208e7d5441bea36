"""A message that mentions the bot, or comes by DM, is a question; the answer is a reply.

conversing.py tells which conversation it goes on with, and which replies Discord lets the bot read.
"""

from contextlib import suppress

import discord
from discord.ext import commands
from discord.ui import View
from discord.utils import MISSING

from bot.app import App
from bot.errors import AnswerRunning, ReplyUnreadable
from bot.frontends.discord.answering import show_answer
from bot.frontends.discord.buttons.cancel import cancel_view
from bot.frontends.discord.conversing import message_inquiry
from bot.frontends.discord.errors import sentence_for, tell_by
from bot.frontends.discord.permissions import missing_at
from bot.frontends.discord.speaking import locale_for_message
from bot.frontends.discord.streaming import StreamedMessage
from bot.translation import speak


class MentionsCog(commands.Cog):
    """Questions by message. Discord gives the text of such messages without a privileged intent."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a member's question."""
        if message.author.bot or not self._addressed(message):
            return
        speak(await locale_for_message(message))

        async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
            return await message.reply(embed=embed, view=view, mention_author=False)

        async def also(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
            return await message.channel.send(embed=embed, view=view)

        async def say(text: str, *, view: View = MISSING) -> discord.Message:
            return await message.reply(text, view=view, mention_author=False, suppress_embeds=True)

        try:
            self._check_readable(message)
            question = await self._app.assistant.check(message.content)
            with self._app.desk.job(str(message.author.id)) as job:
                async with message.channel.typing():
                    inquiry = await message_inquiry(message, question, app=self._app)
                    events = self._app.desk.serve(job, self._app.assistant.respond(question, inquiry=inquiry))
                    shown = StreamedMessage(send=send, also=also)
                    await show_answer(events, shown, archive=self._app.archive, job=job)
        except AnswerRunning as error:
            with suppress(discord.HTTPException):
                await say(sentence_for(error), view=cancel_view(str(error.facts["job"])))
        except Exception as error:  # noqa: BLE001 - the ladder's last rung: whatever it is, the asker is told
            await tell_by(error, say, lacking=missing_at(message))

    def _check_readable(self, message: discord.Message) -> None:
        """Raise ReplyUnreadable for a reply without any text: a mention alone would be text."""
        empty = not message.content and not message.attachments
        if empty and message.guild is not None and message.reference is not None and self._client.user:
            raise ReplyUnreadable(mention=f"@{self._client.user.name}")

    def _addressed(self, message: discord.Message) -> bool:
        return message.guild is None or (self._client.user is not None and self._client.user in message.mentions)
