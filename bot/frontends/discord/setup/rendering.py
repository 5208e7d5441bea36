"""/setup as an embed: what is set, and what keeps it from working."""

from collections.abc import Iterator

import discord

from bot.config import LimitsSettings
from bot.frontends.discord.setup.state import SetupState
from bot.frontends.discord.shared.guild_rules import (
    answer_language_text,
    answers_text,
    channels_text,
    cooldown_text,
    interface_language_text,
    memory_text,
    mentioned_channels,
    roles_text,
)
from bot.i18n.translation import gettext, localized, ngettext

_FIELD_LIMIT = 1024  # Discord's, of a field's value
_MORE_LIMIT = 100
_LINES = 10
"""How many channels with their missing permissions are shown: more would not fit into a field."""


def setup_embed(state: SetupState) -> discord.Embed:
    """Return what stands above the menus."""
    rules = state.rules
    embed = discord.Embed(
        title=gettext("Setup"),
        description=gettext(
            "Changes apply immediately. These rules cover questions, summaries, comparisons and explanations; "
            "members with Manage Server are bound only by the operator's limits. Threads follow their channel."
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
    embed.add_field(name=gettext("Answers a day (UTC) and wait between answers"), value=limits, inline=False)
    embed.add_field(name=gettext("Channel memory"), value=memory_text(rules.channel_memory), inline=False)
    embed.add_field(name=gettext("My permissions"), value="\n".join(_permissions(state)), inline=False)
    embed.add_field(name=gettext("Digests"), value="\n".join(digests_told(state)), inline=False)
    return embed


def trial_embed() -> discord.Embed:
    """Return the message that is posted to see whether one can be."""
    text = gettext("An admin is testing whether I can post here. I'll delete this message straight away.")
    return discord.Embed(description=text, colour=discord.Colour.blurple())


def digests_told(state: SetupState) -> Iterator[str]:
    """Yield a line for each digest, as many as fit into a field, or say how one comes about."""
    if not state.digests:
        yield gettext("none; set one up with `/digest add`")
    shown, room = 0, _FIELD_LIMIT - _MORE_LIMIT
    for line in state.digests:
        room -= len(line) + 1
        if room < 0:
            break
        yield line
        shown += 1
    if shown < len(state.digests):
        more = _more(len(state.digests) - shown)
        yield gettext("{more}: see all with `/digest list`").format(more=more)


def _where(state: SetupState) -> Iterator[str]:
    yield channels_text(state.rules)
    gone = len(state.rules.channels) - len(state.channels)
    if gone and not state.channels:
        yield gettext("These channels are no longer available, so only admins can ask. Choose others.")
    elif gone:
        yield ngettext(
            "{number} of them is no longer available. Choose again to clear it.",
            "{number} of them are no longer available. Choose again to clear them.",
            gone,
        ).format(number=gone)


def _who(state: SetupState) -> Iterator[str]:
    yield roles_text(state.rules)
    gone = len(state.rules.roles) - len(state.roles)
    if gone and not state.roles:
        yield gettext("These roles are no longer available, so only admins can ask. Choose others.")
    elif gone:
        yield ngettext(
            "{number} of them is no longer available. Choose again to clear it.",
            "{number} of them are no longer available. Choose again to clear them.",
            gone,
        ).format(number=gone)


def _permissions(state: SetupState) -> Iterator[str]:
    if not state.looked_at:
        yield gettext("no channel to check")
        return
    if not state.lacking:
        yield gettext("I have every permission I need in {channels}.").format(
            channels=mentioned_channels(state.looked_at)
        )
    for channel, names in state.lacking[:_LINES]:
        yield gettext("Missing in {channel}: {permissions}").format(
            channel=f"<#{channel}>", permissions=", ".join(map(localized, names))
        )
    if len(state.lacking) > _LINES:
        yield _more(len(state.lacking) - _LINES)


def _more(number: int) -> str:
    return ngettext("and {number} more", "and {number} more", number).format(number=number)


def settings_embed(state: SetupState, operator: LimitsSettings) -> discord.Embed:
    """Return every rule with its source."""
    rules = state.rules
    values = {
        "channels": (gettext("Where members may ask"), channels_text(rules)),
        "roles": (gettext("Who may ask"), roles_text(rules)),
        "answer_language": (gettext("Language of answers"), answer_language_text(rules.answer_language)),
        "interface_language": (
            gettext("Language of everything else"),
            interface_language_text(rules.interface_language),
        ),
        "user_answers": (gettext("Answers per member"), answers_text(rules.user_answers)),
        "guild_answers": (gettext("Answers for this server"), answers_text(rules.guild_answers)),
        "cooldown_seconds": (gettext("Wait between answers to a member"), cooldown_text(rules.cooldown_seconds)),
        "channel_memory": (gettext("Channel memory"), memory_text(rules.channel_memory)),
    }
    embed = discord.Embed(title=gettext("This server's settings"), colour=discord.Colour.blurple())
    for rule, (name, value) in values.items():
        embed.add_field(name=name, value=f"{value}\n-# {_source(rule, state, operator)}", inline=False)
    embed.add_field(name=gettext("Digests"), value="\n".join(digests_told(state)), inline=False)
    return embed


def confirm_reset_embed() -> discord.Embed:
    """Return the question that is asked before everything is reset."""
    return discord.Embed(
        title=gettext("Reset all of this server's settings?"),
        description=gettext(
            "Every setting returns to its default: members may ask everywhere, and only the operator's limits "
            "apply. Digests stay as they are."
        ),
        colour=discord.Colour.orange(),
    )


def _source(rule: str, state: SetupState, operator: LimitsSettings) -> str:
    if rule in state.rules.own:
        return gettext("set by this server")
    return gettext("the operator's default") if hasattr(operator, rule) else gettext("default")
