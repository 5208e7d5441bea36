"""The digests of a guild, as /setup and /status tell them."""

from collections.abc import Sequence

import discord

from bot.app import App
from bot.frontends.discord.digesting import digests_of
from bot.frontends.discord.rendering.digest_definitions import digest_line
from bot.store.digests import DigestDefinition
from bot.translation import gettext, ngettext


async def digest_lines(guild: str, *, client: discord.Client, app: App) -> Sequence[str]:
    """Return a line for each digest of a guild, for its admins; none where it has none. Raises StoreError."""
    return [
        digest_line(one, await app.digest_contents.last_row(one.key))
        for one in await known_digests(guild, client=client, app=app)
    ]


async def digest_troubles(digests: Sequence[DigestDefinition], *, app: App) -> str | None:
    """Say how many of a guild's digests are paused or missed their last post, or None. Raises StoreError.

    Every member may read it: it names neither digests nor their channels, which may be hidden.
    """
    paused = sum(one.paused is not None for one in digests)
    missed = 0
    for one in digests:
        last = await app.digest_contents.last_row(one.key)
        missed += one.paused is None and last is not None and last.state == "missed"
    said = [
        ngettext("{number} is paused", "{number} are paused", paused).format(number=paused) if paused else "",
        ngettext("{number} missed its last post", "{number} missed their last post", missed).format(number=missed)
        if missed
        else "",
    ]
    told = ", ".join(filter(None, said))
    return gettext("{told}. Admins see why with `/digest list`.").format(told=told) if told else None


async def known_digests(guild: str, *, client: discord.Client, app: App) -> Sequence[DigestDefinition]:
    """Return a guild's digests; without those that the operator set while the guild isn't known. Raises StoreError."""
    known = client.get_guild(int(guild))
    return await digests_of(known, app=app) if known else await app.digest_store.of_guild(guild)
