"""Who and what there is: one guild, its channels and people, and what the bot may do there."""

from collections import defaultdict

from . import objects
from .changes import Changes
from .errors import DiscordError, Json
from .objects import PERMISSIONS, Snowflakes

# Permissions whose loss does not keep the bot from posting a message.
NOT_FOR_POSTING = frozenset({"read_message_history", "create_public_threads", "create_private_threads"})
THREADS = frozenset({"view_channel", "create_public_threads", "create_private_threads"})


class World:
    """The ids, users and channels, shared by all parts of the fake. Ids are ints, in JSON strings."""

    def __init__(self, bot_name: str) -> None:
        """Make a guild with two text channels, a forum, the bot and one member, who owns the guild."""
        self.changes = Changes()
        self.ids = Snowflakes()
        self.bot_id = self.ids.next()
        self.guild_id = self.ids.next()
        self.member_id = self.ids.next()
        self.channel_id = self.ids.next()
        self.second_channel_id = self.ids.next()
        self.forum_id = self.ids.next()
        self.users = {
            self.bot_id: objects.user(self.bot_id, bot_name, bot=True),
            self.member_id: objects.user(self.member_id, "reader"),
        }
        self.channels: dict[int, Json] = {}
        for position, (channel_id, name, kind) in enumerate(
            [
                (self.channel_id, "papers", objects.TEXT),
                (self.second_channel_id, "lounge", objects.TEXT),
                (self.forum_id, "forum", objects.FORUM),
            ]
        ):
            self.channels[channel_id] = objects.guild_channel(
                channel_id, self.guild_id, name, kind=kind, position=position
            )
        self._denied: defaultdict[int, set[str]] = defaultdict(set)
        self._hidden_history: set[int] = set()
        self.kicked = False

    @property
    def bot(self) -> Json:
        """The bot's user."""
        return self.users[self.bot_id]

    def current_user(self) -> Json:
        """Return the bot's user with the keys that only the bot itself sees."""
        return {**self.bot, "flags": 0, "verified": True, "mfa_enabled": False, "locale": "en-US", "email": None}

    def user(self, user_id: int) -> Json:
        """Return a user; one that was not known yet joins the guild."""
        return self.users.setdefault(user_id, objects.user(user_id, f"user{user_id}"))

    def guild(self) -> Json:
        """Return the data of GUILD_CREATE as things stand."""
        channels = [one for one in self.channels.values() if one["type"] in (objects.TEXT, objects.FORUM)]
        threads = [one for one in self.channels.values() if "thread_metadata" in one]
        members = [objects.member(one) for one in self.users.values()]
        return objects.guild(self.guild_id, self.member_id, members, channels, threads)

    def channel(self, channel_id: int) -> Json:
        """Return a channel, thread or private channel. Raises DiscordError (404) for an unknown id."""
        try:
            return self.channels[channel_id]
        except KeyError:
            raise DiscordError(404, 10003, "Unknown Channel") from None

    def is_direct(self, channel_id: int) -> bool:
        """Tell whether a channel is a private one, outside the guild."""
        return bool(self.channel(channel_id)["type"] == objects.DIRECT)

    def direct_channel(self, user_id: int) -> Json:
        """Return the private channel with a user, opened when there is none yet."""
        for channel in self.channels.values():
            if channel["type"] == objects.DIRECT and channel["recipients"][0]["id"] == str(user_id):
                return channel
        opened = objects.direct_channel(self.ids.next(), self.user(user_id))
        self.channels[int(opened["id"])] = opened
        return opened

    def thread(self, parent_id: int, thread_id: int, body: Json) -> Json:
        """Make a thread. Raises DiscordError when there is one with this id, or the name is missing or too long."""
        if thread_id in self.channels:
            raise DiscordError(400, 160004, "A thread has already been created for this message")
        if not 1 <= len(body.get("name") or "") <= 100:
            problem = {"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be between 1 and 100 in length."}
            raise DiscordError(400, 50035, "Invalid Form Body", {"name": {"_errors": [problem]}})
        made = objects.thread(thread_id, self.channel(parent_id), self.bot_id, body)
        self.channels[thread_id] = made
        return made

    def delete_channel(self, channel_id: int) -> Json:
        """Delete a channel for everybody and return what it was. Raises DiscordError (404) for an unknown id."""
        channel = self.channel(channel_id)
        del self.channels[channel_id]
        return channel

    def require_member(self, channel_id: int) -> None:
        """Raise DiscordError (403) where the bot was kicked; private channels stay."""
        if self.kicked and not self.is_direct(channel_id):
            raise DiscordError(403, 50001, "Missing Access")

    def deny(self, channel_id: int, names: tuple[str, ...]) -> None:
        """Take permissions from the bot in a channel, in its overwrites too. Raises KeyError for an unknown name."""
        bits = sum(PERMISSIONS[name] for name in set(names) | self._denied[channel_id])
        self._denied[channel_id].update(names)
        self.channel(channel_id)["permission_overwrites"] = [
            {"id": str(self.bot_id), "type": 1, "allow": "0", "deny": str(bits)}
        ]

    def give_back(self, channel_id: int) -> None:
        """Give the bot back what `deny` took from it in a channel."""
        self._denied.pop(channel_id, None)
        self.channel(channel_id)["permission_overwrites"] = []

    def deny_history(self, channel_id: int) -> None:
        """Refuse the bot every read of a channel's messages."""
        self._hidden_history.add(channel_id)

    def permissions(self, channel_id: int) -> int:
        """Return the bot's permission bits in a channel."""
        denied = self._denied_in(channel_id)
        return objects.BASE_PERMISSIONS & ~sum(PERMISSIONS[name] for name in denied)

    def require_posting(self, channel_id: int) -> None:
        """Raise DiscordError (404, 403) unless the bot may post messages in a channel."""
        self.require_member(channel_id)
        if self._denied_in(channel_id) - NOT_FOR_POSTING:
            raise DiscordError(403, 50013, "Missing Permissions")

    def require_seeing(self, channel_id: int) -> None:
        """Raise DiscordError (404, 403) unless the bot sees a channel."""
        self.require_member(channel_id)
        if "view_channel" in self._denied_in(channel_id):
            raise DiscordError(403, 50001, "Missing Access")

    def require_threads(self, channel_id: int) -> None:
        """Raise DiscordError (404, 403) unless the bot may start threads in a channel."""
        self.require_member(channel_id)
        if self._denied_in(channel_id) & THREADS:
            raise DiscordError(403, 50013, "Missing Permissions")

    def require_history(self, channel_id: int) -> None:
        """Raise DiscordError (404, 403) unless the bot may read a channel's messages."""
        self.require_member(channel_id)
        lost = self._denied_in(channel_id) & {"view_channel", "read_message_history"}
        if lost or channel_id in self._hidden_history:
            raise DiscordError(403, 50001, "Missing Access")

    def _denied_in(self, channel_id: int) -> set[str]:
        """Return what the bot lost in a channel; a thread has its parent's permissions."""
        channel = self.channel(channel_id)
        parent = int(channel["parent_id"]) if channel.get("parent_id") else channel_id
        return self._denied.get(channel_id, set()) | self._denied.get(parent, set())
