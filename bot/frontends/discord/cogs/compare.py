"""/compare: two to five papers or topics, aspect by aspect."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.commanding import respond
from bot.frontends.discord.conversing import command_inquiry
from bot.frontends.discord.suggesting import suggest_subjects

_SIDE = "arXiv id, link, title or topic"


class CompareCog(commands.Cog):
    """Comparisons."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Compare two to five papers or topics side by side, from their abstracts.")
    @app_commands.describe(
        first=_SIDE,
        second=_SIDE,
        third=_SIDE,
        fourth=_SIDE,
        fifth=_SIDE,
        aspects="What to compare beside problem, method, data, result, cost and code; several with , between",
        private="Only you see the answer",
    )
    @app_commands.autocomplete(
        first=suggest_subjects,
        second=suggest_subjects,
        third=suggest_subjects,
        fourth=suggest_subjects,
        fifth=suggest_subjects,
    )
    async def compare(
        self,
        interaction: discord.Interaction[commands.Bot],
        first: str,
        second: str,
        third: str | None = None,
        fourth: str | None = None,
        fifth: str | None = None,
        aspects: str | None = None,
        private: bool = False,
    ) -> None:
        """Compare in a new conversation."""
        sides = [side for side in (first, second, third, fourth, fifth) if side]
        inquiry = command_inquiry(interaction, app=self._app)
        events = self._app.assistant.compare(sides, aspects=(aspects or "").split(","), inquiry=inquiry)
        await respond(interaction, events, app=self._app, private=private)
