"""What /setup and /settings show: the state of a guild's rules as embeds, and the form for its limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord.ui import Label, Modal, TextInput

from bot.app import App
from bot.config import LimitsSettings
from bot.errors.requests import RuleWrong
from bot.frontends.discord.digests.definitions import digest_lines
from bot.frontends.discord.shared import guild_rules
from bot.frontends.discord.shared.components import form_id, form_texts
from bot.frontends.discord.shared.interactions import guild_of_admin
from bot.frontends.discord.shared.permissions import missing
from bot.guilds.settings import MOST_ANSWERS, MOST_COOLDOWN_SECONDS, OwnRules, Rules
from bot.i18n.translation import gettext, localized, ngettext
from bot.text import one_line, shorten

LIMITS_FORM = "setup:form:limits"
"""How a form's custom_id begins; the values that it was opened with follow, so that only those that differ are set."""

_LONGEST = 12
_ECHOED = 40

_FIELD_LIMIT = 1024  # Discord's, of a field's value
_MORE_LIMIT = 100
_LINES = 10
"""How many channels with their missing permissions are shown: more would not fit into a field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupState:
    """The rules that hold; which of their channels and roles are still there; what the bot lacks, by channel; digests.

    `looked_at` are the channels whose permissions were checked.
    """

    rules: Rules
    channels: Sequence[str] = ()
    roles: Sequence[str] = ()
    looked_at: Sequence[str] = ()
    lacking: Sequence[tuple[str, Sequence[str]]] = ()
    digests: Sequence[str] = ()


async def state_of(interaction: discord.Interaction, app: App) -> SetupState:
    """Return the state of the guild that an admin acts in. Raises as guild_of_admin does, and StoreError."""
    guild_id = guild_of_admin(interaction)
    rules = await app.guild_settings.rules(guild_id)
    digests = await digest_lines(guild_id, client=interaction.client, app=app)
    guild = interaction.client.get_guild(int(guild_id))
    if guild is None:  # not yet known, just after connecting
        return SetupState(rules=rules, channels=rules.channels, roles=rules.roles, digests=digests)
    looked_at = _channels(rules, interaction, guild)
    lacking = [(str(channel.id), names) for channel in looked_at if (names := _lacking(channel, guild))]
    return SetupState(
        rules=rules,
        channels=[each for each in rules.channels if guild.get_channel(int(each)) is not None],
        roles=[each for each in rules.roles if guild.get_role(int(each)) is not None],
        looked_at=[str(channel.id) for channel in looked_at],
        lacking=lacking,
        digests=digests,
    )


def _channels(
    rules: Rules, interaction: discord.Interaction, guild: discord.Guild
) -> Sequence[discord.abc.GuildChannel]:
    """Return the channels that members may ask in; where that is all of them, the one that the admin is in."""
    ids: list[int | None] = [int(each) for each in rules.channels]
    ids = ids or [_here(interaction)]
    return [channel for each in ids if each is not None and (channel := guild.get_channel(each)) is not None]


def _here(interaction: discord.Interaction) -> int | None:
    channel = interaction.channel
    return channel.parent_id if isinstance(channel, discord.Thread) else interaction.channel_id


def _lacking(channel: discord.abc.GuildChannel, guild: discord.Guild) -> Sequence[str]:
    # A forum holds threads alone.
    return missing(channel.permissions_for(guild.me), in_thread=isinstance(channel, discord.ForumChannel))


def setup_embed(state: SetupState) -> discord.Embed:
    """Return what is shown above the menus."""
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
        answers=guild_rules.answer_language_text(rules.answer_language),
        interface=guild_rules.interface_language_text(rules.interface_language),
    )
    embed.add_field(name=gettext("Languages"), value=languages, inline=False)
    limits = gettext("Each member: {user}\nThis server: {server}\nWait: {wait}").format(
        user=guild_rules.answers_text(rules.user_answers),
        server=guild_rules.answers_text(rules.guild_answers),
        wait=guild_rules.cooldown_text(rules.cooldown_seconds),
    )
    embed.add_field(name=gettext("Answers a day (UTC) and wait between answers"), value=limits, inline=False)
    embed.add_field(name=gettext("Channel memory"), value=guild_rules.memory_text(rules.channel_memory), inline=False)
    embed.add_field(name=gettext("My permissions"), value="\n".join(_permissions(state)), inline=False)
    embed.add_field(name=gettext("Digests"), value="\n".join(_digests(state)), inline=False)
    return embed


def trial_embed() -> discord.Embed:
    """Return the message that is posted to see whether one can be."""
    text = gettext("An admin is testing whether I can post here. I'll delete this message straight away.")
    return discord.Embed(description=text, colour=discord.Colour.blurple())


def _digests(state: SetupState) -> Iterator[str]:
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
    yield guild_rules.channels_text(state.rules)
    if state.rules.channels and not state.channels:
        yield gettext("These channels are no longer available, so only admins can ask. Choose others.")
    else:
        yield from _unavailable(len(state.rules.channels) - len(state.channels))


def _who(state: SetupState) -> Iterator[str]:
    yield guild_rules.roles_text(state.rules)
    if state.rules.roles and not state.roles:
        yield gettext("These roles are no longer available, so only admins can ask. Choose others.")
    else:
        yield from _unavailable(len(state.rules.roles) - len(state.roles))


def _unavailable(number: int) -> Iterator[str]:
    if number:
        yield ngettext(
            "{number} of them is no longer available. Choose again to clear it.",
            "{number} of them are no longer available. Choose again to clear them.",
            number,
        ).format(number=number)


def _permissions(state: SetupState) -> Iterator[str]:
    if not state.looked_at:
        yield gettext("no channel to check")
        return
    if not state.lacking:
        yield gettext("I have every permission I need in {channels}.").format(
            channels=guild_rules.mentioned_channels(state.looked_at)
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
        "channels": (gettext("Where members may ask"), guild_rules.channels_text(rules)),
        "roles": (gettext("Who may ask"), guild_rules.roles_text(rules)),
        "answer_language": (gettext("Language of answers"), guild_rules.answer_language_text(rules.answer_language)),
        "interface_language": (
            gettext("Language of everything else"),
            guild_rules.interface_language_text(rules.interface_language),
        ),
        "user_answers": (gettext("Answers per member"), guild_rules.answers_text(rules.user_answers)),
        "guild_answers": (gettext("Answers for this server"), guild_rules.answers_text(rules.guild_answers)),
        "cooldown_seconds": (
            gettext("Wait between answers to a member"),
            guild_rules.cooldown_text(rules.cooldown_seconds),
        ),
        "channel_memory": (gettext("Channel memory"), guild_rules.memory_text(rules.channel_memory)),
    }
    embed = discord.Embed(title=gettext("This server's settings"), colour=discord.Colour.blurple())
    for rule, (name, value) in values.items():
        embed.add_field(name=name, value=f"{value}\n-# {_source(rule, state, operator)}", inline=False)
    embed.add_field(name=gettext("Digests"), value="\n".join(_digests(state)), inline=False)
    return embed


def confirm_reset_embed() -> discord.Embed:
    """Return the question before everything is reset."""
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


@dataclass(frozen=True, slots=True)
class _Field:
    rule: str
    label: str
    least: int
    most: int
    default: str


def limits_form(own: OwnRules, operator: LimitsSettings) -> Modal:
    """Return the form with what a guild has set. It needs a running event loop."""
    fields = {field: getattr(own, field.rule) for field in _fields(operator)}
    opened_with = ":".join(str(value or "") for value in fields.values())
    form = Modal(title=gettext("Limits"), custom_id=f"{LIMITS_FORM}:{opened_with}")
    for field, value in fields.items():
        text = TextInput[Any](
            required=False,
            max_length=_LONGEST,
            default=None if value is None else str(value),
            placeholder=f"{field.least} – {field.most}",
            custom_id=field.rule,
        )
        described = gettext("Leave empty for the operator's default: {default}").format(default=field.default)
        form.add_item(Label(text=field.label, description=described, component=text))
    form.stop()  # so that discord.py doesn't keep it
    return form


def read_changed_rules(interaction: discord.Interaction, operator: LimitsSettings) -> dict[str, int | None]:
    """Return the rules that a form changes, by name; None for a default. Raises RuleWrong for the first wrong one."""
    texts = form_texts(interaction)
    opened_with = form_id(interaction).removeprefix(f"{LIMITS_FORM}:").split(":")
    return {
        field.rule: _number(text, field)
        for field, before in zip(_fields(operator), opened_with, strict=False)
        if (text := texts.get(field.rule, "").strip()) != before
    }


def _fields(operator: LimitsSettings) -> Sequence[_Field]:
    return (
        _Field(
            "cooldown_seconds",
            gettext("Seconds between answers to a member"),
            operator.cooldown_seconds,
            MOST_COOLDOWN_SECONDS,
            guild_rules.cooldown_text(operator.cooldown_seconds),
        ),
        _Field(
            "user_answers",
            gettext("Answers a day for each member"),
            1 if operator.user_answers else 0,
            operator.user_answers or MOST_ANSWERS,
            guild_rules.answers_text(operator.user_answers),
        ),
        _Field(
            "guild_answers",
            gettext("Answers a day for this server"),
            1 if operator.guild_answers else 0,
            operator.guild_answers or MOST_ANSWERS,
            guild_rules.answers_text(operator.guild_answers),
        ),
    )


def _number(text: str, field: _Field) -> int | None:
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not field.least <= number <= field.most:
        raise RuleWrong(text=shorten(one_line(text), _ECHOED), name=field.label, least=field.least, most=field.most)
    return number or None  # 0 where the operator has set no limit: that is the default
