"""A digest as one message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import discord

from bot.answers.citations import closing
from bot.answers.wording import without_stop
from bot.digests.digest import Digest, DigestItem
from bot.digests.wording import added_later, compared, digest_title, item_facts, item_sentence, not_ours, share_shown
from bot.frontends.discord.answers.rendering import markers
from bot.frontends.discord.shared import sources as source_lines
from bot.frontends.discord.shared.markdown import escape, escape_within, link
from bot.i18n.translation import gettext
from bot.latex import readable
from bot.models import Paper
from bot.store.digests import SETTINGS_PREFIX
from bot.text import one_line, shorten

# Discord takes 4,096 characters in one description and 6,000 in all embeds of a message, with title and footer.
_EMBED_LIMIT = 4096
_MESSAGE_LIMIT = 6000
_TITLE_LIMIT, _FOOTER_LIMIT = 150, 350
_NOTE_LIMIT = 300
_GROUP_LIMIT = 80
_FACT_LIMIT = 120

# How long titles, sentences and details may be, from what usual papers take to what 25 of them leave room for.
_SIZES = ((300, 300, 400), (120, 160, 90), (80, 100, 0), (70, 80, 0), (80, 0, 0))


def digest_embeds(digest: Digest, *, note: str | None = None) -> list[discord.Embed]:
    """Return one message's embeds.

    The more papers there are the shorter each is shown, the first ones longest; what does not even fit with its title
    alone is left out, from the end. With a `note`, which replaces the marker, the post is not the one of its date.
    """
    if note is not None:
        digest = replace(digest, thread=False)  # the day's post alone gets one
    top, bottom = _above(digest), _below(digest)
    room = _MESSAGE_LIMIT - _TITLE_LIMIT - _FOOTER_LIMIT - sum(len(text) + 2 for text in (*top, *bottom))
    items = _fitting(digest.items, room)
    pages = _pages([*top, *items, *bottom] or [gettext("Nothing to report.")])
    embeds = [discord.Embed(description=page, colour=discord.Colour.blurple()) for page in pages]
    embeds[0].title = escape_within(one_line(digest_title(digest)), _TITLE_LIMIT)
    footer = [share_shown(digest, len(items))] if digest.total else []
    end = note if note is not None else marker(digest.key, digest.day)
    embeds[-1].set_footer(text=" · ".join([*(shorten(part, _FOOTER_LIMIT - len(end) - 3) for part in footer), end]))
    return embeds


def marker(key: str, digest_day: date) -> str:
    """Return the words at the end of a post's footer by which the post for a date is found again.

    For digests of the settings it has the date alone, as before there were others.
    """
    which = "" if key.startswith(SETTINGS_PREFIX) else f" #{key}"
    return f"paperbot digest {digest_day.isoformat()}{which}"


def _above(digest: Digest) -> list[str]:
    texts = []
    if digest.round_up:
        texts.append(escape(compared(digest.round_up, digest.period)))
    if digest.headline:
        text, stop = without_stop(readable(shorten(digest.headline.text, _NOTE_LIMIT)))
        cited = markers(closing(digest.headline.text, digest.headline.citations))
        texts.append(f"{escape(text)} {cited}{stop}" if cited else escape(f"{text}{stop}"))
    return ["\n".join(texts)] if texts else []


def _below(digest: Digest) -> list[str]:
    texts = []
    if digest.round_up and digest.round_up.withdrawn:
        texts.append(_list_titles(gettext("Withdrawn"), digest.round_up.withdrawn))
    if digest.round_up and digest.round_up.released:
        texts.append(_list_titles(gettext("Code released"), digest.round_up.released))
    small = [*added_later(digest)[-3:], *not_ours(digest), *(f"⚠ {sentence}" for sentence in digest.feeds[:3])]
    if digest.thread and digest.items:
        small.append(gettext("Ask about these papers in the thread below: mention me there."))
    notice = escape_within(one_line(digest.notice or ""), _NOTE_LIMIT)
    lines = [f"-# {escape_within(one_line(text), _NOTE_LIMIT)}" for text in small]
    if notice:
        # Where there is nothing else, it is what members read.
        lines.append(f"-# {notice}" if digest.items else notice)
    return [*texts, "\n".join(lines)] if lines else texts


def _list_titles(heading: str, papers: Sequence[Paper]) -> str:
    lines = [f"- {_title(paper, 80)}" for paper in papers]
    return "\n".join([f"**{escape(heading)}**", *lines])


def _fitting(items: Sequence[DigestItem], room: int) -> list[str]:
    """Return the items within `room`, all shown at the longest size that fits, the first ones at the next longer."""
    shown = list(items)
    while shown:
        for at, size in enumerate(_SIZES):
            texts = _texts(shown, [size] * len(shown))
            if _length(texts) > room:
                continue
            if at:
                sizes = [size] * len(shown)
                for number in range(len(shown)):
                    longer = [*sizes[:number], _SIZES[at - 1], *sizes[number + 1 :]]
                    if _length(more := _texts(shown, longer)) > room:
                        break
                    sizes, texts = longer, more
            return texts
        shown.pop()
    return []


def _length(texts: Sequence[str]) -> int:
    return sum(len(text) + 2 for text in texts)


def _texts(items: Sequence[DigestItem], sizes: Sequence[tuple[int, int, int]]) -> list[str]:
    texts = []
    group: str | None = None
    for number, (item, size) in enumerate(zip(items, sizes, strict=True), start=1):
        text = _item(number, item, size)
        if item.group != group and item.group:
            text = f"### {escape_within(one_line(item.group), _GROUP_LIMIT)}\n{text}"
        group = item.group
        texts.append(text)
    return texts


def _item(number: int, item: DigestItem, size: tuple[int, int, int]) -> str:
    title_limit, sentence_limit, details_limit = size
    lines = [f"{number}\\. **{_title(item.paper, title_limit)}**"]
    if sentence_limit and (sentence := item_sentence(item, sentence_limit)):
        lines.append(escape(sentence))
    if details_limit:
        lines.append(_details(item, whole=size == _SIZES[0]))
    return "\n".join(filter(None, lines))


def _details(item: DigestItem, *, whole: bool) -> str:
    phrases = item_facts(item) if whole else list(item.reasons)
    parts = [escape(shorten(one_line(phrase), _FACT_LIMIT)) for phrase in phrases[:8]]
    if whole:
        parts += source_lines.further_links(item.paper)
    return f"-# {' · '.join(parts)}" if parts else ""


def _title(paper: Paper, limit: int) -> str:
    shown = shorten(readable(paper.title), limit)
    return link(shown, paper.url) if paper.has_page else escape(shown)


def _pages(texts: Sequence[str]) -> list[str]:
    pages = [""]
    for text in texts:
        if len(f"{pages[-1]}\n\n{text}") > _EMBED_LIMIT:
            pages.append(text)
        else:
            pages[-1] = f"{pages[-1]}\n\n{text}".lstrip()
    return pages
