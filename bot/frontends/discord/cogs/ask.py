"""/ask: answer a question about the papers."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.commanding import respond
from bot.frontends.discord.conversing import command_inquiry


class AskCog(commands.Cog):
    """Questions by slash command."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Ask about the papers. Answers come from their abstracts, with sources.")
    @app_commands.describe(question="For example: what is Stormer?", private="Only you see the answer")
    async def ask(self, interaction: discord.Interaction[commands.Bot], question: str, private: bool = False) -> None:
        """Answer in a new conversation."""
        inquiry = command_inquiry(interaction, app=self._app)
        await respond(interaction, self._app.assistant.ask(question, inquiry=inquiry), app=self._app, private=private)
