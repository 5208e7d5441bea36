"""What is followed, and how it is told, in words."""

from collections.abc import Sequence

import discord

from bot.assistant.subscriptions.notifying import Reason
from bot.assistant.subscriptions.subscription import Kind, Pace, Subscription, channel_of
from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.latex import readable
from bot.store.subscriptions import Pause
from bot.translation import gettext, ngettext


def followed_text(kind: Kind, label: str, *, new: bool) -> str:
    """Say what is followed now, or that it was before."""
    if new:
        sentences = {
            Kind.TOPIC: gettext("Now followed: new papers on **{label}**."),
            Kind.AUTHOR: gettext("Now followed: new papers by **{label}**."),
            Kind.ORGANISATION: gettext("Now followed: new papers from **{label}**."),
            Kind.PAPER: gettext("Now followed: new versions, withdrawal and code of **{label}**."),
        }
    else:
        sentences = {
            Kind.TOPIC: gettext("Followed before: new papers on **{label}**."),
            Kind.AUTHOR: gettext("Followed before: new papers by **{label}**."),
            Kind.ORGANISATION: gettext("Followed before: new papers from **{label}**."),
            Kind.PAPER: gettext("Followed before: new versions, withdrawal and code of **{label}**."),
        }
    return sentences[kind].format(label=escape(readable(label)))


def how_text(destination: str, pace: Pace, at: str) -> str:
    """Say where and how soon it is told; `at` is the time of a daily message, with its zone."""
    channel = channel_of(destination)
    if pace is Pace.SOON:
        private = gettext("I write to you in private as soon as I know.")
        public = gettext("I post in {channel} as soon as I know.")
    else:
        private = gettext("I write to you in private, once a day at {at}.")
        public = gettext("I post in {channel}, once a day at {at}.")
    return (private if channel is None else public).format(channel=f"<#{channel}>", at=escape(at))


def label_text(kind: Kind, label: str) -> str:
    """Return what is followed in a few words."""
    phrases = {
        Kind.TOPIC: gettext("topic {label}"),
        Kind.AUTHOR: gettext("author {label}"),
        Kind.ORGANISATION: gettext("organisation {label}"),
        Kind.PAPER: gettext("paper {label}"),
    }
    return phrases[kind].format(label=readable(label))


def following_embed(
    destination: str,
    subscriptions: Sequence[Subscription],
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
    for number, one in enumerate(subscriptions, start=1):
        at = daily_at if one.hour is None else f"{one.hour:02}:00"
        told = gettext("as it happens") if one.pace is Pace.SOON else gettext("daily at {at}").format(at=f"{at} {zone}")
        parts.append(f"{number}\\. {escape(label_text(one.kind, one.label))} · {escape(told)}")
    if not subscriptions:
        parts.append(
            gettext(
                "Nothing is followed yet. Begin with `/follow topic`, `/follow author`, `/follow organisation` or "
                "`/follow paper`."
            )
        )
    embed.description = "\n".join(parts)
    channel = channel_of(destination)
    where = gettext("told to you in private") if channel is None else gettext("posted in the channel")
    counted = ngettext("{number} of {limit} followed", "{number} of {limit} followed", len(subscriptions))
    footer = counted.format(number=len(subscriptions), limit=limit)
    return embed.set_footer(text=f"{footer} · {where}")


def pause_text(pause: Pause) -> str:
    """Say why a destination is not written to, and what to do."""
    match pause.reason:
        case Reason.PRIVATE:
            return gettext(
                "I could not write to you: you take no direct messages from me. Allow them in the privacy settings of "
                "a server that we share, then press Resume under /following."
            )
        case Reason.FORBIDDEN:
            return gettext(
                "I may not write in this channel. Give me View Channel, Send Messages, Embed Links and Read Message "
                "History there, then press Resume under /following."
            )
        case _:
            return gettext("I could not find where to write. Press Resume under /following to let me try again.")
