"""The rules of a guild or of the operator."""

from bot.errors.root import PaperbotError


class HouseRefusal(PaperbotError):
    """Somebody may not ask now, or not here. Ids are facts: a front end shows them in its own way."""

    exit_code = 77


class ChannelRefused(HouseRefusal):
    """Facts: `channels`, the ids of those that are allowed."""

    sentence = "I answer in other channels of this server. Ask there."


class RoleRefused(HouseRefusal):
    """Facts: `roles`, the ids of those of which the asker needs one."""

    sentence = "On this server I answer only members with certain roles. Ask an admin for one."


class AskedTooSoon(HouseRefusal):
    """Facts: `seconds` between two answers, `again_at`, a datetime."""

    sentence = "You may ask again at {again_at:%H:%M:%S} UTC: there are {seconds:,} seconds between two answers."


class UserAnswersUsed(HouseRefusal):
    """Facts: `limit`, answers a day."""

    sentence = "Your answers of today are used ({limit:,}); the count starts anew at 00:00 UTC. Ask again then."


class GuildAnswersUsed(HouseRefusal):
    """Facts: `limit`, answers a day."""

    sentence = (
        "This server's answers of today are used ({limit:,}); the count starts anew at 00:00 UTC. Ask again then."
    )
