"""/paper and /similar: one paper, and those that are like it."""

import asyncio
from datetime import date, timedelta
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import MISSING

from bot.answers.extracts.answers import summary_sentence
from bot.answers.request import RequestContext
from bot.answers.wording import nothing_found
from bot.app import App
from bot.errors.operation import StoreEmpty
from bot.errors.requests import DayUnknown
from bot.frontends.discord.papers.card import card_embed, paper_buttons
from bot.frontends.discord.papers.filters import filters_of
from bot.frontends.discord.papers.lists import similar_embed
from bot.frontends.discord.papers.pages import Results, first_page, open_page, turning
from bot.frontends.discord.shared.acknowledging import then_acknowledged
from bot.frontends.discord.shared.autocomplete import suggest_authors, suggest_categories, suggest_papers
from bot.frontends.discord.shared.requests import requester_of
from bot.frontends.discord.shared.sources import PAGE_SIZE
from bot.search.query.dates import typed_days
from bot.search.query.filters import Filters
from bot.text import one_line, shorten

_PAPER = "Title, arXiv id or link"
_PRIVATE = "Only you can see the result"


class PapersCog(commands.Cog):
    """What the store knows of a paper."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Show a paper: authors, dates, votes, links, abstract, BibTeX.")
    @app_commands.describe(paper=_PAPER, private=_PRIVATE)
    @app_commands.autocomplete(paper=suggest_papers)
    async def paper(self, interaction: discord.Interaction[commands.Bot], paper: str, private: bool = False) -> None:
        """Show its card."""
        found = await then_acknowledged(interaction, self._app.named_papers.of_text(paper), private=private)
        index = await self._app.searcher.index()
        sentence = await asyncio.to_thread(summary_sentence, found, index)
        await interaction.followup.send(
            embed=card_embed(found, sentence=sentence), view=paper_buttons(found), ephemeral=private
        )

    @app_commands.command(description="List the papers most similar to a given one.")
    @app_commands.describe(paper=_PAPER, private=_PRIVATE)
    @app_commands.autocomplete(paper=suggest_papers)
    async def similar(self, interaction: discord.Interaction[commands.Bot], paper: str, private: bool = False) -> None:
        """List them."""
        found = await then_acknowledged(interaction, self._app.named_papers.of_text(paper), private=private)
        hits = await self._app.searcher.similar(found, limit=PAGE_SIZE)
        await interaction.followup.send(embed=similar_embed(found, [hit.paper for hit in hits]), ephemeral=private)


DAYS = {"day": 2, "week": 7, "month": 30}
"""How many days, today among them, a span has; a day begins with yesterday, for today's list may be still to come."""

_SHOWN_LIMIT = 60


class ListsCog(commands.Cog):
    """Lists of papers without a search."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="List the papers for a date, or for the newest date that has any.")
    @app_commands.describe(
        day=("Date, such as 2026-11-24 or yesterday; default: the newest with papers"), private=_PRIVATE
    )
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

    @app_commands.command(description="List the most upvoted papers of the last day, week or month.")
    @app_commands.describe(span="Last day, week or month; default: week", private=_PRIVATE)
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


PAGES = 5
RESULTS = PAGES * PAGE_SIZE


class SearchCog(commands.Cog):
    """Searching without an answer."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="Find papers by title and abstract.")
    @app_commands.describe(
        query="Words from the title or topic, or an arXiv id",
        category="Only from an arXiv category, such as cs.CL",
        author="Only by an author, such as Geoffrey Hinton",
        since="Only published on or after this date: 2026-11-24, 2025, last month",
        until="Only published on or before this date",
        with_code="Only with a link to code",
        private="Only you can see the result",
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
        context = RequestContext(
            requester=requester_of(interaction.user.id, interaction.guild_id), zone=zone, filters=filters
        )
        found = await app.assistant.find(query, context=context, limit=RESULTS)
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
