"""An answer before its end: in the queue, being read for, being written, stopped by its asker."""

import discord

from bot.frontends.discord.rendering.answers import DESCRIPTION_LIMIT, Draft, embed_of, source_list, title_of
from bot.frontends.discord.rendering.rows import rows_text
from bot.frontends.discord.rendering.splitting import split
from bot.frontends.discord.rendering.statements import prose
from bot.frontends.wording import count
from bot.translation import gettext, phrase

_STOPPED = phrase("Cancelled by who asked. What stands above was checked.")
_STOPPED_EMPTY = phrase("Cancelled by who asked, before anything was written.")
_BROKEN_OFF = phrase("I am being restarted. What stands above was checked; ask again in a minute for the rest.")
_BROKEN_OFF_EMPTY = phrase("I am being restarted. Ask again in a minute.")


def waiting_embed(draft: Draft, place: int) -> discord.Embed:
    """Return an answer that waits at a place, from 1, in the queue."""
    said = gettext("Many are asking at the moment. This is number {place} in the queue.")
    text = said.format(place=place)
    return embed_of(gettext("Waiting …"), title_of(draft.question, ()), text, discord.Colour.light_grey())


def reading_embed(draft: Draft) -> discord.Embed:
    """Return an answer that a model is at work on and of which nothing is written."""
    text = gettext("{abstracts} found.").format(abstracts=count(len(draft.sources), "abstract"))
    return embed_of(gettext("Reading …"), title_of(draft.question, draft.columns), text, discord.Colour.blurple())


def writing_embed(draft: Draft) -> discord.Embed:
    """Return an answer that is still being written; of a long one its end."""
    text = split(f"{_body(draft)} …", DESCRIPTION_LIMIT)[-1]
    return embed_of(gettext("Writing …"), title_of(draft.question, draft.columns), text, discord.Colour.blurple())


def stopped_embeds(draft: Draft, *, broken_off: bool = False) -> list[discord.Embed]:
    """Return what was checked before an answer was stopped, with what it cites, over as many messages as it needs.

    It was stopped by its asker or, when it was `broken_off`, by the bot's own end.
    """
    why, why_empty = (_BROKEN_OFF, _BROKEN_OFF_EMPTY) if broken_off else (_STOPPED, _STOPPED_EMPTY)
    body = _body(draft)
    cells = [cell for row in draft.rows for cell in row.cells]
    cited = {number for group in (draft.statements, *cells) for statement in group for number in statement.citations}
    lines = source_list([source for source in draft.sources if source.number in cited])
    parts = [why_empty.told()]
    if body:
        cited_ones = [f"**{gettext('Sources')}**", *lines] if lines else []
        parts = [body, f"-# {why.told()}", "\n".join(cited_ones)]
    pieces = split("\n\n".join(part for part in parts if part), DESCRIPTION_LIMIT)
    title = title_of(draft.question, draft.columns)
    heading = gettext("Broken off") if broken_off else gettext("Cancelled")
    embeds = [embed_of(heading, title, piece, discord.Colour.light_grey()) for piece in pieces]
    for embed in embeds[1:]:
        embed.title = None
    return embeds


def _body(draft: Draft) -> str:
    parts = (prose(draft.statements), rows_text(draft.columns, draft.rows, draft.sources))
    return "\n\n".join(part for part in parts if part)
