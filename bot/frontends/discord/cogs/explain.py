"""/explain: what a term means, for a reader of a chosen level."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.assistant.level import Level
from bot.frontends.discord.commanding import respond
from bot.frontends.discord.conversing import command_inquiry
from bot.frontends.discord.suggesting import suggest_topics


class ExplainCog(commands.Cog):
    """Explanations."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Explain a term from the papers' abstracts.")
    @app_commands.describe(
        term="For example: spiking neural network",
        level="Who it is for; else a practitioner",
        private="Only you see the answer",
    )
    @app_commands.autocomplete(term=suggest_topics)
    async def explain(
        self,
        interaction: discord.Interaction[commands.Bot],
        term: str,
        level: Literal["newcomer", "practitioner", "expert"] = "practitioner",
        private: bool = False,
    ) -> None:
        """Explain in a new conversation."""
        inquiry = command_inquiry(interaction, app=self._app)
        events = self._app.assistant.explain(term, level=Level(level), inquiry=inquiry)
        await respond(interaction, events, app=self._app, private=private)
