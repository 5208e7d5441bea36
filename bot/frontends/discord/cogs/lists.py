"""/latest and /trending: a day's papers, and those with the most votes."""

from datetime import date, timedelta
from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import MISSING

from bot.app import App
from bot.errors import DayUnknown, StoreEmpty
from bot.frontends.discord.buttons.pages import turning
from bot.frontends.discord.listing import open_page
from bot.search.typed_days import typed_days
from bot.text import one_line, shorten

DAYS = {"day": 2, "week": 7, "month": 30}
"""How many days, today among them, a span has; a day begins with yesterday, for today's list may be still to come."""

_PRIVATE = "Show it to you alone"
_SHOWN_LIMIT = 60


class ListsCog(commands.Cog):
    """Lists of papers without a search."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="List the papers of a day, or of the newest one that has any.")
    @app_commands.describe(day="For example 2026-11-24, or yesterday; else the newest day", private=_PRIVATE)
    async def latest(
        self, interaction: discord.Interaction[commands.Bot], day: str | None = None, private: bool = False
    ) -> None:
        """Check the day, so that a refusal is seen by its asker alone; then acknowledge and list."""
        asked = self._day(day) if day else None
        await interaction.response.defer(thinking=True, ephemeral=private)
        of = asked or await self._app.papers.newest_day()
        if of is None:
            raise StoreEmpty
        await self._show(interaction, f"latest:{of}", private)

    @app_commands.command(description="List the papers with the most upvotes of the last days.")
    @app_commands.describe(span="The last day, week or month; else the week", private=_PRIVATE)
    async def trending(
        self,
        interaction: discord.Interaction[commands.Bot],
        span: Literal["day", "week", "month"] = "week",
        private: bool = False,
    ) -> None:
        """Acknowledge and list."""
        await interaction.response.defer(thinking=True, ephemeral=private)
        today = self._today()
        first = today - timedelta(days=DAYS[span] - 1)
        await self._show(interaction, f"trending:{first}:{today}", private)

    async def _show(self, interaction: discord.Interaction[commands.Bot], name: str, private: bool) -> None:
        page = await open_page(name, 1, app=self._app)
        await interaction.followup.send(embed=page.embed, view=turning(page) or MISSING, ephemeral=private)

    def _today(self) -> date:
        return self._app.clock().astimezone(self._app.settings.digest.zone).date()

    def _day(self, text: str) -> date:
        today = self._today()
        days = typed_days(text, today=today)
        if days is None or days.first != days.last:
            raise DayUnknown(text=shorten(one_line(text), _SHOWN_LIMIT), example=today.isoformat())
        return days.first
