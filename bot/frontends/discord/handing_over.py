"""What becomes of an interaction whose token has expired: Discord takes answers to it for 15 minutes only."""

import discord
from discord.ui import View
from discord.utils import MISSING

from bot.frontends.discord.presence import is_member
from bot.frontends.discord.streaming import Send


def hand_over(interaction: discord.Interaction, *, private: bool) -> Send | None:
    """Return what sends a plain message in place of the interaction's, to the channel.

    To the user alone when it is private, or when the bot is no member of the place. None where it can't write. Nobody
    is mentioned.
    """
    place = interaction.channel if is_member(interaction) and not private else interaction.user
    if not isinstance(place, discord.abc.Messageable):
        return None

    async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await place.send(embed=embed, view=view or MISSING, allowed_mentions=discord.AllowedMentions.none())

    return send
