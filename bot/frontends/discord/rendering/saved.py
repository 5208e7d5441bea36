"""A user's saved papers, a page of them as an embed."""

from collections.abc import Sequence

import discord

from bot.assistant.keeping.saved import Saved
from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT
from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.wording import count, day

PAGE = 8
_NONE_YET = (
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
    embed = discord.Embed(title="Saved papers", description=_NONE_YET, colour=discord.Colour.blurple())
    if not saved:
        return embed
    lines = [_line(place, each) for place, each in enumerate(page_of(saved, number), start=number * PAGE + 1)]
    while len("\n\n".join(lines)) > DESCRIPTION_LIMIT:
        lines.pop()
    embed.description = "\n\n".join(lines)
    where = f" · page {number + 1} of {pages(saved)}" if pages(saved) > 1 else ""
    return embed.set_footer(text=f"{count(len(saved), 'paper')}, newest first · only you see this{where}")


def _line(place: int, saved: Saved) -> str:
    when = f"saved {day(saved.saved_at.date())}"
    if saved.paper is None:
        head = f"{place}\\. {escape(saved.key)}\n-# no longer in the store · {when}"
    else:
        details = source_lines.details(saved.paper)
        head = f"{place}\\. {source_lines.title(saved.paper)}\n-# {f'{details} · ' if details else ''}{when}"
    return f"{head}\n> {escape(saved.note)}" if saved.note else head
