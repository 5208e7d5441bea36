"""A message that mentions the bot, or comes by DM, is a question; the answer is a reply."""

import discord
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.answering import show_answer
from bot.frontends.discord.errors import tell_by
from bot.frontends.discord.streaming import StreamedMessage


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

        async def send(embed: discord.Embed) -> discord.Message:
            return await message.reply(embed=embed, mention_author=False)

        async def also(embed: discord.Embed) -> discord.Message:
            return await message.channel.send(embed=embed)

        async def say(text: str) -> discord.Message:
            return await message.reply(text, mention_author=False, suppress_embeds=True)

        try:
            question = await self._app.assistant.check(message.content)
            async with message.channel.typing():
                shown = StreamedMessage(send=send, also=also)
                await show_answer(self._app.assistant, question, shown, zone=self._app.settings.digest.zone)
        except Exception as error:  # noqa: BLE001 - the ladder's last rung: whatever it is, the asker is told
            await tell_by(error, say)

    def _addressed(self, message: discord.Message) -> bool:
        return message.guild is None or (self._client.user is not None and self._client.user in message.mentions)
