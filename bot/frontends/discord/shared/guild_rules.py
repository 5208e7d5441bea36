"""The rules of a guild in words, each as a sentence or a value."""

from collections.abc import Iterator, Sequence

from bot.guilds.settings import Rules
from bot.i18n.languages import ANSWER_LANGUAGES, AUTO
from bot.i18n.translation import gettext, ngettext, number
from bot.store.answer_counts import Counted

_SHOWN = 10
"""How many channels or roles are named; a sentence with 25 of them helps nobody."""


def mentioned_channels(ids: Sequence[str]) -> str:
    """Return channels by their mentions, which Discord shows as names."""
    return _some([f"<#{each}>" for each in ids])


def mentioned_roles(ids: Sequence[str]) -> str:
    """Return roles by their mentions, which ping nobody here."""
    return _some([f"<@&{each}>" for each in ids])


def channels_text(rules: Rules) -> str:
    """Say where members may ask."""
    return mentioned_channels(rules.channels) if rules.channels else gettext("everywhere")


def roles_text(rules: Rules) -> str:
    """Say who may ask."""
    return mentioned_roles(rules.roles) if rules.roles else gettext("everyone")


def answer_language_text(code: str) -> str:
    """Say in which language answers are."""
    return gettext("the question's language") if code == AUTO else ANSWER_LANGUAGES[code]


def interface_language_text(code: str) -> str:
    """Say in which language everything but answers is."""
    return gettext("this server's Discord language") if code == AUTO else ANSWER_LANGUAGES[code]


def cooldown_text(seconds: int) -> str:
    """Say how long a member waits between two answers."""
    if not seconds:
        return gettext("none")
    return ngettext("{seconds} second", "{seconds} seconds", seconds).format(seconds=number(seconds))


def answers_text(answers: int) -> str:
    """Say how many answers a day there are."""
    if not answers:
        return gettext("no limit")
    return ngettext("{answers} a day", "{answers} a day", answers).format(answers=number(answers))


def memory_text(on: bool) -> str:
    """Say whether links to papers that were talked about are recognised."""
    return gettext("on: I point out when a linked paper was discussed before") if on else gettext("off")


def told_rules(rules: Rules) -> Iterator[str]:
    """Yield what members should know of a guild's rules, a sentence for each that limits them."""
    if rules.channels:
        yield gettext("Ask in {channels}.").format(channels=mentioned_channels(rules.channels))
    if rules.roles:
        yield gettext("Members need one of these roles to ask: {roles}.").format(roles=mentioned_roles(rules.roles))
    if rules.cooldown_seconds:
        yield ngettext(
            "Members wait {seconds} second between answers.",
            "Members wait {seconds} seconds between answers.",
            rules.cooldown_seconds,
        ).format(seconds=number(rules.cooldown_seconds))
    if rules.user_answers:
        yield ngettext(
            "Each member gets {answers} answer a day (UTC).",
            "Each member gets {answers} answers a day (UTC).",
            rules.user_answers,
        ).format(answers=number(rules.user_answers))
    if rules.guild_answers:
        yield ngettext(
            "This server gets {answers} answer a day (UTC).",
            "This server gets {answers} answers a day (UTC).",
            rules.guild_answers,
        ).format(answers=number(rules.guild_answers))
    if rules.answer_language != AUTO:
        yield gettext("Answers are in {language}.").format(language=ANSWER_LANGUAGES[rules.answer_language])


def told_counts(rules: Rules, counted: Counted, *, everywhere: bool) -> Iterator[str]:
    """Yield how much of a day's answers is used; a user's in all places where `everywhere`, else here."""
    if rules.user_answers:
        yield gettext("Your answers today: {used} of {limit}").format(
            used=number(counted.of_user if everywhere else counted.of_user_here), limit=number(rules.user_answers)
        )
    if rules.guild_answers:
        yield gettext("This server's answers today: {used} of {limit}").format(
            used=number(counted.of_guild), limit=number(rules.guild_answers)
        )


def _some(mentions: Sequence[str]) -> str:
    if len(mentions) <= _SHOWN:
        return ", ".join(mentions)
    more = len(mentions) - _SHOWN
    return ngettext("{named} and {more} more", "{named} and {more} more", more).format(
        named=", ".join(mentions[:_SHOWN]), more=more
    )
