"""A daily summary as one message."""

from collections.abc import Sequence
from datetime import date

import discord

from bot.assistant.digests.digest import ORDER, Digest, DigestItem
from bot.frontends.discord.rendering import sources as source_lines
from bot.frontends.discord.rendering.markdown import escape, escape_within
from bot.frontends.latex import readable
from bot.frontends.wording import count
from bot.text import shorten
from bot.translation import day, gettext, weekday

# Discord takes 4,096 characters in one description and 6,000 in all embeds of a message, with title and footer.
_EMBED_LIMIT = 4096
_MESSAGE_LIMIT = 6000
_TITLE_AND_FOOTER = 300
_SENTENCE_LIMIT = 300


def digest_embeds(digest: Digest) -> list[discord.Embed]:
    """Return one message's embeds, with as many of the papers as fit."""
    notice = [f"-# {escape_within(digest.notice, _SENTENCE_LIMIT)}"] if digest.notice else []
    texts = [_item(number, item) for number, item in enumerate(digest.items, start=1)]
    shown = len(texts)
    while len("\n\n".join([*texts[:shown], *notice])) > _MESSAGE_LIMIT - _TITLE_AND_FOOTER:
        shown -= 1
    pages = _pages([*texts[:shown], *notice])
    embeds = [discord.Embed(description=page, colour=discord.Colour.blurple()) for page in pages]
    embeds[0].title = gettext("New papers · {weekday}, {day}").format(weekday=weekday(digest.day), day=day(digest.day))
    embeds[-1].set_footer(text=_footer(digest, shown))
    return embeds


def marker(digest_day: date) -> str:
    """Return the words by which a day's post is known again, at the end of its footer, in whatever language it is."""
    return f"paperbot digest {digest_day.isoformat()}"


def _footer(digest: Digest, shown: int) -> str:
    if not digest.total:
        return marker(digest.day)
    papers = count(digest.total, "paper")
    if shown < digest.total:
        papers = gettext("{shown} of {papers}").format(shown=shown, papers=papers)
    said = gettext("{papers} new since the last summary, {order}").format(papers=papers, order=ORDER.told())
    return f"{said} · {marker(digest.day)}"


def _pages(texts: Sequence[str]) -> list[str]:
    pages = [""]
    for text in texts:
        if len(f"{pages[-1]}\n\n{text}") > _EMBED_LIMIT:
            pages.append(text)
        else:
            pages[-1] = f"{pages[-1]}\n\n{text}".lstrip()
    return pages


def _item(number: int, item: DigestItem) -> str:
    sentence = shorten(readable(item.sentence), _SENTENCE_LIMIT)
    said = f"“{escape(sentence)}”" if item.verbatim else escape(sentence)
    head = f"{number}\\. {source_lines.title(item.paper)}"
    return "\n".join([head, *([said] if sentence else []), f"-# {source_lines.details(item.paper)}"])
