"""The papers that a search found, as an embed."""

from collections.abc import Sequence

import discord

from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT, TITLE_LIMIT
from bot.frontends.discord.rendering.markdown import escape, escape_within
from bot.frontends.wording import count, searched_for
from bot.models import Paper


def similar_embed(paper: Paper, papers: Sequence[Paper]) -> discord.Embed:
    """Return the papers that are most like one, best first."""
    lines = [f"-# Like {source_lines.cited_title(paper)}"]
    lines += [
        f"{number}\\. {source_lines.title(each)}\n-# {source_lines.details(each)}"
        for number, each in enumerate(papers, 1)
    ]
    text = "\n".join(lines if papers else [*lines, "No other paper in the store shares its telling words."])
    embed = discord.Embed(description=text, colour=discord.Colour.blurple())
    return embed.set_author(name="Similar papers")


def results_embed(
    query: str, papers: Sequence[Paper], *, searched: int, wording: str | None = None, nothing: str = ""
) -> discord.Embed:
    """Return a list of papers, best first, or `nothing` when there is none. `wording` is the plan's, if it has one."""
    said = searched_for(wording)
    head = f"-# {escape(said)}\n" if said else ""
    lines = [
        f"{number}\\. {source_lines.title(paper)}\n-# {source_lines.details(paper)}"
        for number, paper in enumerate(papers, start=1)
    ]
    while len(head + "\n".join(lines)) > DESCRIPTION_LIMIT:
        lines.pop()
    text = head + ("\n".join(lines) or escape(nothing))
    embed = discord.Embed(
        title=escape_within(f"Search: {query}", TITLE_LIMIT),
        description=text,
        colour=discord.Colour.blurple(),
    )
    return embed.set_footer(text=f"Best matches first · searched {count(searched, 'paper')}, titles and abstracts")
