"""The digests of a guild, as /setup tells them."""

from collections.abc import Sequence

import discord
from discord.abc import GuildChannel, PrivateChannel

from bot.app import App
from bot.config import DigestSettings
from bot.frontends.discord.rendering.digest_definitions import definition_line
from bot.translation import gettext

Channel = GuildChannel | discord.Thread | PrivateChannel


async def digest_lines(guild: str, *, client: discord.Client, app: App) -> Sequence[str]:
    """Return a line for each digest of a guild; none where it has none. Raises StoreError.

    First come the daily summaries that the operator has set for channels of this guild, by DIGEST_CHANNEL_IDS, then its
    own digests.
    """
    settings = app.settings.digest
    channels = [client.get_channel(each) for each in settings.channel_ids]
    own = await app.digest_store.of_guild(guild)
    return [*_of_operator(guild, channels, settings), *map(definition_line, own)]


def _of_operator(guild: str, channels: Sequence[Channel | None], settings: DigestSettings) -> Sequence[str]:
    return [
        gettext("Daily summary in {channel} at {time} ({zone})").format(
            channel=f"<#{channel.id}>", time=f"{settings.time:%H:%M}", zone=settings.time_zone
        )
        for channel in channels
        if isinstance(channel, GuildChannel) and str(channel.guild.id) == guild
    ]
