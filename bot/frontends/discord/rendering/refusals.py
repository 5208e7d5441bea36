"""What a member is told who may not ask now or here: where, by whom and when it is possible."""

from typing import Any

from discord.utils import format_dt

from bot.errors import (
    AskedTooSoon,
    ChannelRefused,
    GuildAnswersUsed,
    HouseRefusal,
    RoleRefused,
    UserAnswersUsed,
)
from bot.frontends.discord.rendering.markdown import escape
from bot.frontends.discord.rendering.rules import mentioned_channels, mentioned_roles
from bot.translation import gettext, ngettext, number


def refusal_sentence(error: HouseRefusal) -> str:
    """Return the sentence, in Discord's markdown; what it mentions pings nobody."""
    facts: dict[str, Any] = error.facts
    match error:
        case ChannelRefused():
            return gettext("I don't answer in this channel. Ask in {channels}.").format(
                channels=mentioned_channels(facts["channels"])
            )
        case RoleRefused():
            return gettext("On this server I answer members with one of these roles: {roles}. Ask an admin.").format(
                roles=mentioned_roles(facts["roles"])
            )
        case AskedTooSoon():
            return gettext("Not so fast: you may ask again {when}.").format(when=format_dt(facts["again_at"], "R"))
        case UserAnswersUsed():
            return ngettext(
                "Your {limit} answer of today is used; the count starts anew at 00:00 UTC.",
                "Your {limit} answers of today are used; the count starts anew at 00:00 UTC.",
                facts["limit"],
            ).format(limit=number(facts["limit"]))
        case GuildAnswersUsed():
            return ngettext(
                "This server's {limit} answer of today is used; the count starts anew at 00:00 UTC.",
                "This server's {limit} answers of today are used; the count starts anew at 00:00 UTC.",
                facts["limit"],
            ).format(limit=number(facts["limit"]))
        case _:
            return escape(error.told())
