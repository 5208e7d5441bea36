"""JSON objects as Discord's API v10 writes them, with the keys that discord.py 2.7 reads."""

import time
from datetime import UTC, datetime

from .errors import Json

DISCORD_EPOCH_MS = 1_420_070_400_000
LONG_AGO = "2020-01-01T00:00:00+00:00"

TEXT, DIRECT, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = 0, 1, 11, 12, 15

# Message flags.
SUPPRESS_EMBEDS, HAS_THREAD, EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 2, 1 << 5, 1 << 6, 1 << 7, 1 << 15

# The bits of the permissions that a text bot can need; by name, so that a test can deny them.
PERMISSIONS = {
    "add_reactions": 1 << 6,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "use_application_commands": 1 << 31,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "create_private_threads": 1 << 36,
    "send_messages_in_threads": 1 << 38,
}
# No administrator bit: discord.py ignores a channel's overwrites for an administrator.
BASE_PERMISSIONS = sum(PERMISSIONS.values())
OWNER_PERMISSIONS = BASE_PERMISSIONS | 1 << 3 | 1 << 5


class Snowflakes:
    """Ids that grow with time, as Discord's do: discord.py reads a message's age from its id."""

    def __init__(self) -> None:
        """Start below every id that the clock can give."""
        self._last = 0

    def next(self) -> int:
        """Return an id that is greater than all before."""
        now = (time.time_ns() // 1_000_000 - DISCORD_EPOCH_MS) << 22
        self._last = max(self._last + 1, now)
        return self._last


def timestamp() -> str:
    """Return the present as an ISO 8601 string in UTC."""
    return datetime.now(UTC).isoformat()


def user(user_id: int, name: str, *, bot: bool = False) -> Json:
    """Return a user; those without a discriminator have "0", as since 2023."""
    return {
        "id": str(user_id),
        "username": name,
        "discriminator": "0",
        "global_name": name,
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
    }


def member(of: Json | None = None, *, permissions: int | None = None) -> Json:
    """Return a guild member: with its user (in interactions and the guild) or without (in messages)."""
    data: Json = {"roles": [], "joined_at": LONG_AGO, "flags": 0, "deaf": False, "mute": False, "pending": False}
    if of is not None:
        data["user"] = of
    if permissions is not None:
        data["permissions"] = str(permissions)
    return data


def application(application_id: int, name: str, owner: Json) -> Json:
    """Return the answer to GET /oauth2/applications/@me."""
    return {
        "id": str(application_id),
        "name": name,
        "icon": None,
        "description": "",
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": owner,
        "flags": 0,
    }


def guild_channel(channel_id: int, guild_id: int, name: str, *, kind: int = TEXT, position: int = 0) -> Json:
    """Return a text or forum channel of a guild."""
    data: Json = {
        "id": str(channel_id),
        "guild_id": str(guild_id),
        "type": kind,
        "name": name,
        "position": position,
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "permission_overwrites": [],
        "flags": 0,
    }
    if kind == FORUM:
        data |= {"available_tags": [], "default_sort_order": None, "default_forum_layout": 0}
    return data


def direct_channel(channel_id: int, recipient: Json) -> Json:
    """Return the private channel between the bot and a user."""
    return {"id": str(channel_id), "type": DIRECT, "last_message_id": None, "recipients": [recipient], "flags": 0}


def thread(thread_id: int, parent: Json, owner_id: int, body: Json) -> Json:
    """Return a thread below `parent`, made by the bot from the `body` of its request."""
    now = timestamp()
    return {
        "id": str(thread_id),
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "owner_id": str(owner_id),
        "type": body.get("type") or PUBLIC_THREAD,
        "name": body["name"],
        "last_message_id": None,
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "rate_limit_per_user": body.get("rate_limit_per_user") or 0,
        "flags": 0,
        "applied_tags": body.get("applied_tags") or [],
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": body.get("auto_archive_duration") or 1440,
            "archive_timestamp": now,
            "locked": False,
            "create_timestamp": now,
        },
        "member": {"id": str(thread_id), "user_id": str(owner_id), "join_timestamp": now, "flags": 1},
    }


def guild(guild_id: int, owner_id: int, members: list[Json], channels: list[Json], threads: list[Json]) -> Json:
    """Return the data of a full GUILD_CREATE."""
    everyone = {
        "id": str(guild_id),  # Discord gives the @everyone role the id of its guild.
        "name": "@everyone",
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(BASE_PERMISSIONS),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": str(guild_id),
        "name": "Reading group",
        "icon": None,
        "owner_id": str(owner_id),
        "unavailable": False,
        "large": False,
        "member_count": len(members),
        "joined_at": LONG_AGO,
        "preferred_locale": "en-US",
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "features": [],
        "roles": [everyone],
        "emojis": [],
        "stickers": [],
        "members": members,
        "channels": channels,
        "threads": threads,
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }
