"""The panels of /setup and /settings: their menus and buttons, each of which takes effect at once and shows the result.

Each menu writes one rule, so that two admins don't undo each other's.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord.ui import ChannelSelect, RoleSelect, Select, View

from bot.app import App
from bot.errors.services import PostingFailed
from bot.frontends.discord.setup import rendering
from bot.frontends.discord.shared.components import PersistentButton, PersistentItem, view_of
from bot.frontends.discord.shared.interactions import AppClient, app_of, guild_of_admin, locale_for
from bot.frontends.discord.shared.permissions import missing_for
from bot.guilds.settings import MOST_PLACES
from bot.i18n.languages import ANSWER_LANGUAGES, AUTO, INTERFACE_LANGUAGES
from bot.i18n.translation import PhraseList, gettext, phrase, use_locale

_ASKED_IN = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]


async def show_setup(interaction: discord.Interaction) -> None:
    """Show /setup with the present rules; the interaction was deferred. Raises as state_of does."""
    state = await rendering.state_of(interaction, app_of(interaction))
    await interaction.edit_original_response(embed=rendering.setup_embed(state), view=setup_view(state))


async def show_settings(interaction: discord.Interaction) -> None:
    """Show /settings with the present rules; the interaction was deferred. Raises as state_of does."""
    app = app_of(interaction)
    embed = rendering.settings_embed(await rendering.state_of(interaction, app), app.guild_settings.operator)
    await interaction.edit_original_response(embed=embed, view=settings_view())


def setup_view(state: rendering.SetupState) -> View:
    """Return the menus and buttons below /setup. It needs a running event loop."""
    rules = state.rules
    memory = gettext("Turn channel memory off") if rules.channel_memory else gettext("Turn channel memory on")
    return view_of(
        ChannelsMenu(state.channels),
        RolesMenu(state.roles),
        AnswerLanguageMenu(rules.answer_language),
        InterfaceLanguageMenu(rules.interface_language),
        LimitsButton(),
        MemoryButton(memory),
        TryPostingButton(),
        OverviewButton(),
    )


def settings_view() -> View:
    """Return the buttons below /settings. It needs a running event loop."""
    return view_of(ChangeButton(), ResetButton())


class ChannelsMenu(PersistentItem[ChannelSelect[View]], template="setup:channels"):
    """The channels in which members may ask."""

    def __init__(self, chosen: Sequence[str] = ()) -> None:
        super().__init__(
            ChannelSelect(
                placeholder=gettext("Where members may ask: everywhere"),
                channel_types=_ASKED_IN,
                min_values=0,
                max_values=MOST_PLACES,
                default_values=_defaults(chosen, discord.SelectDefaultValueType.channel),
                custom_id=self.id_with(),
            )
        )

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Keep the choice; none means everywhere."""
        await _change(interaction, app, channels=_ids(self.item.values))


class RolesMenu(PersistentItem[RoleSelect[View]], template="setup:roles"):
    """The roles of which members need one."""

    def __init__(self, chosen: Sequence[str] = ()) -> None:
        super().__init__(
            RoleSelect(
                placeholder=gettext("Who may ask: everyone"),
                min_values=0,
                max_values=MOST_PLACES,
                default_values=_defaults(chosen, discord.SelectDefaultValueType.role),
                custom_id=self.id_with(),
            )
        )

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Keep the choice; none, and @everyone, whose role has the guild's own id, mean everybody."""
        chosen = _ids(self.item.values)
        everybody = chosen is None or str(interaction.guild_id) in chosen
        await _change(interaction, app, roles=None if everybody else chosen)


class AnswerLanguageMenu(PersistentItem[Select[View]], template="setup:answers"):
    """The language of answers."""

    def __init__(self, chosen: str = AUTO) -> None:
        automatic, fixed = gettext("Answers in the question's language"), gettext("Answers in {language}")
        options = _options(ANSWER_LANGUAGES, chosen, automatic=automatic, fixed=fixed)
        super().__init__(Select(options=options, custom_id=self.id_with()))

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Keep the choice."""
        await _change(interaction, app, answer_language=_language(self.item.values))


class InterfaceLanguageMenu(PersistentItem[Select[View]], template="setup:interface"):
    """The language of everything but answers."""

    def __init__(self, chosen: str = AUTO) -> None:
        automatic = gettext("Everything else in this server's Discord language")
        fixed = gettext("Everything else in {language}")
        options = _options(INTERFACE_LANGUAGES, chosen, automatic=automatic, fixed=fixed)
        super().__init__(Select(options=options, custom_id=self.id_with()))

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Keep the choice."""
        await _change(interaction, app, interface_language=_language(self.item.values))


