"""/setup as an embed: what is set, and what keeps it from working."""

from collections.abc import Iterator

import discord

from bot.frontends.discord.house.state import HouseState
from bot.frontends.discord.rendering.rules import (
    answer_language_text,
    answers_text,
    channels_text,
    cooldown_text,
    interface_language_text,
    memory_text,
    mentioned_channels,
    roles_text,
)
from bot.translation import gettext, ngettext

_LINES = 10
"""How many channels with their missing permissions are shown: a field holds 1,024 characters."""

_DIGESTS = 5


def setup_embed(state: HouseState) -> discord.Embed:
    """Return what stands above the menus."""
    rules = state.rules
    embed = discord.Embed(
        title=gettext("Setup"),
        description=gettext(
            "Each choice counts at once. These rules hold for questions, summaries, comparisons and explanations; "
            "those who have Manage Server are bound by the operator's limits alone. Threads go with their channel."
        ),
        colour=discord.Colour.blurple(),
    )
    embed.add_field(name=gettext("Where members may ask"), value="\n".join(_where(state)), inline=False)
    embed.add_field(name=gettext("Who may ask"), value="\n".join(_who(state)), inline=False)
    languages = gettext("Answers: {answers}\nEverything else: {interface}").format(
        answers=answer_language_text(rules.answer_language),
        interface=interface_language_text(rules.interface_language),
    )
    embed.add_field(name=gettext("Languages"), value=languages, inline=False)
    limits = gettext("Each member: {user}\nThis server: {server}\nWait: {wait}").format(
        user=answers_text(rules.user_answers),
        server=answers_text(rules.guild_answers),
        wait=cooldown_text(rules.cooldown_seconds),
    )
    embed.add_field(name=gettext("Answers a day (UTC), and the wait between two"), value=limits, inline=False)
    embed.add_field(name=gettext("Channel memory"), value=memory_text(rules.channel_memory), inline=False)
    embed.add_field(name=gettext("My permissions"), value="\n".join(_permissions(state)), inline=False)
    embed.add_field(name=gettext("Digests"), value="\n".join(digests_told(state)), inline=False)
    return embed


def trial_embed() -> discord.Embed:
    """Return the message that is posted to see whether one can be."""
    text = gettext("An admin tries whether I can post here. This goes away by itself.")
    return discord.Embed(description=text, colour=discord.Colour.blurple())


def digests_told(state: HouseState) -> Iterator[str]:
    """Yield a line for each digest, or say how one comes about."""
    if not state.digests:
        yield gettext("There are none yet. Set one up with /digest add.")
    yield from state.digests[:_DIGESTS]
    if len(state.digests) > _DIGESTS:
        yield _more(len(state.digests) - _DIGESTS)


def _where(state: HouseState) -> Iterator[str]:
    yield channels_text(state.rules)
    gone = len(state.rules.channels) - len(state.channels)
    if gone and not state.channels:
        yield gettext("None of these channels is there any more: nobody but admins can ask. Pick others.")
    elif gone:
        yield ngettext(
            "{number} of them is gone. Pick again to clear it.",
            "{number} of them are gone. Pick again to clear them.",
            gone,
        ).format(number=gone)


def _who(state: HouseState) -> Iterator[str]:
    yield roles_text(state.rules)
    gone = len(state.rules.roles) - len(state.roles)
    if gone and not state.roles:
        yield gettext("None of these roles is there any more: nobody but admins can ask. Pick others.")
    elif gone:
        yield ngettext(
            "{number} of them is gone. Pick again to clear it.",
            "{number} of them are gone. Pick again to clear them.",
            gone,
        ).format(number=gone)


def _permissions(state: HouseState) -> Iterator[str]:
    if not state.looked_at:
        yield gettext("no channel to look at")
        return
    if not state.lacking:
        yield gettext("I have all that I need in {channels}.").format(channels=mentioned_channels(state.looked_at))
    for channel, names in state.lacking[:_LINES]:
        yield gettext("Missing in {channel}: {permissions}").format(
            channel=f"<#{channel}>", permissions=", ".join(names)
        )
    if len(state.lacking) > _LINES:
        yield _more(len(state.lacking) - _LINES)


def _more(number: int) -> str:
    return ngettext("and {number} more", "and {number} more", number).format(number=number)
