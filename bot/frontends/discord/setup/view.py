"""The messages of /setup and /settings, shown in the place of the one whose menu or button was used."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord.ui import Button, ChannelSelect, RoleSelect, Select, View

from bot.frontends.discord.setup.rendering import confirm_reset_embed, settings_embed, setup_embed
from bot.frontends.discord.setup.state import SetupState, state_of
from bot.frontends.discord.shared.components import view_of
from bot.frontends.discord.shared.interactions import app_of
from bot.guilds.settings import MOST_PLACES
from bot.i18n.languages import ANSWER_LANGUAGES, AUTO, INTERFACE_LANGUAGES
from bot.i18n.translation import gettext

CHANNELS, ROLES = "setup:channels", "setup:roles"
ANSWER_LANGUAGE, INTERFACE_LANGUAGE = "setup:answers", "setup:interface"
LIMITS, MEMORY, TRY, OVERVIEW = "setup:limits", "setup:memory", "setup:try", "setup:overview"
CHANGE, RESET, CONFIRM, KEEP = "settings:change", "settings:reset", "settings:confirm", "settings:keep"

_ASKED_IN = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]


def channels_menu(chosen: Sequence[str] = ()) -> ChannelSelect[View]:
    """Return the menu of the channels in which members may ask."""
    return ChannelSelect(
        placeholder=gettext("Where members may ask: everywhere"),
        channel_types=_ASKED_IN,
        min_values=0,
        max_values=MOST_PLACES,
        default_values=_defaults(chosen, discord.SelectDefaultValueType.channel),
        custom_id=CHANNELS,
    )


def roles_menu(chosen: Sequence[str] = ()) -> RoleSelect[View]:
    """Return the menu of the roles of which members need one."""
    return RoleSelect(
        placeholder=gettext("Who may ask: everyone"),
        min_values=0,
        max_values=MOST_PLACES,
        default_values=_defaults(chosen, discord.SelectDefaultValueType.role),
        custom_id=ROLES,
    )


def answer_language_menu(chosen: str = AUTO) -> Select[View]:
    """Return the menu of the languages of answers."""
    return _languages(
        ANSWER_LANGUAGE,
        ANSWER_LANGUAGES,
        chosen,
        automatic=gettext("Answers in the question's language"),
        fixed=gettext("Answers in {language}"),
    )


def interface_language_menu(chosen: str = AUTO) -> Select[View]:
    """Return the menu of the languages of everything else."""
    return _languages(
        INTERFACE_LANGUAGE,
        INTERFACE_LANGUAGES,
        chosen,
        automatic=gettext("Everything else in this server's Discord language"),
        fixed=gettext("Everything else in {language}"),
    )


def limits_button() -> Button[View]:
    """Return the button that opens the form for limits."""
    return Button(label=gettext("Limits…"), custom_id=LIMITS)


def memory_button(*, on: bool = False) -> Button[View]:
    """Return the button that turns channel memory on, or off where it is `on`."""
    label = gettext("Turn channel memory off") if on else gettext("Turn channel memory on")
    return Button(label=label, custom_id=MEMORY)


def try_button() -> Button[View]:
    """Return the button that posts a message in the channel and takes it away again."""
    return Button(label=gettext("Test posting here"), custom_id=TRY)


def overview_button() -> Button[View]:
    """Return the button that shows /settings."""
    return Button(label=gettext("All settings"), custom_id=OVERVIEW)


def change_button() -> Button[View]:
    """Return the button that shows /setup."""
    return Button(label=gettext("Change"), style=discord.ButtonStyle.primary, custom_id=CHANGE)


def reset_button() -> Button[View]:
    """Return the button that asks whether everything is to be reset."""
    return Button(label=gettext("Reset…"), style=discord.ButtonStyle.danger, custom_id=RESET)


def confirm_button() -> Button[View]:
    """Return the button that resets everything."""
    return Button(label=gettext("Reset everything"), style=discord.ButtonStyle.danger, custom_id=CONFIRM)


def keep_button() -> Button[View]:
    """Return the button that leaves everything as it is."""
    return Button(label=gettext("Keep"), custom_id=KEEP)


def _defaults(ids: Sequence[str], kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=int(each), type=kind) for each in ids]


def _languages(
    custom_id: str, languages: Mapping[str, str], chosen: str, *, automatic: str, fixed: str
) -> Select[View]:
    options = [discord.SelectOption(label=automatic, value=AUTO, default=chosen == AUTO)]
    options += [
        discord.SelectOption(label=fixed.format(language=name), value=code, default=chosen == code)
        for code, name in languages.items()
    ]
    return Select(options=options, custom_id=custom_id)


async def show_setup(interaction: discord.Interaction[Any]) -> None:
    """Show /setup as things stand; the interaction was deferred. Raises as state_of does."""
    state = await state_of(interaction, app_of(interaction))
    await interaction.edit_original_response(embed=setup_embed(state), view=setup_view(state))


async def show_settings(interaction: discord.Interaction[Any]) -> None:
    """Show /settings as things stand; the interaction was deferred. Raises as state_of does."""
    app = app_of(interaction)
    state = await state_of(interaction, app)
    await interaction.edit_original_response(
        embed=settings_embed(state, app.guild_settings.operator), view=settings_view()
    )


async def show_reset(interaction: discord.Interaction[Any]) -> None:
    """Ask whether everything is to be reset; the interaction was deferred."""
    view = view_of(confirm_button(), keep_button())
    await interaction.edit_original_response(embed=confirm_reset_embed(), view=view)


def setup_view(state: SetupState) -> View:
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
