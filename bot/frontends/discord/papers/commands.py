"""/paper, /similar, /latest, /trending and /search: what the store holds, without an answer."""

import asyncio
from datetime import date
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.listings import TrendingSpan, trending_days
from bot.answers.request import RequestContext
from bot.answers.wording import nothing_found
from bot.app import App
from bot.errors.operation import StoreEmpty
from bot.frontends.discord.papers.card import card_embed, paper_buttons
from bot.frontends.discord.papers.pages import ListPage, Results, first_page, open_page, similar_embed, turning
from bot.frontends.discord.shared.autocomplete import suggest_authors, suggest_categories, suggest_papers
from bot.frontends.discord.shared.interactions import AppClient, then_acknowledged
from bot.frontends.discord.shared.requests import requester_of
from bot.frontends.discord.shared.sources import PAGE_SIZE
from bot.search.query.filters import Filters
from bot.search.query.typed_filters import filters_of, typed_day

_RESULTS = 5 * PAGE_SIZE
_PAPER = "Title, arXiv id or link"
_PRIVATE = "Only you can see the result"


class PapersCog(commands.Cog):
    """The commands that show papers and lists of papers."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Show a paper: authors, dates, votes, links, abstract, BibTeX.")
    @app_commands.describe(paper=_PAPER, private=_PRIVATE)
    @app_commands.autocomplete(paper=suggest_papers)
    async def paper(self, interaction: discord.Interaction, paper: str, private: bool = False) -> None:
        """Show the paper's card. Raises PaperUnknown."""
        found = await then_acknowledged(interaction, self._app.named_papers.of_text(paper), private=private)
        card = await self._app.cards.of(found)
        await interaction.followup.send(embed=card_embed(card), view=paper_buttons(found), ephemeral=private)

    @app_commands.command(description="List the papers most similar to a given one.")
    @app_commands.describe(paper=_PAPER, private=_PRIVATE)
    @app_commands.autocomplete(paper=suggest_papers)
    async def similar(self, interaction: discord.Interaction, paper: str, private: bool = False) -> None:
        """List them, best first. Raises PaperUnknown."""
        found = await then_acknowledged(interaction, self._app.named_papers.of_text(paper), private=private)
        hits = await self._app.searcher.similar(found, limit=PAGE_SIZE)
        await interaction.followup.send(embed=similar_embed(found, [hit.paper for hit in hits]), ephemeral=private)

    @app_commands.command(description="List the papers for a date, or for the newest date that has any.")
    @app_commands.describe(
        day="Date, such as 2026-11-24 or yesterday; default: the newest with papers", private=_PRIVATE
    )
    async def latest(self, interaction: discord.Interaction, day: str | None = None, private: bool = False) -> None:
        """Check the date, so that a refusal is seen by its user alone; then acknowledge and list."""
        wanted = typed_day(day, self._today()) if day else None
        await interaction.response.defer(thinking=True, ephemeral=private)
        of = wanted or await self._app.papers.newest_day()
        if of is None:
            raise StoreEmpty
        await _send(interaction, await open_page(f"latest:{of}", 1, app=self._app), private)

    @app_commands.command(description="List the most upvoted papers of the last day, week or month.")
    @app_commands.describe(span="Last day, week or month; default: week", private=_PRIVATE)
    async def trending(
        self,
        interaction: discord.Interaction,
        span: TrendingSpan = "week",
        private: bool = False,
    ) -> None:
        """List the papers of the span, most upvoted first."""
        await interaction.response.defer(thinking=True, ephemeral=private)
        first, last = trending_days(span, self._today())
        await _send(interaction, await open_page(f"trending:{first}:{last}", 1, app=self._app), private)

    @app_commands.command(description="Find papers by title and abstract.")
    @app_commands.describe(
        query="Words from the title or topic, or an arXiv id",
        category="Only from an arXiv category, such as cs.CL",
        author="Only by an author, such as Geoffrey Hinton",
        since="Only published on or after this date: 2026-11-24, 2025, last month",
        until="Only published on or before this date",
        with_code="Only with a link to code",
        private=_PRIVATE,
    )
    @app_commands.autocomplete(category=suggest_categories, author=suggest_authors)
    async def search(
        self,
        interaction: discord.Interaction,
        query: str,
        category: str | None = None,
        author: str | None = None,
        since: str | None = None,
        until: str | None = None,
        with_code: bool = False,
        private: bool = False,
    ) -> None:
        """Check what was given, so that a refusal is seen by its user alone; then acknowledge and list."""
        app = self._app
        zone = app.settings.digest.zone
        checking = self._check_query(
            query,
            today=self._today(),
            category=category,
            author=author,
            since=since,
            until=until,
            with_code=with_code,
        )
        query, filters = await then_acknowledged(interaction, checking, private=private)
        context = RequestContext(
            requester=requester_of(interaction.user.id, interaction.guild_id), zone=zone, filters=filters
        )
        found = await app.assistant.find(query, context=context, limit=_RESULTS)
        results = Results(
            query=query,
            keys=tuple(paper.key for paper in found.papers),
            searched=found.searched,
            wording=found.plan.wording,
            within=str(found.filters) if found.hits else "",
            nothing=nothing_found(found),
        )
        await _send(interaction, await first_page(results, app=app), private)

    def _today(self) -> date:
        return self._app.clock().astimezone(self._app.settings.digest.zone).date()

    async def _check_query(self, query: str, **given: Any) -> tuple[str, Filters]:
        """Return the query cleaned, and what was given as filters. The index may have to take in new papers first."""
        query = await self._app.assistant.check(query)
        index = await self._app.searcher.index()
        return query, await asyncio.to_thread(filters_of, index.known, **given)


async def _send(interaction: discord.Interaction, page: ListPage, private: bool) -> None:
    view = turning(page) or discord.utils.MISSING
    await interaction.followup.send(embed=page.embed, view=view, ephemeral=private)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(PapersCog(app=client.app))
