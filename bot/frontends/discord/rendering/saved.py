"""A user's saved papers, a page of them as an embed."""

from collections.abc import Sequence

import discord

from bot.assistant.keeping.saved import Saved
from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT
from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.wording import count
from bot.translation import day, gettext, phrase

PAGE = 8
_NONE_YET = phrase(
    "You have saved no papers yet. `/save` keeps one, by its arXiv id, link or title; so does **Save these papers** in "
    "a message's menu, under Apps."
)


def pages(saved: Sequence[Saved]) -> int:
    """Return how many pages a list has, at least one."""
    return max(1, -(-len(saved) // PAGE))


def page_of(saved: Sequence[Saved], number: int) -> Sequence[Saved]:
    """Return a page; numbers begin at 0."""
    return saved[number * PAGE : (number + 1) * PAGE]


def saved_embed(saved: Sequence[Saved], number: int) -> discord.Embed:
    """Return a page of the list, newest first, or what to do when it is empty. Numbers of pages begin at 0."""
    embed = discord.Embed(title=gettext("Saved papers"), description=_NONE_YET.told(), colour=discord.Colour.blurple())
    if not saved:
        return embed
    lines = [_line(place, each) for place, each in enumerate(page_of(saved, number), start=number * PAGE + 1)]
    while len("\n\n".join(lines)) > DESCRIPTION_LIMIT:
        lines.pop()
    embed.description = "\n\n".join(lines)
    said = gettext("{papers}, newest first · only you see this").format(papers=count(len(saved), "paper"))
    where = gettext("page {number} of {pages}").format(number=number + 1, pages=pages(saved))
    return embed.set_footer(text=f"{said} · {where}" if pages(saved) > 1 else said)


def _line(place: int, saved: Saved) -> str:
    when = gettext("saved {day}").format(day=day(saved.saved_at.date()))
    if saved.paper is None:
        head = f"{place}\\. {escape(saved.key)}\n-# {gettext('no longer in the store')} · {when}"
    else:
        details = source_lines.details(saved.paper)
        head = f"{place}\\. {source_lines.title(saved.paper)}\n-# {f'{details} · ' if details else ''}{when}"
    return f"{head}\n> {escape(saved.note)}" if saved.note else head
