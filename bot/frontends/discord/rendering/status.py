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
from bot.translation import fill, gettext, told

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
    """Return the state; `next_digest` is None where none comes to the channel. `rules` hold for who asks, here.

    `troubles` tells of this server's digests, where something is wrong with them.
    """
    embed = discord.Embed(title=gettext("Status"), colour=discord.Colour.blurple())
    embed.add_field(name=gettext("Papers"), value=_papers(status), inline=False)
    embed.add_field(name=gettext("Feeds"), value=_feeds(status), inline=False)
    embed.add_field(name=gettext("Model"), value=_model(status), inline=False)
    embed.add_field(name=gettext("Left of today, until midnight UTC"), value="\n".join(_left(status)), inline=False)
    if rules:
        embed.add_field(name=gettext("Rules here"), value="\n".join(rules), inline=False)
    digest = (
        f"{format_dt(next_digest, 'f')} ({format_dt(next_digest, 'R')})" if next_digest else gettext("none is set up")
    )
    embed.add_field(name=gettext("Next digest in this channel"), value=digest, inline=False)
    if troubles:
        embed.add_field(name=gettext("Digests of this server"), value=f"⚠ {troubles}", inline=False)
    mail = gettext("on: `/email start`") if status.mail else gettext("off: the operator has set up no mail server")
    embed.add_field(name=gettext("Daily summary by mail"), value=mail, inline=False)
    embed.add_field(name=gettext("Running since"), value=format_dt(started_at, "R"), inline=False)
    return embed.set_footer(text=f"paperbot {status.version}")


def _papers(status: Status) -> str:
    holdings = status.holdings
    if not holdings.count:
        return gettext("none yet; an operator can add some with `paperbot import`")
    said = gettext("{papers}, abstracts only").format(papers=count(holdings.count, "paper"))
    if holdings.span:
        said += f"; {gettext('published {span}').format(span=days(*holdings.span))}"
    newest = newest_at(holdings)
    return f"{said}\n{gettext('The newest came {when}').format(when=format_dt(newest, 'R'))}" if newest else said


def _feeds(status: Status) -> str:
    if not status.feeds:
        return gettext("none is on: papers come with `paperbot import`")
    said = "\n".join(
        f"- {'⚠ ' if feed.freshness in _TROUBLE else ''}{escape(told(feed.sentence))}" for feed in status.feeds
    )
    return shorten(said, _FIELD_LIMIT)


def _model(status: Status) -> str:
    if status.model is None:
        return gettext("none is set up: answers are extracts, word for word from abstracts")
    name = f"`{status.model.replace('`', '')}`"
    call = status.last_call
    if call is None:
        return gettext("{model} is set up; nothing was asked of it since the start").format(model=name)
    when = format_dt(call.at, "R")
    if call.failure is None:
        return gettext("{model} answered {when}").format(model=name, when=when)
    said = gettext("{model} failed {when}: {reason}. Until it answers, there are extracts")
    return said.format(model=name, when=when, reason=escape(call.failure.told()))


def _left(status: Status) -> Iterator[str]:
    for left in status.left:
        whose = str(told(left.whose))
        facts = {"whose": whose[:1].upper() + whose[1:], "left": left.left, "limit": left.limit}
        if left.left is None:
            yield fill(gettext("{whose}: no limit"), facts)
        elif left.unit == "cost":
            yield fill(gettext("{whose}: {left:,.2f} of a cost of {limit:,.2f}"), facts)
        else:
            yield fill(gettext("{whose}: {left:,.0f} of {limit:,.0f} tokens"), facts)
