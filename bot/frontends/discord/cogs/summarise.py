"""/summarise: one paper, several papers, or what a topic has."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.commanding import respond
from bot.frontends.discord.conversing import command_inquiry
from bot.frontends.discord.suggesting import suggest_subjects


class SummariseCog(commands.Cog):
    """Summaries."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Summarise papers, or what is new on a topic, from their abstracts.")
    @app_commands.describe(
        subject="arXiv id, link or title; several with ; between; or a topic, with a time",
        private="Only you see the answer",
    )
    @app_commands.autocomplete(subject=suggest_subjects)
    async def summarise(
        self, interaction: discord.Interaction[commands.Bot], subject: str, private: bool = False
    ) -> None:
        """Summarise in a new conversation."""
        subjects = [part for part in map(str.strip, subject.split(";")) if part] or [subject]
        inquiry = command_inquiry(interaction, app=self._app)
        await respond(
            interaction, self._app.assistant.summarise(subjects, inquiry=inquiry), app=self._app, private=private
        )
