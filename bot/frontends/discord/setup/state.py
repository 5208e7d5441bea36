"""What /setup and /settings show of a guild at a moment."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.app import App
from bot.frontends.discord.digests.definitions import digest_lines
from bot.frontends.discord.shared.interactions import guild_of_admin
from bot.frontends.discord.shared.permissions import missing
from bot.guilds.settings import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupState:
    """The rules that hold; which of their channels and roles are still there; what the bot lacks, by channel; digests.

    `looked_at` are the channels whose permissions were looked at.
    """

    rules: Rules
    channels: Sequence[str] = ()
    roles: Sequence[str] = ()
    looked_at: Sequence[str] = ()
    lacking: Sequence[tuple[str, Sequence[str]]] = ()
    digests: Sequence[str] = ()


async def state_of(interaction: discord.Interaction, app: App) -> SetupState:
    """Return the state of the guild that an admin acts in. Raises as guild_of_admin does, and StoreError."""
    guild_id = guild_of_admin(interaction)
    rules = await app.guild_settings.rules(guild_id)
    digests = await digest_lines(guild_id, client=interaction.client, app=app)
    guild = interaction.client.get_guild(int(guild_id))
    if guild is None:  # not yet known, just after connecting
        return SetupState(rules=rules, channels=rules.channels, roles=rules.roles, digests=digests)
    looked_at = _looked_at(rules, interaction, guild)
    lacking = [(str(channel.id), names) for channel in looked_at if (names := _lacking(channel, guild))]
    return SetupState(
        rules=rules,
        channels=[each for each in rules.channels if guild.get_channel(int(each)) is not None],
        roles=[each for each in rules.roles if guild.get_role(int(each)) is not None],
        looked_at=[str(channel.id) for channel in looked_at],
        lacking=lacking,
        digests=digests,
    )


def _looked_at(
    rules: Rules, interaction: discord.Interaction, guild: discord.Guild
) -> Sequence[discord.abc.GuildChannel]:
    """Return the channels that members may ask in; where that is all of them, the one that the admin is in."""
    ids: list[int | None] = [int(each) for each in rules.channels]
    ids = ids or [_here(interaction)]
    return [channel for each in ids if each is not None and (channel := guild.get_channel(each)) is not None]


def _here(interaction: discord.Interaction) -> int | None:
    channel = interaction.channel
    return channel.parent_id if isinstance(channel, discord.Thread) else interaction.channel_id


def _lacking(channel: discord.abc.GuildChannel, guild: discord.Guild) -> Sequence[str]:
    # A forum holds threads alone.
    return missing(channel.permissions_for(guild.me), in_thread=isinstance(channel, discord.ForumChannel))
