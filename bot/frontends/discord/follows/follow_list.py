"""What is followed, in words and as a list, with a menu that unfollows and a button that ends a pause."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ui import DynamicItem, Select, View

from bot.app import App
from bot.errors.requests import FollowChannelUnfit, FollowElsewhere
from bot.follows.follow import FOLLOW_LIMIT, Follow, FollowKind, Pace, channel_of, in_channel, private
from bot.follows.notifications import Reason
from bot.frontends.discord.shared.components import PersistentButton, PersistentItem, view_of
from bot.frontends.discord.shared.interactions import AppClient
from bot.frontends.discord.shared.markdown import escape
from bot.frontends.discord.shared.permissions import missing_for_posting
from bot.i18n.translation import gettext, ngettext, phrase
from bot.latex import readable
from bot.store.follows import Pause
from bot.text import one_line, shorten


def label_text(kind: FollowKind, label: str) -> str:
    """Return the kind and the label of a subscription, as in: topic spiking transformers."""
    phrases = {
        FollowKind.TOPIC: gettext("topic {label}"),
        FollowKind.AUTHOR: gettext("author {label}"),
        FollowKind.ORGANISATION: gettext("organisation {label}"),
        FollowKind.PAPER: gettext("paper {label}"),
    }
    return phrases[kind].format(label=readable(label))


def following_embed(
    destination: str,
    follows: Sequence[Follow],
    *,
    pause: Pause | None,
    limit: int,
    daily_at: str,
    zone: str,
) -> discord.Embed:
    """Return all that a destination follows; `daily_at` and `zone` are those of daily messages without an hour."""
    colour = discord.Colour.orange() if pause else discord.Colour.blurple()
    embed = discord.Embed(title=gettext("Following"), colour=colour)
    parts = [f"**{pause_text(pause)}**\n"] if pause else []
    for number, one in enumerate(follows, start=1):
        at = daily_at if one.hour is None else f"{one.hour:02}:00"
        daily = gettext("daily at {at}").format(at=f"{at} {zone}")
        pace = gettext("as it happens") if one.pace is Pace.SOON else daily
        parts.append(f"{number}\\. {escape(label_text(one.kind, one.label))} · {escape(pace)}")
    if not follows:
        parts.append(
            gettext(
                "Nothing followed yet. Start with `/follow topic`, `/follow author`, `/follow organisation` or "
                "`/follow paper`."
            )
        )
    embed.description = "\n".join(parts)
    channel = channel_of(destination)
    where = gettext("sent by direct message") if channel is None else gettext("posted in the channel")
    counted = ngettext("{number} of {limit} followed", "{number} of {limit} followed", len(follows))
    footer = counted.format(number=len(follows), limit=limit)
    return embed.set_footer(text=f"{footer} · {where}")


def pause_text(pause: Pause) -> str:
    """Say why a destination is not written to, and what the user can do."""
    match pause.reason:
        case Reason.PRIVATE:
            return gettext(
                "I couldn't message you: you don't accept direct messages from me. Allow them in the privacy "
                "settings of a server we share, then press Resume under /following."
            )
        case Reason.FORBIDDEN:
            return gettext(
                "I can't post in this channel. Give me View Channel, Send Messages, Embed Links and Read "
                "Message History there, then press Resume under /following."
            )
        case _:
            return gettext("I couldn't find where to send updates. Press Resume under /following to let me try again.")


_OPTION_LIMIT = 100  # Discord's, for an option's label


class UnfollowSelect(PersistentItem[Select[View]], template=r"following:remove:(?P<channel>\d{1,20})"):
    """Unfollows what is chosen. The id names the channel, or 0 for the user's own list."""

    def __init__(self, channel: int | str, follows: Sequence[Follow] = ()) -> None:
        options = [
            discord.SelectOption(
                label=shorten(one_line(label_text(one.kind, one.label)), _OPTION_LIMIT), value=str(one.id)
            )
            for one in follows[:FOLLOW_LIMIT]
        ]
        super().__init__(
            Select(
                placeholder=gettext("Unfollow…"),
                options=options,
                max_values=max(1, len(options)),
                custom_id=self.id_with(channel=channel),
            )
        )
        self._channel = int(channel)

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Unfollow, and show what is left. Raises as destination_of does."""
        await interaction.response.defer()
        destination = destination_of_id(interaction, self._channel)
        for number in self.item.values:
            await app.follows.remove(destination, int(number))
        await _show_again(interaction, destination, app)


class ResumeButton(PersistentButton, template=r"following:resume:(?P<channel>\d{1,20})"):
    """Lets a destination be written to again."""

    name = phrase("Resume")
    style = discord.ButtonStyle.primary

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Resume, and show the list. Raises as destination_of does."""
        await interaction.response.defer()
        destination = destination_of_id(interaction, int(self.values["channel"]))
        await app.follows.resume(destination)
        await _show_again(interaction, destination, app)


def following_view(destination: str, follows: Sequence[Follow], pause: Pause | None) -> View | None:
    """Return the button and the menu below a list; None where it needs neither. It needs a running event loop."""
    channel = channel_of(destination) or 0
    items: list[DynamicItem[Any]] = [ResumeButton(channel=channel)] if pause else []
    if follows:
        items.append(UnfollowSelect(channel, follows))
    return view_of(*items) if items else None


async def following_message(destination: str, *, app: App) -> tuple[discord.Embed, View | None]:
    """Return the embed and the view (None for no controls) that list a destination's subscriptions."""
    follows = await app.follows.of_destination(destination)
    pause = await app.follows.pause_of(destination)
    digest = app.settings.digest
    embed = following_embed(
        destination,
        follows,
        pause=pause,
        limit=FOLLOW_LIMIT,
        daily_at=f"{digest.time:%H:%M}",
        zone=digest.time_zone,
    )
    return embed, following_view(destination, follows, pause)


async def _show_again(interaction: discord.Interaction, destination: str, app: App) -> None:
    embed, view = await following_message(destination, app=app)
    await interaction.edit_original_response(embed=embed, view=view)


Channel = discord.TextChannel | discord.Thread


def destination_of(interaction: discord.Interaction, channel: Channel | None, *, posting: bool = False) -> str:
    """Return where a user wants to be notified: their direct messages, or a channel in which they have Manage Channels.

    With `posting` the bot must be able to write there. Raises MissingPermissions, FollowChannelUnfit, and
    FollowElsewhere for a channel of a server that the bot isn't in.
    """
    if channel is None:
        return private(str(interaction.user.id))
    member = interaction.user
    here = channel.guild.me
    if here is None or not isinstance(member, discord.Member) or member.guild.id != channel.guild.id:
        raise FollowElsewhere
    if not channel.permissions_for(member).manage_channels:
        raise app_commands.MissingPermissions(["manage_channels"])
    if posting:
        lacking = missing_for_posting(channel.permissions_for(here), in_thread=isinstance(channel, discord.Thread))
        if lacking:
            raise FollowChannelUnfit(channel=f"#{channel.name}", permissions=", ".join(lacking))
    return in_channel(channel.id)


def destination_of_id(interaction: discord.Interaction, channel_id: int) -> str:
    """Return a destination as `destination_of` does; a channel_id of 0 means in private."""
    if channel_id == 0:
        return destination_of(interaction, None)
    channel = interaction.client.get_channel(channel_id)
    if not isinstance(channel, Channel):
        raise FollowElsewhere
    return destination_of(interaction, channel)


async def setup(client: AppClient) -> None:
    """Add the button and the menu."""
    client.add_dynamic_items(UnfollowSelect, ResumeButton)
