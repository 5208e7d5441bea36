"""/settings as an embed: every rule that holds, and where it comes from."""

import discord

from bot.config import LimitsSettings
from bot.frontends.discord.house.state import HouseState
from bot.frontends.discord.rendering.rules import (
    answer_language_text,
    answers_text,
    channels_text,
    cooldown_text,
    interface_language_text,
    memory_text,
    roles_text,
)
from bot.frontends.discord.rendering.setup import digests_told
from bot.translation import gettext


def settings_embed(state: HouseState, operator: LimitsSettings) -> discord.Embed:
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
        "user_answers": (gettext("Answers for each member"), answers_text(rules.user_answers)),
        "guild_answers": (gettext("Answers for this server"), answers_text(rules.guild_answers)),
        "cooldown_seconds": (gettext("Wait between two answers to a member"), cooldown_text(rules.cooldown_seconds)),
        "channel_memory": (gettext("Channel memory"), memory_text(rules.channel_memory)),
    }
    embed = discord.Embed(title=gettext("Settings of this server"), colour=discord.Colour.blurple())
    for rule, (name, value) in values.items():
        embed.add_field(name=name, value=f"{value}\n-# {_source(rule, state, operator)}", inline=False)
    embed.add_field(name=gettext("Digests"), value="\n".join(digests_told(state)), inline=False)
    return embed


def confirm_reset_embed() -> discord.Embed:
    """Return the question that is asked before everything is reset."""
    return discord.Embed(
        title=gettext("Reset all settings of this server?"),
        description=gettext(
            "Every setting goes back to its default: members may ask everywhere, and the operator's limits hold. "
            "Digests stay as they are."
        ),
        colour=discord.Colour.orange(),
    )


def _source(rule: str, state: HouseState, operator: LimitsSettings) -> str:
    if rule in state.rules.own:
        return gettext("set by this server")
    return gettext("the operator's default") if hasattr(operator, rule) else gettext("default")
