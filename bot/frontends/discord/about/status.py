"""/status: the state of the store, the feeds, the model and the budgets, without calling a model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import discord
from discord import app_commands
from discord.ext import commands
from discord.utils import format_dt

from bot import __version__
from bot.answers.llm.metering import CallOutcome
from bot.answers.llm.usage import Left
from bot.answers.request import Requester
from bot.answers.wording import count, days
from bot.app import App
from bot.digests.schedule import next_post
from bot.frontends.discord.digests.definitions import digest_troubles, known_digests
from bot.frontends.discord.shared.guild_rules import told_counts, told_rules
from bot.frontends.discord.shared.interactions import AppClient, caller_of
from bot.frontends.discord.shared.markdown import escape
from bot.frontends.discord.shared.requests import requester_of
from bot.i18n.translation import fill, gettext, localized, phrase
from bot.ingest.freshness import FeedState, Freshness
from bot.store.digests import DigestDefinition
from bot.store.papers import Holdings
from bot.text import shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A moment's state. `model` is None where none is set up, `last_call` None before the first call.

    `mail`: whether the daily summary can be had by mail.
    """

    holdings: Holdings
    feeds: tuple[FeedState, ...]
    model: str | None
    last_call: CallOutcome | None
    left: tuple[Left, ...]
    mail: bool
    version: str


async def status_of(app: App, requester: Requester) -> Status:
    """Return the state, with the budgets of a requester. No model is called for it. Raises StoreError."""
    limits = app.settings.limits
    today = app.clock().astimezone(UTC).date()
    spent = await app.usage.spent(today, user=requester.user, guild=requester.guild)
    left = [Left(whose=phrase("you"), unit="tokens", limit=limits.user_tokens, used=spent.user_tokens)]
    if requester.guild is not None:
        left.append(
            Left(whose=phrase("this server"), unit="tokens", limit=limits.guild_tokens, used=spent.guild_tokens)
        )
    left.append(Left(whose=phrase("all users"), unit="tokens", limit=limits.day_tokens, used=spent.day_tokens))
    if limits.day_cost:
        left.append(Left(whose=phrase("all users"), unit="cost", limit=limits.day_cost, used=spent.day_cost))
    return Status(
        holdings=await app.papers.holdings(),
        feeds=tuple(await app.feeds.freshness()),
        model=app.settings.openai.model if app.health else None,
        last_call=app.health.last if app.health else None,
        left=tuple(left),
        mail=app.settings.mail.configured,
        version=__version__,
    )


def newest_at(holdings: Holdings) -> datetime | None:
    """Return when the newest paper came."""
    return datetime.fromtimestamp(holdings.newest_at, UTC) if holdings.newest_at is not None else None


_FIELD_LIMIT = 1024  # Discord's, of a field's value
_TROUBLE = (Freshness.STALE, Freshness.DOWN)


def status_embed(
    status: Status,
    *,
    started_at: datetime,
    next_digest: datetime | None,
    rules: Sequence[str] = (),
    troubles: str | None = None,
) -> discord.Embed:
    """Return the state; `next_digest` is None where none comes to the channel. `rules` are those for the user, here.

    `troubles` says what is wrong with this server's digests, if anything is.
    """
    embed = discord.Embed(title=gettext("Status"), colour=discord.Colour.blurple())
    embed.add_field(name=gettext("Papers"), value=_papers(status), inline=False)
    embed.add_field(name=gettext("Feeds"), value=_feeds(status), inline=False)
    embed.add_field(name=gettext("Model"), value=_model(status), inline=False)
    embed.add_field(name=gettext("Left today (until 00:00 UTC)"), value="\n".join(_left(status)), inline=False)
    if rules:
        embed.add_field(name=gettext("Rules here"), value="\n".join(rules), inline=False)
    digest = (
        f"{format_dt(next_digest, 'f')} ({format_dt(next_digest, 'R')})" if next_digest else gettext("none scheduled")
    )
    embed.add_field(name=gettext("Next digest in this channel"), value=digest, inline=False)
    if troubles:
        embed.add_field(name=gettext("This server's digests"), value=f"⚠ {troubles}", inline=False)
    mail = (
        gettext("on: subscribe with `/email start`")
        if status.mail
        else gettext("off: the operator hasn't set up a mail server")
    )
    embed.add_field(name=gettext("Daily summary by email"), value=mail, inline=False)
    embed.add_field(name=gettext("Running since"), value=format_dt(started_at, "R"), inline=False)
    return embed.set_footer(text=f"paperbot {status.version}")


