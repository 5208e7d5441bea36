"""Discord's limits on embeds, and what was ever seen to break them."""

import re
from collections.abc import Sequence
from datetime import date

import discord

from bot.models import Paper
from tests.factories import make_paper

# A masked link as Discord reads it; the label's escapes are left in.
LINK = re.compile(r"\[((?:[^\[\]\\\n]|\\.)*)\]\((https?://[^\s()]+)\)")

NASTY = "**bold** [x](https://evil.example) @everyone <@1> `code` # https://evil.example/a_b discord.gg/abc \\ > - "


def assert_within_limits(embeds: Sequence[discord.Embed]) -> None:
    """Check one message: https://discord.com/developers/docs/resources/message#embed-object-embed-limits."""
    assert 1 <= len(embeds) <= 10
    assert sum(len(embed) for embed in embeds) <= 6000
    for embed in embeds:
        assert embed.title or embed.description
        assert len(embed.title or "") <= 256
        assert len(embed.description or "") <= 4096
        assert len(embed.footer.text or "") <= 2048
        assert len(embed.author.name or "") <= 256


def links(text: str | None) -> list[tuple[str, str]]:
    """Return the links of a description as (label, address)."""
    return LINK.findall(text or "")


def monstrous_paper(number: int = 1, **changes: object) -> Paper:
    """Return a paper in which everything is far too long and full of markdown."""
    facts: dict[str, object] = {
        "title": f"{number} {NASTY * 40}",
        "abstract": NASTY * 400,
        "arxiv_id": f"2401.{number:05}",
        "authors": tuple(f"{NASTY * 10}{n}" for n in range(50)),
        "published": date(2024, 1, 5),
        "upvotes": 10**9,
        "comments": 10**9,
        "code_url": "https://github.com/" + "a/" * 1000,
        "project_url": "https://example.org/" + "b" * 450,
    }
    return make_paper(**{**facts, **changes})
