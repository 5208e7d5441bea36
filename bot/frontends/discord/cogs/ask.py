"""/ask: answer a question about the papers."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.answering import show_answer
from bot.frontends.discord.streaming import StreamedMessage


class AskCog(commands.Cog):
    """Questions by slash command."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Ask about the papers. Answers come from their abstracts, with sources.")
    @app_commands.describe(question="For example: what is Stormer?")
    async def ask(self, interaction: discord.Interaction[commands.Bot], question: str) -> None:
        """Check the question, so that a refusal is seen by its asker alone; then acknowledge and answer."""
        question = await self._app.assistant.check(question)
        await interaction.response.defer(thinking=True)

        async def send(embed: discord.Embed) -> discord.Message:
            return await interaction.edit_original_response(embed=embed)

        async def also(embed: discord.Embed) -> discord.Message:
            return await interaction.followup.send(embed=embed, wait=True)

        message = StreamedMessage(send=send, also=also)
        await show_answer(self._app.assistant, question, message, zone=self._app.settings.digest.zone)
