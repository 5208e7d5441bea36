"""What stands below /following: a menu that takes something off, and a button that lets a pause end."""

import re
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, Select, View

from bot.app import App
from bot.assistant.subscriptions.following import FOLLOW_LIMIT
from bot.assistant.subscriptions.subscription import Subscription, channel_of
from bot.frontends.discord.buttons.dispatched import told, view_of
from bot.frontends.discord.buttons.holder import app_of
from bot.frontends.discord.destinations import destination_of_id
from bot.frontends.discord.rendering.following import following_embed, label_text
from bot.frontends.discord.speaking import SpeaksToReader
from bot.store.subscriptions import Pause
from bot.text import one_line, shorten
from bot.translation import gettext

_OPTION_LIMIT = 100  # Discord's, for an option's label


class UnfollowSelect(SpeaksToReader, DynamicItem[Select[View]], template=r"following:remove:(?P<channel>\d{1,20})"):
    """Takes what is chosen off the list. The id names the channel, or 0 for who presses it."""

    def __init__(self, channel: int, subscriptions: Sequence[Subscription] = ()) -> None:
        options = [
            discord.SelectOption(
                label=shorten(one_line(label_text(one.kind, one.label)), _OPTION_LIMIT), value=str(one.id)
            )
            for one in subscriptions[:FOLLOW_LIMIT]
        ]
        super().__init__(
            Select(
                placeholder=gettext("Follow something no more"),
                options=options,
                max_values=max(1, len(options)),
                custom_id=f"following:remove:{channel}",
            )
        )
        self._channel = channel

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the menu that was used."""
        return cls(int(match["channel"]))

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Remove it and show what is left."""
        await interaction.response.defer()
        destination = destination_of_id(interaction, self._channel)
        for number in self.item.values:
            await app_of(interaction).subscriptions.following.remove(destination, int(number))
        await _show_again(interaction, destination)


class ResumeButton(SpeaksToReader, DynamicItem[Button[View]], template=r"following:resume:(?P<channel>\d{1,20})"):
    """Lets a destination be written to again."""

    def __init__(self, channel: int) -> None:
        super().__init__(
            Button(
                label=gettext("Resume"),
                style=discord.ButtonStyle.primary,
                custom_id=f"following:resume:{channel}",
            )
        )
        self._channel = channel

    @classmethod
    async def from_custom_id(cls, _: discord.Interaction[Any], __: Item[Any], match: re.Match[str]) -> Self:
        """Return the button that was pressed."""
        return cls(int(match["channel"]))

    @told
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Resume, and show the list."""
        await interaction.response.defer()
        destination = destination_of_id(interaction, self._channel)
        await app_of(interaction).subscriptions.following.resume(destination)
        await _show_again(interaction, destination)


def following_view(destination: str, subscriptions: Sequence[Subscription], pause: Pause | None) -> View | None:
    """Return what stands below a list; None where nothing does. It needs a running event loop."""
    channel = channel_of(destination) or 0
    items: list[DynamicItem[Any]] = [ResumeButton(channel)] if pause else []
    if subscriptions:
        items.append(UnfollowSelect(channel, subscriptions))
    return view_of(*items) if items else None


async def following_message(destination: str, *, app: App) -> tuple[discord.Embed, View | None]:
    """Return what /following shows of a destination."""
    subscriptions = await app.subscriptions.following.of_destination(destination)
    pause = await app.subscriptions.following.pause_of(destination)
    digest = app.settings.digest
    embed = following_embed(
        destination,
        subscriptions,
        pause=pause,
        limit=FOLLOW_LIMIT,
        daily_at=f"{digest.time:%H:%M}",
        zone=digest.time_zone,
    )
    return embed, following_view(destination, subscriptions, pause)


async def _show_again(interaction: discord.Interaction[Any], destination: str) -> None:
    embed, view = await following_message(destination, app=app_of(interaction))
    await interaction.edit_original_response(embed=embed, view=view)


FOLLOWING_BUTTONS = (UnfollowSelect, ResumeButton)
