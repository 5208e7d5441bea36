"""Notifications as embeds, sent to members and channels."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import groupby

import aiohttp
import discord
from discord.ext import commands

from bot.answers.wording import day
from bot.app import App
from bot.errors.services import DiscordError
from bot.follows.collector import NEW
from bot.follows.follow import channel_of, user_of
from bot.follows.notifications import Closed, Notification, NotificationItem, Reason
from bot.frontends.discord.follows.follow_list import label_text
from bot.frontends.discord.shared import sources as source_lines
from bot.frontends.discord.shared.interactions import locale_for_guild
from bot.frontends.discord.shared.markdown import DESCRIPTION_LIMIT, escape, escape_within, link
from bot.i18n.translation import gettext, ngettext, number, use_locale
from bot.store.merging import ChangeKind
from bot.text import shorten

_REASON_LIMIT = 120
_URL_LIMIT = 300


def notification_embed(notice: Notification) -> discord.Embed:
    """Return a message's embed, with as many of its papers as fit; the others are counted."""
    grouped = [list(items) for _, items in groupby(notice.items, key=lambda item: item.paper.key)]
    papers = [_paper(place, items) for place, items in enumerate(grouped, start=1)]
    while len("\n\n".join(papers)) > DESCRIPTION_LIMIT:
        papers.pop()
    more = notice.more + len(grouped) - len(papers)
    embed = discord.Embed(title=_title(notice), description="\n\n".join(papers), colour=discord.Colour.blurple())
    rest = ngettext("and {more} more: see /latest", "and {more} more: see /latest", more).format(more=number(more))
    change = gettext("Change this with /following")
    return embed.set_footer(text=" · ".join([*([rest] if more else []), change, notice.marker]))


def _title(notice: Notification) -> str:
    kinds = {item.kind == NEW for item in notice.items}
    if kinds == {True}:
        return gettext("New papers matching what you follow")
    return gettext("Updates on papers you follow") if kinds == {False} else gettext("Updates on what you follow")


def _paper(place: int, items: Sequence[NotificationItem]) -> str:
    """Return a paper with all its notifications."""
    lines = [f"{place}\\. {source_lines.title(items[0].paper)}"]
    for item in items:
        if item.kind == NEW:
            details = source_lines.details(item.paper)
            reasons = ", ".join(label_text(one.kind, one.label) for one in item.because)
            why = gettext("matches: {reasons}").format(reasons=escape_within(reasons, _REASON_LIMIT))
            lines += [*([f"-# {details}"] if details else []), f"-# {why}"]
        else:
            lines.append(_change(item))
    return "\n".join(lines)


def _change(item: NotificationItem) -> str:
    detail = item.detail or ""
    match item.kind:
        case ChangeKind.VERSION:
            return gettext("New version: v{version}.").format(version=escape(detail))
        case ChangeKind.WITHDRAWN:
            try:
                when = day(date.fromisoformat(detail))
            except ValueError:
                return gettext("⚠️ This paper was withdrawn.")
            return gettext("⚠️ This paper was withdrawn on {day}.").format(day=when)
        case ChangeKind.CODE:
            if len(detail) > _URL_LIMIT:
                return gettext("Its code has been released.")
            return gettext("Its code has been released: {code}").format(code=link(gettext("open"), detail))
        case _:
            return escape(shorten(detail, _REASON_LIMIT))


_CLOCK_SLACK = timedelta(minutes=10)
_LOOKED_THROUGH = 200
"""How many of a destination's messages are looked through for one that may have been sent."""


class DiscordFollowOutlet:
    """Direct messages and channels. A refusal that no further try can overcome is raised as Closed."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app

    async def send(self, destination: str, notice: Notification, *, nonce: str) -> int:
        """Send and return the message's id. Raises Closed and DiscordError."""
        with _translated_errors(destination):
            channel = await self._channel(destination)
            # Discord doesn't give the language of the recipient of a direct message.
            with use_locale(await locale_for_guild(getattr(channel, "guild", None), app=self._app)):
                embed = notification_embed(notice)
            message = await channel.send(embed=embed, nonce=nonce)
        return message.id

    async def find(self, destination: str, marker: str, *, since: datetime) -> int | None:
        """Return the bot's own message that ends with the marker. Raises Closed and DiscordError."""
        with _translated_errors(destination):
            channel = await self._channel(destination)
            # Discord's clock and ours may differ.
            async for message in channel.history(after=since - _CLOCK_SLACK, limit=_LOOKED_THROUGH):
                footers = (embed.footer.text or "" for embed in message.embeds)
                if message.author == self._client.user and any(text.endswith(marker) for text in footers):
                    return message.id
        return None

    async def _channel(self, destination: str) -> discord.abc.Messageable:
        if user := user_of(destination):
            known = self._client.get_user(user) or await self._client.fetch_user(user)
            return known.dm_channel or await known.create_dm()
        channel_id = channel_of(destination) or 0
        channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            raise Closed(Reason.GONE)
        return channel


@contextmanager
def _translated_errors(destination: str) -> Iterator[None]:
    """Raise Closed and DiscordError in the place of what discord.py raises."""
    try:
        yield
    except discord.NotFound:
        raise Closed(Reason.GONE) from None
    except discord.Forbidden:
        raise Closed(Reason.FORBIDDEN if channel_of(destination) else Reason.PRIVATE) from None
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise DiscordError(reason=f"{type(error).__name__}: {error}") from None
