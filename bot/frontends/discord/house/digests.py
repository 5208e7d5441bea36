"""The digests of a guild, as /setup tells them."""

from collections.abc import Sequence

import discord

from bot.app import App
from bot.translation import gettext


async def digest_lines(guild: str, *, client: discord.Client, app: App) -> Sequence[str]:
    """Return a line for each digest of a guild; none where it has none.

    These are the daily summaries that the operator has set for channels of this guild, by DIGEST_CHANNEL_IDS.
    """
    settings = app.settings.digest
    channels = [client.get_channel(each) for each in settings.channel_ids]
    return [
        gettext("Daily summary in {channel} at {time} ({zone})").format(
            channel=f"<#{channel.id}>", time=f"{settings.time:%H:%M}", zone=settings.time_zone
        )
        for channel in channels
        if isinstance(channel, discord.abc.GuildChannel) and str(channel.guild.id) == guild
    ]
