"""The messages of /setup and /settings, shown in the place of the one whose menu or button was used."""

from typing import Any

import discord
from discord.ui import View

from bot.frontends.discord.buttons.dispatched import view_of
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.house.looks import (
    answer_language_menu,
    change_button,
    channels_menu,
    confirm_button,
    interface_language_menu,
    keep_button,
    limits_button,
    memory_button,
    overview_button,
    reset_button,
    roles_menu,
    try_button,
)
from bot.frontends.discord.house.state import HouseState, state_of
from bot.frontends.discord.rendering.settings import confirm_reset_embed, settings_embed
from bot.frontends.discord.rendering.setup import setup_embed


async def show_setup(interaction: discord.Interaction[Any]) -> None:
    """Show /setup as things stand; the interaction was deferred. Raises as state_of does."""
    state = await state_of(interaction, app_of(interaction))
    await interaction.edit_original_response(embed=setup_embed(state), view=setup_view(state))


async def show_settings(interaction: discord.Interaction[Any]) -> None:
    """Show /settings as things stand; the interaction was deferred. Raises as state_of does."""
    app = app_of(interaction)
    state = await state_of(interaction, app)
    await interaction.edit_original_response(embed=settings_embed(state, app.house.operator), view=settings_view())


async def show_reset(interaction: discord.Interaction[Any]) -> None:
    """Ask whether everything is to be reset; the interaction was deferred."""
    view = view_of(confirm_button(), keep_button())
    await interaction.edit_original_response(embed=confirm_reset_embed(), view=view)


def setup_view(state: HouseState) -> View:
    """Return the menus and buttons below /setup. It needs a running event loop."""
    rules = state.rules
    return view_of(
        channels_menu(state.channels),
        roles_menu(state.roles),
        answer_language_menu(rules.answer_language),
        interface_language_menu(rules.interface_language),
        limits_button(),
        memory_button(on=rules.channel_memory),
        try_button(),
        overview_button(),
    )


def settings_view() -> View:
    """Return the buttons below /settings. It needs a running event loop."""
    return view_of(change_button(), reset_button())
