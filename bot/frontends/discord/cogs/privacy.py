"""/privacy: what is kept, with buttons that hand it over and delete it."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.frontends.discord.buttons.privacy import privacy_view
from bot.frontends.discord.rendering.privacy import privacy_embed


class PrivacyCog(commands.Cog):
    """Privacy."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="What I keep of you; get it as a file, or have it deleted.")
    async def privacy(self, interaction: discord.Interaction[commands.Bot]) -> None:
        """Show it to who asks alone."""
        embed = privacy_embed(self._app.settings)
        await interaction.response.send_message(embed=embed, view=privacy_view(), ephemeral=True)
