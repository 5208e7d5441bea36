"""A page of a list, and its place among the others."""

from dataclasses import dataclass

import discord

from bot.frontends.discord.rendering.paper_list import PAGE_SIZE
from bot.translation import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One of a list's pages; the first has the number 1. There may be no paper, but never no page."""

    name: str
    number: int
    pages: int
    embed: discord.Embed


def offset(number: int) -> int:
    """Return how many papers stand on the pages before this one."""
    return (number - 1) * PAGE_SIZE


def page_count(total: int) -> int:
    """Return how many pages so many papers take, at least one."""
    return max(1, -(-total // PAGE_SIZE))


def place(number: int, total: int) -> str:
    """Return which page this is of how many; nothing where it is the only one."""
    pages = page_count(total)
    return gettext("Page {number} of {pages}").format(number=number, pages=pages) if pages > 1 else ""
