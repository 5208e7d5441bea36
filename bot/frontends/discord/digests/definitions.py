"""A server's digests: finding them, their definitions in words, and the question before one is removed."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.answers.wording import day
from bot.app import App
from bot.digests.definitions import display_name
from bot.digests.outlet import sentence
from bot.digests.wording import asked_for
from bot.errors.requests import DigestChannelUnfit, DigestOfSettings, DigestUnknown
from bot.frontends.discord.shared.autocomplete import CHOICE_LIMIT, CHOICES
from bot.frontends.discord.shared.components import KeepButton, PersistentButton, view_of
from bot.frontends.discord.shared.interactions import AppClient, app_of, guild_of_admin
from bot.frontends.discord.shared.markdown import escape, escape_within
from bot.frontends.discord.shared.permissions import missing_for_posting
from bot.i18n.translation import PhraseList, gettext, ngettext, phrase
from bot.store.digest_ledger import LastPost
from bot.store.digests import EVERY_DAY, SETTINGS_PREFIX, DigestDefinition
from bot.text import one_line, shorten
from bot.time_zones import matching_zones

MOST_DIGESTS = 25
"""How many digests a server can have: as many as Discord offers in a completion."""

_LIST_LIMIT = 4000
_ASKED_LIMIT, _SHORT_LIMIT, _REASON_LIMIT = 600, 60, 120
_WEEKDAYS = [phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu"), phrase("Fri"), phrase("Sat"), phrase("Sun")]


def guild_of(interaction: discord.Interaction) -> discord.Guild:
    """Return the guild in which an admin sets up digests. Raises as guild_of_admin does."""
    guild_of_admin(interaction)
    if interaction.guild is None:  # not yet known, just after connecting
        raise app_commands.NoPrivateMessage
    return interaction.guild


async def digests_of(guild: discord.Guild, *, app: App) -> Sequence[DigestDefinition]:
    """Return the guild's own digests and those that the settings make for its channels."""
    channels = [channel.id for channel in guild.channels]
    return [*app.digest_definitions.of_channels(channels), *await app.digest_store.of_guild(str(guild.id))]


async def known_digests(guild: str, *, client: discord.Client, app: App) -> Sequence[DigestDefinition]:
    """Return a guild's digests; without those that the operator set while the guild isn't known. Raises StoreError."""
    known = client.get_guild(int(guild))
    return await digests_of(known, app=app) if known else await app.digest_store.of_guild(guild)


async def find_digest(text: str, guild: discord.Guild, *, app: App) -> DigestDefinition:
    """Return the guild's digest of this name, or with the value that completion gives. Raises DigestUnknown."""
    wanted = one_line(text)
    for one in await digests_of(guild, app=app):
        if wanted == _value(one) or wanted.casefold() in {one.name.casefold(), display_name(one.name).casefold()}:
            return one
    raise DigestUnknown(name=shorten(wanted, CHOICE_LIMIT))


async def find_own_digest(text: str, guild: discord.Guild, *, app: App) -> DigestDefinition:
    """Return a digest that the guild can change. Raises DigestUnknown and DigestOfSettings."""
    found = await find_digest(text, guild, app=app)
    if found.key.startswith(SETTINGS_PREFIX):
        raise DigestOfSettings
    return found


def check_channel(channel: discord.abc.GuildChannel, *, thread: bool) -> None:
    """Raise DigestChannelUnfit, with the exact permissions, when digests can't be posted in a channel."""
    lacking = missing_for_posting(channel.permissions_for(channel.guild.me), with_thread=thread)
    if lacking:
        reason = phrase("I need {permissions} there", permissions=PhraseList(lacking))
        raise DigestChannelUnfit(channel=f"#{channel.name}", reason=reason)


