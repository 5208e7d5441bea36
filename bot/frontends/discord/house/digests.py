"""The digests of a guild, as /setup tells them."""

from collections.abc import Sequence

import discord

from bot.app import App
from bot.frontends.discord.rendering.digest_definitions import when
from bot.frontends.discord.rendering.markdown import escape
from bot.store.digests import DigestDefinition
from bot.translation import gettext


async def digest_lines(guild_id: str, *, client: discord.Client, app: App) -> Sequence[str]:
    """Return a line for each digest of a guild, the operator's first; none where it has none. Raises StoreError."""
    channels = [client.get_channel(each) for each in app.settings.digest.channel_ids]
    here = [
        channel.id
        for channel in channels
        if isinstance(channel, discord.abc.GuildChannel) and str(channel.guild.id) == guild_id
    ]
    own = await app.digest_store.of_guild(guild_id)
    return [_line(one) for one in (*app.digest_definitions.of_channels(here), *own)]


def _line(digest: DigestDefinition) -> str:
    return gettext("{name} in {channel}, {when}").format(
        name=escape(digest.name), channel=f"<#{digest.channel}>", when=escape(when(digest))
    )
