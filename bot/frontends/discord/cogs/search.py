"""/search: list the papers that match."""

import asyncio
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import MISSING

from bot.app import App
from bot.assistant.inquiry import Inquiry
from bot.frontends.discord.acknowledging import then_acknowledged
from bot.frontends.discord.buttons.pages import turning
from bot.frontends.discord.conversing import asker_of
from bot.frontends.discord.filtering import filters_of
from bot.frontends.discord.kept_results import Results, first_page
from bot.frontends.discord.rendering.paper_list import PAGE_SIZE
from bot.frontends.discord.suggesting import suggest_authors, suggest_categories
from bot.frontends.wording import nothing_found
from bot.search.filters import Filters

PAGES = 5
RESULTS = PAGES * PAGE_SIZE


class SearchCog(commands.Cog):
    """Searching without an answer."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Find papers by their titles and abstracts.")
    @app_commands.describe(
        query="Words from the title or topic, or an arXiv id",
        category="Only from an arXiv category, such as cs.CL",
        author="Only by an author, such as Geoffrey Hinton",
        since="Only published then or later: 2026-11-24, 2025, last month",
        until="Only published then or earlier",
        with_code="Only with a link to code",
        private="Show it to you alone",
    )
    @app_commands.autocomplete(category=suggest_categories, author=suggest_authors)
    async def search(
        self,
        interaction: discord.Interaction[commands.Bot],
        query: str,
        category: str | None = None,
        author: str | None = None,
        since: str | None = None,
        until: str | None = None,
        with_code: bool = False,
        private: bool = False,
    ) -> None:
        """Check what was given, so that a refusal is seen by its asker alone; then acknowledge and list."""
        app = self._app
        zone = app.settings.digest.zone
        checking = self._checked(
            query,
            category=category,
            author=author,
            since=since,
            until=until,
            with_code=with_code,
            today=app.clock().astimezone(zone).date(),
        )
        query, filters = await then_acknowledged(interaction, checking, private=private)
        inquiry = Inquiry(asker=asker_of(interaction.user.id, interaction.guild_id), zone=zone, filters=filters)
        found = await app.assistant.find(query, inquiry=inquiry, limit=RESULTS)
        results = Results(
            query=query,
            keys=tuple(paper.key for paper in found.papers),
            searched=found.searched,
            wording=found.plan.wording,
            within=str(found.filters) if found.hits else "",
            nothing=nothing_found(found),
        )
        page = await first_page(results, app=app)
        await interaction.followup.send(embed=page.embed, view=turning(page) or MISSING, ephemeral=private)

    async def _checked(self, query: str, **given: Any) -> tuple[str, Filters]:
        """Return the query cleaned, and what was given as filters. The index may have to take in new papers first."""
        query = await self._app.assistant.check(query)
        index = await self._app.searcher.index()
        return query, await asyncio.to_thread(filters_of, index.known, **given)