async def suggest_digests(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return the guild's digests whose names hold what was typed."""
    if interaction.guild is None:
        return []
    known = await digests_of(interaction.guild, app=app_of(interaction))
    fitting = [one for one in known if typed.strip().casefold() in display_name(one.name).casefold()]
    return [app_commands.Choice(name=_label(one, interaction.guild), value=_value(one)) for one in fitting[:CHOICES]]


async def suggest_zones(_: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Return the time zones that fit what was typed, from memory."""
    return [app_commands.Choice(name=name, value=name) for name in matching_zones(typed, limit=CHOICES)]


def _value(definition: DigestDefinition) -> str:
    return f"#{definition.key}"


def _label(definition: DigestDefinition, guild: discord.Guild) -> str:
    channel = guild.get_channel(definition.channel)
    name = display_name(definition.name)
    return shorten(f"{name} · #{channel.name}" if channel else name, CHOICE_LIMIT)


def when(definition: DigestDefinition) -> str:
    """Return when a digest is posted, such as: every day at 08:30, Europe/Berlin."""
    days = _days(definition.weekdays)
    at = f"{definition.at:%H:%M}"
    match definition.period:
        case "weekly":
            text = gettext("every week on {days} at {time}, {zone}")
            days = _days((min(definition.weekdays),))
        case "monthly":
            text = gettext("every month on the first day at {time}, {zone}")
            if definition.weekdays != EVERY_DAY:
                text = gettext("every month on the first of these days: {days}, at {time}, {zone}")
        case _:
            text = gettext("on {days} at {time}, {zone}")
            if definition.weekdays == EVERY_DAY:
                text = gettext("every day at {time}, {zone}")
    return text.format(days=days, time=at, zone=definition.zone)


def definition_text(definition: DigestDefinition, *, short: bool = False) -> str:
    """Return what a digest contains, where and when it is posted, and how it is written unless `short`."""
    topics = escape_within(one_line(asked_for(definition)), _SHORT_LIMIT if short else _ASKED_LIMIT)
    head = f"**{escape(display_name(definition.name))}** · <#{definition.channel}> · {escape(when(definition))}"
    facts = [
        ngettext("at most {count} paper", "at most {count} papers", definition.length).format(count=definition.length),
        gettext("sentences by the model") if definition.writer == "model" else gettext("verbatim sentences"),
        gettext("silent if there are no papers")
        if definition.when_empty == "silent"
        else gettext("says why if there are no papers"),
        *([gettext("with a thread")] if definition.thread else []),
    ]
    return f"{head}\n{topics}" if short else f"{head}\n{topics}\n-# {' · '.join(facts)}"


def digests_embed(listed: Sequence[tuple[DigestDefinition, LastPost | None]], *, limit: int) -> discord.Embed:
    """Return a server's digests, each with how its last post went."""
    embed = discord.Embed(title=gettext("This server's digests"), colour=discord.Colour.blurple())
    if not listed:
        embed.description = gettext("No digests yet. Set one up with /digest add.")
        return embed
    texts = [_describe(definition, last, short=False) for definition, last in listed]
    if len("\n\n".join(texts)) > _LIST_LIMIT:
        texts = [_describe(definition, last, short=True) for definition, last in listed]
    while len("\n\n".join(texts)) > _LIST_LIMIT:
        texts.pop()
    embed.description = "\n\n".join(texts)
    own = sum(definition.guild is not None for definition, _ in listed)
    embed.set_footer(text=gettext("{count} of up to {limit} digests").format(count=own, limit=limit))
    return embed


def _describe(definition: DigestDefinition, last: LastPost | None, *, short: bool) -> str:
    lines = [definition_text(definition, short=short)]
    if posted := last_post_text(definition, last):
        lines.append(f"-# {posted}")
    if definition.made_by and not short:
        lines.append(gettext("-# Set up by {member}.").format(member=f"<@{definition.made_by}>"))
    if definition.key.startswith(SETTINGS_PREFIX) and not short:
        lines.append(gettext("-# Set up by the bot's operator."))
    return "\n".join(lines)


def last_post_text(definition: DigestDefinition, last: LastPost | None) -> str:
    """Return why a digest is paused, else how its last post went; nothing before its first."""
    if definition.paused:
        reason = _reason(definition.paused)
        return gettext("⚠ Paused: {reason}").format(reason=reason)
    return _describe_last_post(last) if last is not None else ""


def digest_line(definition: DigestDefinition, last: LastPost | None) -> str:
    """Return a digest in one line: its name, where and when it is posted, and how its last post went."""
    name = escape_within(one_line(display_name(definition.name)), _SHORT_LIMIT)
    text = gettext("{name} in {channel}, {when}").format(
        name=f"**{name}**", channel=f"<#{definition.channel}>", when=escape(when(definition))
    )
    return " · ".join(filter(None, [text, last_post_text(definition, last)]))


def _reason(code: str) -> str:
    return escape_within(one_line(sentence(code).localized()), _REASON_LIMIT)


def _describe_last_post(last: LastPost) -> str:
    state = {
        "posted": gettext("Last posted on {day}"),
        "missed": gettext("⚠ Missed on {day}"),
        "skipped": gettext("Nothing to report on {day}"),
        "pending": gettext("Not posted yet on {day}, still trying"),
    }[last.state].format(day=day(last.day))
    reason = _reason(last.reason or "") if last.state != "posted" else ""
    return f"{state}: {reason}" if reason else state


def _days(weekdays: tuple[int, ...]) -> str:
    names = [name.localized() for name in _WEEKDAYS]
    if len(weekdays) > 2 and weekdays == tuple(range(weekdays[0], weekdays[-1] + 1)):
        return gettext("{first} to {last}").format(first=names[weekdays[0]], last=names[weekdays[-1]])
    return ", ".join(names[weekday] for weekday in weekdays)


async def digest_lines(guild: str, *, client: discord.Client, app: App) -> Sequence[str]:
    """Return a line for each digest of a guild, for its admins; none where it has none. Raises StoreError."""
    return [
        digest_line(one, await app.digest_contents.last_row(one.key))
        for one in await known_digests(guild, client=client, app=app)
    ]


async def digest_troubles(digests: Sequence[DigestDefinition], *, app: App) -> str | None:
    """Say how many of a guild's digests are paused or missed their last post, or None. Raises StoreError.

    Every member may read it: it names neither digests nor their channels, which may be hidden.
    """
    paused = sum(one.paused is not None for one in digests)
    missed = 0
    for one in digests:
        last = await app.digest_contents.last_row(one.key)
        missed += one.paused is None and last is not None and last.state == "missed"
    counts = [
        ngettext("{number} is paused", "{number} are paused", paused).format(number=paused) if paused else "",
        ngettext("{number} missed its last post", "{number} missed their last post", missed).format(number=missed)
        if missed
        else "",
    ]
    facts = ", ".join(filter(None, counts))
    return gettext("{told}. Admins can see why with `/digest list`.").format(told=facts) if facts else None


class RemoveDigestButton(PersistentButton, template=r"digest:remove:(?P<key>\d{1,18})"):
    """Removes a digest of the server in which it is pressed."""

    name = phrase("Remove")
    style = discord.ButtonStyle.danger

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Remove the digest, and say so in the place of the question. Raises as guild_of does."""
        guild = guild_of(interaction)
        definition = await app.digest_store.get(self.values["key"])
        removed = await app.digest_store.remove(self.values["key"], guild=str(guild.id))
        text = gettext("It was already removed.")
        if removed and definition is not None:
            text = gettext("Removed: {name}. Its posts stay.").format(name=escape(definition.name))
        await interaction.response.edit_message(content=text, embeds=[], view=None)


class KeepDigestButton(KeepButton, template="digest:keep"):
    """Leaves the digest as it is."""

    kept = phrase("Nothing was removed.")


def removal_view(definition: DigestDefinition) -> discord.ui.View:
    """Return the buttons that ask whether a digest is to be removed. It needs a running event loop."""
    return view_of(RemoveDigestButton(key=definition.key), KeepDigestButton())


async def setup(client: AppClient) -> None:
    """Add the buttons."""
    client.add_dynamic_items(RemoveDigestButton, KeepDigestButton)