def _papers(status: Status) -> str:
    holdings = status.holdings
    if not holdings.count:
        return gettext("none yet; an operator can add some with `paperbot import`")
    text = gettext("{papers}, abstracts only").format(papers=count(holdings.count, "paper"))
    if holdings.span:
        text += f"; {gettext('published {span}').format(span=days(*holdings.span))}"
    newest = newest_at(holdings)
    return f"{text}\n{gettext('Last added {when}').format(when=format_dt(newest, 'R'))}" if newest else text


def _feeds(status: Status) -> str:
    if not status.feeds:
        return gettext("none enabled; an operator can add papers with `paperbot import`")
    text = "\n".join(
        f"- {'⚠ ' if feed.freshness in _TROUBLE else ''}{escape(localized(feed.sentence))}" for feed in status.feeds
    )
    return shorten(text, _FIELD_LIMIT)


def _model(status: Status) -> str:
    if status.model is None:
        return gettext("none set up; answers are extracts, word for word from abstracts")
    name = f"`{status.model.replace('`', '')}`"
    call = status.last_call
    if call is None:
        return gettext("{model} is set up, but hasn't been used since startup").format(model=name)
    when = format_dt(call.at, "R")
    if call.failure is None:
        return gettext("{model} answered {when}").format(model=name, when=when)
    text = gettext("{model} failed {when}: {reason}; answers are extracts until it responds again")
    return text.format(model=name, when=when, reason=escape(call.failure.localized()))


def _left(status: Status) -> Iterator[str]:
    for left in status.left:
        whose = str(localized(left.whose))
        facts = {"whose": whose[:1].upper() + whose[1:], "left": left.left, "limit": left.limit}
        if left.left is None:
            yield fill(gettext("{whose}: no limit"), facts)
        elif left.unit == "cost":
            yield fill(gettext("{whose}: {left:,.2f} of a {limit:,.2f} cost limit"), facts)
        else:
            yield fill(gettext("{whose}: {left:,.0f} of {limit:,.0f} tokens"), facts)


class StatusCog(commands.Cog):
    """The command that shows the state. The process counts as running since its cogs were made."""

    def __init__(self, *, app: App) -> None:
        self._app = app
        self._started_at = app.clock()

    @app_commands.command(
        description="Show the papers in the store, the model's status and what's left of today's budget."
    )
    async def status(self, interaction: discord.Interaction) -> None:
        """Show the state to the user alone. Raises StoreError."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        status = await status_of(self._app, requester_of(interaction.user.id, interaction.guild_id))
        digests = await self._digests(interaction)
        embed = status_embed(
            status,
            started_at=self._started_at,
            next_digest=self._next_digest(digests, interaction.channel_id),
            rules=await self._rules(interaction),
            troubles=await digest_troubles(digests, app=self._app),
        )
        await interaction.followup.send(embed=embed, ephemeral=True)

    async def _rules(self, interaction: discord.Interaction) -> list[str]:
        """Return what the user should know of the rules here, and how much of today's answers is used."""
        caller, guild_settings = caller_of(interaction), self._app.guild_settings
        rules = await guild_settings.rules(caller.guild)
        if caller.guild is None:  # of the operator's limits, those on members hold in private
            rules = replace(rules, guild_answers=0)
        everywhere = rules.user_answers == guild_settings.operator.user_answers
        used = told_counts(rules, await self._app.access.counted(caller), everywhere=everywhere)
        return [*(told_rules(rules) if caller.guild is not None else ()), *used]

    async def _digests(self, interaction: discord.Interaction) -> Sequence[DigestDefinition]:
        if interaction.guild_id is None:
            return []
        return await known_digests(str(interaction.guild_id), client=interaction.client, app=self._app)

    def _next_digest(self, digests: Sequence[DigestDefinition], channel_id: int | None) -> datetime | None:
        now = self._app.clock()
        here = [next_post(now, one) for one in digests if one.channel == channel_id and one.paused is None]
        return min(here, default=None)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(StatusCog(app=client.app))
