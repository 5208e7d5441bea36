"""A daily summary as one message."""

from datetime import date

import discord

from bot.assistant.digest import ORDER, Digest, DigestItem
from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.wording import count, day
from bot.text import shorten

# Discord takes 4,096 characters in one embed and 6,000 in all embeds of a message; the rest is for title and footer.
_EMBED_LIMIT = 4000
_MESSAGE_LIMIT = 5500
_SENTENCE_LIMIT = 300


def digest_embeds(digest: Digest) -> list[discord.Embed]:
    """Return one message's embeds, with as many of the papers as fit."""
    pages: list[list[str]] = [[]]
    used = shown = 0
    for number, item in enumerate(digest.items, start=1):
        text = _item(number, item)
        if used + len(text) > _MESSAGE_LIMIT:
            break
        if sum(len(line) + 2 for line in pages[-1]) + len(text) > _EMBED_LIMIT:
            pages.append([])
        pages[-1].append(text)
        used += len(text) + 2
        shown = number
    if digest.notice:
        pages[-1].append(f"-# {escape(shorten(digest.notice, _SENTENCE_LIMIT))}")
    embeds = [discord.Embed(description="\n\n".join(page), colour=discord.Colour.blurple()) for page in pages]
    embeds[0].title = f"New papers · {digest.day:%A}, {day(digest.day)}"
    embeds[-1].set_footer(text=_footer(digest, shown))
    return embeds


def marker(digest_day: date) -> str:
    """Return the words by which a day's post is known again, at the end of its footer."""
    return f"paperbot digest {digest_day.isoformat()}"


def _footer(digest: Digest, shown: int) -> str:
    if not digest.total:
        return marker(digest.day)
    share = f"{shown} of {count(digest.total, 'paper')}" if shown < digest.total else count(digest.total, "paper")
    return f"{share} new since the last summary, {ORDER} · {marker(digest.day)}"


def _item(number: int, item: DigestItem) -> str:
    sentence = shorten(item.sentence, _SENTENCE_LIMIT)
    said = f"“{escape(sentence)}”" if item.verbatim else escape(sentence)
    return f"{number}\\. {source_lines.title(item.paper)}\n{said}\n-# {source_lines.details(item.paper)}"
