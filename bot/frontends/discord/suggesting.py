"""Choices offered while an option is typed, from memory."""

from typing import Any

import discord
from discord import app_commands

from bot.frontends.discord.buttons.holder import app_of
from bot.text import one_line, shorten

CHOICES = 25
CHOICE_LIMIT = 100
"""Discord's limits: as many choices, with so many characters in a name and a value."""


async def suggest_papers(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    """Return the papers whose titles fit what was typed, best first; the newest ones for nothing typed."""
    found = await app_of(interaction).titles.matching(typed, limit=CHOICES)
    return [
        app_commands.Choice(name=shorten(one_line(titled.title), CHOICE_LIMIT), value=titled.key)
        for titled in found
        if len(titled.key) <= CHOICE_LIMIT and titled.title.strip()
    ]
