"""/paper, /similar, /latest, /trending and /search: what the store holds, without an answer."""

import asyncio
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.answers.extracts.answers import summary_sentence
from bot.answers.planning.wishes import TRENDING_DAYS
from bot.answers.request import RequestContext
from bot.answers.wording import nothing_found
from bot.app import App
from bot.errors.operation import StoreEmpty
from bot.errors.requests import DayUnknown, FilterUnknown
from bot.frontends.discord.papers.card import card_embed, paper_buttons
from bot.frontends.discord.papers.pages import ListPage, Results, first_page, open_page, similar_embed, turning
from bot.frontends.discord.shared.autocomplete import suggest_authors, suggest_categories, suggest_papers
from bot.frontends.discord.shared.interactions import AppClient, then_acknowledged
from bot.frontends.discord.shared.requests import requester_of
from bot.frontends.discord.shared.sources import PAGE_SIZE
from bot.i18n.translation import phrase
from bot.search.query.dates import typed_days
from bot.search.query.days import Days
from bot.search.query.field_values import Known, known_term, value_terms
from bot.search.query.filters import HAS_CODE, Filters
from bot.text import one_line, shorten

_RESULTS = 5 * PAGE_SIZE
_PAPER = "Title, arXiv id or link"
_PRIVATE = "Only you can see the result"
_SHOWN_LIMIT = 60
_FIELD_NAMES = {"category": phrase("category"), "author": phrase("author")}
_FIELD_EXAMPLES = {"category": "cs.CL", "author": "Geoffrey Hinton"}


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
        index = await self._app.searcher.index()
        sentence = await asyncio.to_thread(summary_sentence, found, index)
        await interaction.followup.send(
            embed=card_embed(found, sentence=sentence), view=paper_buttons(found), ephemeral=private
        )

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
        wanted = self._date(day) if day else None
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
        span: Literal["day", "week", "month"] = "week",
        private: bool = False,
    ) -> None:
        """List the papers of the span, most upvoted first."""
        await interaction.response.defer(thinking=True, ephemeral=private)
        today = self._today()
        first = today - timedelta(days=TRENDING_DAYS[span] - 1)
        await _send(interaction, await open_page(f"trending:{first}:{today}", 1, app=self._app), private)

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

    def _date(self, text: str) -> date:
        """Return the one date that a text names. Raises DayUnknown."""
        today = self._today()
        days = _typed_days(text, today)
        if days.first != days.last:
            raise DayUnknown(text=_shown(text), example=today.isoformat())
        return days.first

    async def _check_query(self, query: str, **given: Any) -> tuple[str, Filters]:
        """Return the query cleaned, and what was given as filters. The index may have to take in new papers first."""
        query = await self._app.assistant.check(query)
        index = await self._app.searcher.index()
        return query, await asyncio.to_thread(filters_of, index.known, **given)


async def _send(interaction: discord.Interaction, page: ListPage, private: bool) -> None:
    view = turning(page) or discord.utils.MISSING
    await interaction.followup.send(embed=page.embed, view=view, ephemeral=private)


def filters_of(
    known: Known,
    *,
    today: date,
    category: str | None = None,
    author: str | None = None,
    since: str | None = None,
    until: str | None = None,
    with_code: bool = False,
) -> Filters:
    """Return the filters that the options of a search mean. A term that no paper has, by `known`, finds nothing.

    Raises FilterUnknown for a value without letters, DayUnknown for what is no day or span of days.
    """
    fields = list(_field_terms(known, category=category, author=author))
    if with_code:
        fields.append(HAS_CODE)
    return Filters(
        after=_typed_days(since, today).first if since else None,
        before=_typed_days(until, today).last if until else None,
        fields=tuple(fields),
    )


def _field_terms(known: Known, **values: str | None) -> Iterator[str]:
    for field, value in values.items():
        if not value:
            continue
        term = known_term(field, value, known, typos=field == "author") or next(iter(value_terms(field, value)), None)
        if term is None or not any(map(str.isalnum, value)):
            raise FilterUnknown(name=_FIELD_NAMES[field], text=_shown(value), example=_FIELD_EXAMPLES[field])
        yield term


def _typed_days(text: str, today: date) -> Days:
    """Return the day or span of days that a text names. Raises DayUnknown."""
    days = typed_days(text, today=today)
    if days is None:
        raise DayUnknown(text=_shown(text), example=today.isoformat())
    return days


def _shown(text: str) -> str:
    return shorten(one_line(text), _SHOWN_LIMIT)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(PapersCog(app=client.app))
