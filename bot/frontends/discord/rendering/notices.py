"""What came of what is followed, as one message."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import discord

from bot.assistant.subscriptions.collecting import NEW
from bot.assistant.subscriptions.notice import Notice, NoticeItem
from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT
from bot.frontends.discord.rendering.following import label_text
from bot.frontends.discord.rendering.markdown import escape, escape_within, link
from bot.frontends.wording import day
from bot.store.paper_changes import ChangeKind
from bot.text import shorten
from bot.translation import gettext, ngettext, number

_REASON_LIMIT = 120
_URL_LIMIT = 300


def notice_embed(notice: Notice) -> discord.Embed:
    """Return a message's embed, with as many of its papers as fit; the others are counted."""
    grouped = [list(items) for _, items in groupby(notice.items, key=lambda item: item.paper.key)]
    papers = [_paper(place, items) for place, items in enumerate(grouped, start=1)]
    while len("\n\n".join(papers)) > DESCRIPTION_LIMIT:
        papers.pop()
    more = notice.more + len(grouped) - len(papers)
    embed = discord.Embed(title=_title(notice), description="\n\n".join(papers), colour=discord.Colour.blurple())
    rest = ngettext("and {more} more: /latest", "and {more} more: /latest", more).format(more=number(more))
    change = gettext("/following changes this")
    return embed.set_footer(text=" · ".join([*([rest] if more else []), change, notice.marker]))


def _title(notice: Notice) -> str:
    kinds = {item.kind == NEW for item in notice.items}
    if kinds == {True}:
        return gettext("New papers that you follow")
    return gettext("News of a paper that you follow") if kinds == {False} else gettext("News of what you follow")


def _paper(place: int, items: Sequence[NoticeItem]) -> str:
    """Return a paper with all that is told of it."""
    lines = [f"{place}\\. {source_lines.title(items[0].paper)}"]
    for item in items:
        if item.kind == NEW:
            details = source_lines.details(item.paper)
            reasons = ", ".join(label_text(one.kind, one.label) for one in item.because)
            why = gettext("because of: {reasons}").format(reasons=escape_within(reasons, _REASON_LIMIT))
            lines += [*([f"-# {details}"] if details else []), f"-# {why}"]
        else:
            lines.append(_change(item))
    return "\n".join(lines)


def _change(item: NoticeItem) -> str:
    detail = item.detail or ""
    match item.kind:
        case ChangeKind.VERSION:
            return gettext("There is a new version: v{version}.").format(version=escape(detail))
        case ChangeKind.WITHDRAWN:
            try:
                when = day(date.fromisoformat(detail))
            except ValueError:
                return gettext("⚠️ This paper was withdrawn.")
            return gettext("⚠️ This paper was withdrawn on {day}.").format(day=when)
        case ChangeKind.CODE:
            if len(detail) > _URL_LIMIT:
                return gettext("Its code was released.")
            return gettext("Its code was released: {code}").format(code=link(gettext("open it"), detail))
        case _:
            return escape(shorten(detail, _REASON_LIMIT))
