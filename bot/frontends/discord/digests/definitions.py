"""Definitions of digests: one in a few lines, and a server's list."""

from collections.abc import Sequence

import discord

from bot.answers.wording import day
from bot.app import App
from bot.digests.definitions import display_name
from bot.digests.outlet import sentence
from bot.digests.wording import asked_for
from bot.frontends.discord.digests.editing import digests_of
from bot.frontends.discord.shared.markdown import escape, escape_within
from bot.i18n.translation import gettext, ngettext
from bot.store.digest_ledger import LastPost
from bot.store.digests import EVERY_DAY, SETTINGS_PREFIX, DigestDefinition
from bot.text import one_line

_LIST_LIMIT = 4000
_ASKED_LIMIT, _SHORT_LIMIT = 600, 60


def when(definition: DigestDefinition) -> str:
    """Return when a digest is posted, such as: every day at 08:30, Europe/Berlin."""
    days = _days(definition.weekdays)
    at = f"{definition.at:%H:%M}"
    match definition.period:
        case "weekly":
            said = gettext("every week on {days} at {time}, {zone}")
            days = _days((min(definition.weekdays),))
        case "monthly":
            said = gettext("every month on the first day at {time}, {zone}")
            if definition.weekdays != EVERY_DAY:
                said = gettext("every month on the first of these days: {days}, at {time}, {zone}")
        case _:
            said = gettext("on {days} at {time}, {zone}")
            if definition.weekdays == EVERY_DAY:
                said = gettext("every day at {time}, {zone}")
    return said.format(days=days, time=at, zone=definition.zone)


def definition_text(definition: DigestDefinition, *, short: bool = False) -> str:
    """Return what a digest tells of, where and when."""
    asked = escape_within(one_line(asked_for(definition)), _SHORT_LIMIT if short else _ASKED_LIMIT)
    head = f"**{escape(display_name(definition.name))}** · <#{definition.channel}> · {escape(when(definition))}"
    facts = [
        ngettext("at most {count} paper", "at most {count} papers", definition.length).format(count=definition.length),
        gettext("sentences by the model") if definition.writer == "model" else gettext("verbatim sentences"),
        gettext("silent if there are no papers")
        if definition.when_empty == "silent"
        else gettext("says why if there are no papers"),
        *([gettext("with a thread")] if definition.thread else []),
    ]
    return f"{head}\n{asked}" if short else f"{head}\n{asked}\n-# {' · '.join(facts)}"


def digests_embed(listed: Sequence[tuple[DigestDefinition, LastPost | None]], *, limit: int) -> discord.Embed:
    """Return a server's digests, each with what became of its last day."""
    embed = discord.Embed(title=gettext("This server's digests"), colour=discord.Colour.blurple())
    if not listed:
        embed.description = gettext("No digests yet. Set one up with /digest add.")
        return embed
    texts = [_listed(definition, last, short=False) for definition, last in listed]
    if len("\n\n".join(texts)) > _LIST_LIMIT:
        texts = [_listed(definition, last, short=True) for definition, last in listed]
    while len("\n\n".join(texts)) > _LIST_LIMIT:
        texts.pop()
    embed.description = "\n\n".join(texts)
    own = sum(definition.guild is not None for definition, _ in listed)
    embed.set_footer(text=gettext("{count} of up to {limit} digests").format(count=own, limit=limit))
    return embed


def _listed(definition: DigestDefinition, last: LastPost | None, *, short: bool) -> str:
    lines = [definition_text(definition, short=short)]
    if became := became_text(definition, last):
        lines.append(f"-# {became}")
    if definition.made_by and not short:
        lines.append(gettext("-# Set up by {member}.").format(member=f"<@{definition.made_by}>"))
    if definition.key.startswith(SETTINGS_PREFIX) and not short:
        lines.append(gettext("-# Set up by the bot's operator."))
    return "\n".join(lines)


def became_text(definition: DigestDefinition, last: LastPost | None) -> str:
    """Say why a digest is paused, else what became of its last day; nothing before its first."""
    if definition.paused:
        reason = escape_within(one_line(sentence(definition.paused).localized()), 120)
        return gettext("⚠ Paused: {reason}").format(reason=reason)
    return _became(last) if last is not None else ""


def digest_line(definition: DigestDefinition, last: LastPost | None) -> str:
    """Return a digest in one line: its name, where and when it is posted, and what became of it."""
    name = escape_within(one_line(display_name(definition.name)), _SHORT_LIMIT)
    said = gettext("{name} in {channel}, {when}").format(
        name=f"**{name}**", channel=f"<#{definition.channel}>", when=escape(when(definition))
    )
    return " · ".join(filter(None, [said, became_text(definition, last)]))


def _became(last: LastPost) -> str:
    said = {
        "posted": gettext("Last posted on {day}"),
        "missed": gettext("⚠ Missed on {day}"),
        "skipped": gettext("Nothing to report on {day}"),
        "pending": gettext("Not posted yet on {day}, still trying"),
    }[last.state].format(day=day(last.day))
    reason = escape_within(one_line(sentence(last.reason or "").localized()), 120) if last.state != "posted" else ""
    return f"{said}: {reason}" if reason else said


def _days(weekdays: tuple[int, ...]) -> str:
    names = (
        gettext("Mon"),
        gettext("Tue"),
        gettext("Wed"),
        gettext("Thu"),
        gettext("Fri"),
        gettext("Sat"),
        gettext("Sun"),
    )
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
    said = [
        ngettext("{number} is paused", "{number} are paused", paused).format(number=paused) if paused else "",
        ngettext("{number} missed its last post", "{number} missed their last post", missed).format(number=missed)
        if missed
        else "",
    ]
    told = ", ".join(filter(None, said))
    return gettext("{told}. Admins can see why with `/digest list`.").format(told=told) if told else None


async def known_digests(guild: str, *, client: discord.Client, app: App) -> Sequence[DigestDefinition]:
    """Return a guild's digests; without those that the operator set while the guild isn't known. Raises StoreError."""
    known = client.get_guild(int(guild))
    return await digests_of(known, app=app) if known else await app.digest_store.of_guild(guild)