class LimitsButton(PersistentButton, template="setup:limits"):
    """Opens the form for limits, whose values SetupCog keeps."""

    name = phrase("Limits…")

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Open the form with what the guild has set."""
        own = await app.guild_settings.own(guild_of_admin(interaction))
        await interaction.response.send_modal(rendering.limits_form(own, app.guild_settings.operator))


class MemoryButton(PersistentButton, template="setup:memory"):
    """Turns channel memory on or off."""

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Turn it on where it is off, and off where it is on."""
        on = (await app.guild_settings.own(guild_of_admin(interaction))).channel_memory
        await _change(interaction, app, channel_memory=None if on else True)


class TryPostingButton(PersistentButton, template="setup:try"):
    """Posts a message where the admin is, and deletes it."""

    name = phrase("Test posting here")

    async def act(self, interaction: discord.Interaction, _: App) -> None:
        """Post a message with an embed, and delete it. Raises PostingFailed."""
        await _defer(interaction)
        channel = interaction.channel
        try:
            if not isinstance(channel, discord.abc.Messageable):
                raise PostingFailed(reason=phrase("this kind of channel doesn't have messages"))
            with use_locale(await locale_for(interaction, private=False)):
                trial = rendering.trial_embed()
            message = await channel.send(embed=trial, silent=True)
            await message.delete()
        except discord.HTTPException as error:
            lacking = PhraseList(missing_for(interaction))
            if not lacking and not isinstance(error, discord.Forbidden):
                raise
            refused = phrase("Discord refused, although I have every permission I need")
            raise PostingFailed(reason=lacking or refused) from error
        text = gettext("I posted a message here and deleted it again: everything works.")
        await interaction.followup.send(text, ephemeral=True)


class OverviewButton(PersistentButton, template="setup:overview"):
    """Shows /settings."""

    name = phrase("All settings")

    async def act(self, interaction: discord.Interaction, _: App) -> None:
        """Show /settings in the place of /setup."""
        await _defer(interaction)
        await show_settings(interaction)


class ChangeButton(PersistentButton, template="settings:change"):
    """Shows /setup."""

    name = phrase("Change")
    style = discord.ButtonStyle.primary

    async def act(self, interaction: discord.Interaction, _: App) -> None:
        """Show /setup in the place of /settings."""
        await _defer(interaction)
        await show_setup(interaction)


class ResetButton(PersistentButton, template="settings:reset"):
    """Asks whether every setting is to be reset."""

    name = phrase("Reset…")
    style = discord.ButtonStyle.danger

    async def act(self, interaction: discord.Interaction, _: App) -> None:
        """Ask in the place of /settings."""
        await _defer(interaction)
        view = view_of(ConfirmResetButton(), KeepSettingsButton())
        await interaction.edit_original_response(embed=rendering.confirm_reset_embed(), view=view)


class ConfirmResetButton(PersistentButton, template="settings:confirm"):
    """Resets every setting."""

    name = phrase("Reset everything")
    style = discord.ButtonStyle.danger

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Reset them, and show /settings."""
        await app.guild_settings.reset(await _defer(interaction))
        await show_settings(interaction)


class KeepSettingsButton(PersistentButton, template="settings:keep"):
    """Leaves every setting as it is."""

    name = phrase("Keep")

    async def act(self, interaction: discord.Interaction, _: App) -> None:
        """Show /settings again."""
        await _defer(interaction)
        await show_settings(interaction)


async def _defer(interaction: discord.Interaction) -> str:
    """Defer the response to an admin, and return the guild's id. Raises as guild_of_admin does."""
    guild = guild_of_admin(interaction)
    await interaction.response.defer()
    return guild


async def _change(interaction: discord.Interaction, app: App, **values: Any) -> None:
    await app.guild_settings.change(await _defer(interaction), **values)
    await show_setup(interaction)


def _defaults(ids: Sequence[str], kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=int(each), type=kind) for each in ids]


def _ids(values: Sequence[Any]) -> tuple[str, ...] | None:
    return tuple(str(value.id) for value in values) or None


def _options(languages: Mapping[str, str], chosen: str, *, automatic: str, fixed: str) -> list[discord.SelectOption]:
    names = {AUTO: automatic, **{code: fixed.format(language=name) for code, name in languages.items()}}
    return [discord.SelectOption(label=name, value=code, default=code == chosen) for code, name in names.items()]


def _language(values: Sequence[str]) -> str | None:
    return None if values == [AUTO] else values[0]


async def setup(client: AppClient) -> None:
    """Add the menus and buttons."""
    client.add_dynamic_items(ChannelsMenu, RolesMenu, AnswerLanguageMenu, InterfaceLanguageMenu)
    client.add_dynamic_items(LimitsButton, MemoryButton, TryPostingButton, OverviewButton)
    client.add_dynamic_items(ChangeButton, ResetButton, ConfirmResetButton, KeepSettingsButton)
