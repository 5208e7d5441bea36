"""/privacy: what is kept, with buttons that hand it over and delete it."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.config import Settings
from bot.frontends.discord.shared.components import KeepButton, PersistentButton, json_file, view_of
from bot.frontends.discord.shared.interactions import AppClient
from bot.i18n.translation import gettext, phrase
from bot.privacy import NOT_KEPT, TODAY_STAYS, forgotten, kept, sent


def privacy_embed(settings: Settings) -> discord.Embed:
    """Return what is kept, what is sent to a model, and what the buttons do."""
    lines = "\n".join(f"- {line}" for line in kept(settings))
    heading = gettext("What I keep, in one file on the operator's computer")
    below = gettext("**Export my data** gives you all of it as a file. **Forget me** deletes it.")
    text = f"**{heading}**\n{lines}\n\n{NOT_KEPT.localized()}\n\n{sent(settings)}\n\n{below} {TODAY_STAYS.localized()}"
    return discord.Embed(title=gettext("Privacy"), description=text, colour=discord.Colour.blurple())


def confirm_embed() -> discord.Embed:
    """Return the question before anything is deleted."""
    text = gettext(
        "This deletes your answers, conversations, saved papers and notes, follows, and email address. It "
        "can't be undone. Messages already in Discord stay, but without their evidence."
    )
    return discord.Embed(title=gettext("Delete all your data?"), description=text, colour=discord.Colour.orange())


class ExportDataButton(PersistentButton, template="privacy:export"):
    """Sends a user all that is kept about them as a file, which they alone see."""

    name = phrase("Export my data")

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Send the file. Raises StoreError."""
        await interaction.response.defer(thinking=True, ephemeral=True)
        values = await app.personal_data.export(str(interaction.user.id))
        file = await asyncio.to_thread(json_file, values, "paperbot-data.json", limit=interaction.filesize_limit)
        await interaction.followup.send(gettext("Everything I keep about you."), file=file, ephemeral=True)


class ForgetMeButton(PersistentButton, template="privacy:forget"):
    """Asks a user whether all that is kept about them is to be deleted."""

    name = phrase("Forget me")
    style = discord.ButtonStyle.danger

    async def act(self, interaction: discord.Interaction, _: App) -> None:
        """Ask in a message of its own."""
        view = view_of(ConfirmForgetButton(), KeepDataButton())
        await interaction.response.send_message(embed=confirm_embed(), view=view, ephemeral=True)


class ConfirmForgetButton(PersistentButton, template="privacy:confirm"):
    """Deletes all that is kept about a user."""

    name = phrase("Delete everything")
    style = discord.ButtonStyle.danger

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Delete, and say what was deleted in the place of the question. Raises StoreError."""
        await interaction.response.defer()
        done = await app.personal_data.forget_user(str(interaction.user.id))
        await interaction.edit_original_response(content=forgotten(done), embeds=[], view=None)


class KeepDataButton(KeepButton, template="privacy:keep"):
    """Dismisses the question whether to delete the member's data; changes nothing."""

    kept = phrase("Nothing was deleted.")


def privacy_view() -> discord.ui.View:
    """Return the buttons below /privacy. It needs a running event loop."""
    return view_of(ExportDataButton(), ForgetMeButton())


class PrivacyCog(commands.Cog):
    """The command that shows what is kept."""

    def __init__(self, *, app: App) -> None:
        self._app = app

    @app_commands.command(description="See what I keep about you, export it as a file, or have it deleted.")
    async def privacy(self, interaction: discord.Interaction) -> None:
        """Show it to the user alone."""
        embed = privacy_embed(self._app.settings)
        await interaction.response.send_message(embed=embed, view=privacy_view(), ephemeral=True)


async def setup(client: AppClient) -> None:
    """Add the cog and the buttons."""
    await client.add_cog(PrivacyCog(app=client.app))
    client.add_dynamic_items(ExportDataButton, ForgetMeButton, ConfirmForgetButton, KeepDataButton)
