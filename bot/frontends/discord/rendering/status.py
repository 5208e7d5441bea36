"""How the bot stands, as an embed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import discord
from discord.utils import format_dt

from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.status import Status, newest_at
from bot.frontends.wording import count, days
from bot.ingest.freshness import Freshness
from bot.text import shorten
from bot.translation import gettext

_FIELD_LIMIT = 1024  # Discord's, of a field's value
_TROUBLE = (Freshness.STALE, Freshness.DOWN)


def status_embed(
    status: Status, *, started_at: datetime, next_digest: datetime | None, rules: Sequence[str] = ()
) -> discord.Embed:
    """Return the state; `next_digest` is None where none comes to the channel. `rules` hold for who asks, here."""
    embed = discord.Embed(title="Status", colour=discord.Colour.blurple())
    embed.add_field(name="Papers", value=_papers(status), inline=False)
    embed.add_field(name=gettext("Feeds"), value=_feeds(status), inline=False)
    embed.add_field(name="Model", value=_model(status), inline=False)
    embed.add_field(name="Left of today, until midnight UTC", value="\n".join(_left(status)), inline=False)
    if rules:
        embed.add_field(name=gettext("Rules here"), value="\n".join(rules), inline=False)
    digest = f"{format_dt(next_digest, 'f')} ({format_dt(next_digest, 'R')})" if next_digest else "none is set up"
    embed.add_field(name="Next daily summary in this channel", value=digest, inline=False)
    embed.add_field(name="Running since", value=format_dt(started_at, "R"), inline=False)
    return embed.set_footer(text=f"paperbot {status.version}")


def _papers(status: Status) -> str:
    holdings = status.holdings
    if not holdings.count:
        return "none yet; an operator can add some with `paperbot import`"
    said = f"{count(holdings.count, 'paper')}, abstracts only"
    if holdings.span:
        said += f"; published {days(*holdings.span)}"
    newest = newest_at(holdings)
    return f"{said}\nThe newest came {format_dt(newest, 'R')}" if newest else said


def _feeds(status: Status) -> str:
    if not status.feeds:
        return gettext("none is on: papers come with `paperbot import`")
    said = "\n".join(f"- {'⚠ ' if feed.freshness in _TROUBLE else ''}{escape(feed.sentence)}" for feed in status.feeds)
    return shorten(said, _FIELD_LIMIT)


def _model(status: Status) -> str:
    if status.model is None:
        return "none is set up: answers are extracts, word for word from abstracts"
    name = f"`{status.model.replace('`', '')}`"
    call = status.last_call
    if call is None:
        return f"{name} is set up; nothing was asked of it since the start"
    when = format_dt(call.at, "R")
    if call.failure is None:
        return f"{name} answered {when}"
    return f"{name} failed {when}: {escape(call.failure)}. Until it answers, there are extracts"


def _left(status: Status) -> Iterator[str]:
    for left in status.left:
        whose = left.whose.capitalize()
        if left.left is None:
            yield f"{whose}: no limit"
        elif left.unit == "cost":
            yield f"{whose}: {left.left:,.2f} of a cost of {left.limit:,.2f}"
        else:
            yield f"{whose}: {left.left:,.0f} of {left.limit:,.0f} {left.unit}"
