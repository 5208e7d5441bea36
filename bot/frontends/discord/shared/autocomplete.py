"""Choices offered while an option is typed, from memory."""

from collections.abc import Iterable

import discord
from discord import app_commands

from bot.frontends.discord.shared.interactions import app_of
from bot.i18n.translation import ngettext, number
from bot.search.completion import Titled
from bot.text import one_line, shorten
from bot.trends.counts import BETWEEN

CHOICES = 25
CHOICE_LIMIT = 100
"""Discord's limits: as many choices, with so many characters in a name and a value."""

_TOPICS = 5
"""How many topics come before the titles where both are offered."""

Choices = list[app_commands.Choice[str]]


async def suggest_papers(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the papers whose titles fit what was typed, best first; the newest ones for nothing typed."""
    return _choices(await app_of(interaction).titles.matching(typed, limit=CHOICES))


async def suggest_authors(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the authors whose names fit, those of the most papers first; words may come in any order."""
    return _choices(await app_of(interaction).names.matching("author", typed, limit=CHOICES))


async def suggest_categories(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the arXiv categories of the store's papers whose codes or names fit."""
    return _choices(await app_of(interaction).names.matching("category", typed, limit=CHOICES))


async def suggest_organisations(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the organisations of the store's papers whose names fit, those of the most papers first."""
    return _choices(await app_of(interaction).names.matching("organisation", typed, limit=CHOICES))


async def suggest_topics(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the topics that fit, those of the most papers first."""
    return _choices(await app_of(interaction).names.matching("topic", typed, limit=CHOICES))


async def suggest_topics_between(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the topics that fit after the last "vs", each after what was typed before it."""
    at = max((match.end() for match in BETWEEN.finditer(typed)), default=0)
    return _after(typed[:at], await suggest_topics(interaction, typed[at:]))


async def suggest_listed_topics(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the topics that fit after the last comma, each after what was typed before it."""
    before, last = _last_listed(typed)
    return _after(before, await suggest_topics(interaction, last))


async def suggest_listed_authors(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the authors that fit after the last comma, each after what was typed before it."""
    before, last = _last_listed(typed)
    return _after(before, await suggest_authors(interaction, last))


async def suggest_listed_categories(interaction: discord.Interaction, typed: str) -> Choices:
    """Return the categories that fit after the last comma, each after what was typed before it."""
    before, last = _last_listed(typed)
    return _after(before, await suggest_categories(interaction, last))


async def suggest_subjects(interaction: discord.Interaction, typed: str) -> Choices:
    """Return a few topics that fit, each marked as one, then papers."""
    app = app_of(interaction)
    topics: Choices = []
    for choice in _choices(await app.names.matching("topic", typed, limit=_TOPICS)):
        papers = await app.names.papers_of(choice.value)
        form = ngettext("{topic} (topic, {number} paper)", "{topic} (topic, {number} papers)", papers)
        room = CHOICE_LIMIT - len(form.format(topic="", number=number(papers)))
        name = form.format(topic=shorten(choice.name, room), number=number(papers))
        topics.append(app_commands.Choice(name=name, value=choice.value))
    taken = {choice.value for choice in topics}
    titles = [choice for choice in await suggest_papers(interaction, typed) if choice.value not in taken]
    return [*topics, *titles][:CHOICES]


def _last_listed(typed: str) -> tuple[str, str]:
    """Return what ends with the last comma, and what follows it."""
    before, comma, last = typed.rpartition(",")
    return (f"{before.rstrip()}{comma} " if comma else ""), last


def _after(before: str, found: Choices) -> Choices:
    """Return the choices that there is room for after what was typed before."""
    whole = [before + choice.value for choice in found]
    return [app_commands.Choice(name=text, value=text) for text in whole if len(text) <= CHOICE_LIMIT]


def _choices(found: Iterable[Titled]) -> Choices:
    return [
        app_commands.Choice(name=shorten(one_line(titled.title), CHOICE_LIMIT), value=titled.key)
        for titled in found
        if len(titled.key) <= CHOICE_LIMIT and titled.title.strip()
    ]
