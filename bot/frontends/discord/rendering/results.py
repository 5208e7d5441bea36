"""The papers that a search found, as an embed."""

from collections.abc import Sequence

import discord

from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT, TITLE_LIMIT
from bot.frontends.discord.rendering.markdown import escape, escape_within
from bot.frontends.discord.rendering.paper_list import paper_lines
from bot.frontends.wording import count, searched_for
from bot.models import Paper
from bot.translation import gettext

_WITHIN_LIMIT = 300


def results_embed(
    query: str,
    papers: Sequence[Paper],
    *,
    searched: int,
    wording: str | None = None,
    nothing: str = "",
    within: str = "",
    first: int = 1,
    place: str = "",
) -> discord.Embed:
    """Return a list of papers, best first and numbered from `first`, or `nothing` when there is none.

    `wording` is the plan's, if it has one; `within` says in words what the papers were limited to, `place` which page
    this is.
    """
    heads = [escape_within(gettext("Only papers {filters}").format(filters=within), _WITHIN_LIMIT)] if within else []
    if said := searched_for(wording):
        heads.append(escape(said))
    head = "".join(f"-# {line}\n" for line in heads)
    lines = paper_lines(papers, room=DESCRIPTION_LIMIT - len(head), first=first)
    embed = discord.Embed(
        title=escape_within(gettext("Search: {words}").format(words=query), TITLE_LIMIT),
        description=head + (lines or escape(nothing)),
        colour=discord.Colour.blurple(),
    )
    below = gettext("searched {papers}, titles and abstracts").format(papers=count(searched, "paper"))
    said_below = [place, gettext("Best matches first"), below]
    return embed.set_footer(text=" · ".join(filter(None, said_below)))
