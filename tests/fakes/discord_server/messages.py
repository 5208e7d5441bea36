"""The messages of all channels, in memory: who sees what of them, nonces, edits, history."""

import copy
import itertools
import re
import time

from . import objects
from .errors import DiscordError, Json
from .limits import check_message, check_not_empty
from .objects import COMPONENTS_V2, EPHEMERAL, LOADING, SUPPRESS_EMBEDS
from .world import World

USER_MENTION = re.compile(r"<@!?(\d+)>")
REPLY = 19


class MessageStore:
    """Messages as Discord stores them; `shown` gives them as the bot may read them."""

    def __init__(self, world: World) -> None:
        """Start with empty channels."""
        self.nonce_window = 300.0
        self._world = world
        self._channels: dict[int, dict[int, Json]] = {}
        self._nonces: dict[tuple[int, str], tuple[float, int]] = {}

    def create(self, channel_id: int, author_id: int, body: Json, *, attachments: list[Json], **extra: object) -> Json:
        """Store a message and return it; `extra` are keys that the caller knows, such as webhook_id.

        Raises DiscordError (400) when the body breaks a limit, is empty (unless it is a "thinking" message)
        or replies to a message that does not exist.
        """
        channel = self._world.channel(channel_id)
        message: Json = {
            "id": str(self._world.ids.next()),
            "channel_id": str(channel_id),
            "type": 0,
            "author": self._world.user(author_id),
            "timestamp": objects.timestamp(),
            "edited_timestamp": None,
            "tts": bool(body.get("tts")),
            "pinned": False,
            "content": "",
            "embeds": [],
            "components": [],
            "attachments": attachments,
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "flags": (body.get("flags") or 0) & (SUPPRESS_EMBEDS | EPHEMERAL | LOADING | COMPONENTS_V2),
            **extra,
        }
        self._refer(message, body)
        self._write(message, body)
        self._channels.setdefault(channel_id, {})[int(message["id"])] = message
        channel["last_message_id"] = message["id"]
        self._world.changes.notify()
        return message

    def edit(self, message: Json, body: Json, *, attachments: list[Json]) -> None:
        """Change a message in place. Raises DiscordError (400) when the body breaks a limit or leaves it empty."""
        draft = copy.deepcopy(message)
        if body.get("attachments") is not None:
            kept = {str(one.get("id")) for one in body["attachments"]}
            draft["attachments"] = [one for one in draft["attachments"] if one["id"] in kept]
        draft["attachments"] += attachments
        if body.get("flags") is not None:
            draft["flags"] &= ~SUPPRESS_EMBEDS
            draft["flags"] |= body["flags"] & (SUPPRESS_EMBEDS | COMPONENTS_V2)
        draft["flags"] &= ~LOADING  # An edit ends the "thinking" state.
        self._write(draft, body)
        draft["edited_timestamp"] = objects.timestamp()
        message.update(draft)
        self._world.changes.notify()

    def delete(self, message: Json) -> None:
        """Forget a message."""
        self._channels[int(message["channel_id"])].pop(int(message["id"]), None)
        self._world.changes.notify()

    def get(self, channel_id: int, message_id: int, *, ephemeral: bool = False) -> Json:
        """Return a stored message. Raises DiscordError (404) when there is none, or it is an ephemeral one."""
        found = self._channels.get(channel_id, {}).get(message_id)
        if found is None or (found["flags"] & EPHEMERAL and not ephemeral):
            raise DiscordError(404, 10008, "Unknown Message")
        return found

    def in_channel(self, channel_id: int) -> list[Json]:
        """Return the stored messages of a channel that everybody there sees, oldest first."""
        return [one for one in self._channels.get(channel_id, {}).values() if not one["flags"] & EPHEMERAL]

    def by_bot(self, channel_id: int) -> list[Json]:
        """Return the bot's messages in a channel as people see them, oldest first, without "thinking" ones."""
        stored = self.in_channel(channel_id)
        own = [one for one in stored if one["author"]["id"] == str(self._world.bot_id)]
        return [self.shown(one) for one in own if not one["flags"] & LOADING]

    def history(
        self, channel_id: int, *, limit: int, before: int | None, after: int | None, around: int | None
    ) -> list[Json]:
        """Return at most `limit` messages, newest first; of those after an id the oldest, as Discord does."""
        stored = self.in_channel(channel_id)
        if around is not None:
            older = [one for one in stored if int(one["id"]) < around][-(limit // 2) :] if limit > 1 else []
            rest = [one for one in stored if int(one["id"]) >= around][: limit - limit // 2]
            stored = older + rest
        elif after is not None:
            stored = list(itertools.islice((one for one in stored if int(one["id"]) > after), limit))
        else:
            stored = [one for one in stored if before is None or int(one["id"]) < before][-limit:]
        return [self.shown(one) for one in reversed(stored)]

    def repeated(self, channel_id: int, nonce: object) -> Json | None:
        """Return the message that this nonce already made in the channel within `nonce_window` seconds."""
        when, message_id = self._nonces.get((channel_id, str(nonce)), (0.0, 0))
        if time.monotonic() - when > self.nonce_window:
            return None
        return self._channels.get(channel_id, {}).get(message_id)

    def remember_nonce(self, channel_id: int, nonce: object, message: Json) -> None:
        """Keep a nonce beside its message, not in it: what is read back has none."""
        self._nonces[channel_id, str(nonce)] = (time.monotonic(), int(message["id"]))

    def shown(self, message: Json, *, nested: bool = False) -> Json:
        """Return a copy as the bot gets it without the message_content intent.

        Messages of others that neither mention the bot nor stand in a private channel lose their content.
        """
        shown = copy.deepcopy(message)
        bot_id = str(self._world.bot_id)
        named = any(one["id"] == bot_id for one in message["mentions"])
        if message["author"]["id"] != bot_id and not named and not self._world.is_direct(int(message["channel_id"])):
            shown |= {"content": "", "embeds": [], "attachments": [], "components": []}
        if message["flags"] & SUPPRESS_EMBEDS:
            shown["embeds"] = []
        reference = message.get("message_reference")
        if reference and not nested:
            target = self._channels.get(int(reference["channel_id"]), {}).get(int(reference["message_id"]))
            shown["referenced_message"] = self.shown(target, nested=True) if target else None
        return shown

    def event(self, message: Json) -> Json:
        """Return the data of MESSAGE_CREATE or MESSAGE_UPDATE: as shown, with the guild and a member without user."""
        data = self.shown(message)
        if not self._world.is_direct(int(message["channel_id"])):
            data |= {"guild_id": str(self._world.guild_id), "member": objects.member()}
        return data

    def _refer(self, message: Json, body: Json) -> None:
        """Make a message a reply when its body says so."""
        reference = body.get("message_reference")
        if not reference:
            return
        channel_id, message_id = int(reference.get("channel_id") or message["channel_id"]), int(reference["message_id"])
        if message_id in self._channels.get(channel_id, {}):
            message["type"] = REPLY
            message["message_reference"] = {"type": 0, "channel_id": str(channel_id), "message_id": str(message_id)}
            if not self._world.is_direct(channel_id):
                message["message_reference"]["guild_id"] = str(self._world.guild_id)
        elif reference.get("fail_if_not_exists", True):
            problem = {"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}
            raise DiscordError(400, 50035, "Invalid Form Body", {"message_reference": {"_errors": [problem]}})

    def _write(self, message: Json, body: Json) -> None:
        """Put a body's text, embeds and components into a message."""
        check_message({**body, "flags": message["flags"]})
        if "content" in body:
            message["content"] = (body["content"] or "").strip()  # Discord trims what it stores.
        if "embeds" in body:
            message["embeds"] = [{**embed, "type": "rich"} for embed in body["embeds"] or []]
        if "components" in body:
            message["components"] = body["components"] or []
        if "content" in body or "allowed_mentions" in body:
            self._mention(message, body.get("allowed_mentions"))
        if not message["flags"] & LOADING:
            check_not_empty(message)

    def _mention(self, message: Json, allowed: Json | None) -> None:
        """Note who is pinged: everybody whom the text names, unless allowed_mentions says otherwise."""
        kinds = {"everyone", "users"} if allowed is None else set(allowed.get("parse") or [])
        named = {int(one) for one in USER_MENTION.findall(message["content"])} & self._world.users.keys()
        if "users" not in kinds:
            named &= {int(one) for one in (allowed or {}).get("users") or []}
        reference = message.get("message_reference")
        if reference and (allowed is None or allowed.get("replied_user")):
            target = self._channels[int(reference["channel_id"])].get(int(reference["message_id"]))
            named |= {int(target["author"]["id"])} if target else set()
        message["mentions"] = [self._world.users[one] for one in sorted(named)]
        everyone = "@everyone" in message["content"] or "@here" in message["content"]
        message["mention_everyone"] = everyone and "everyone" in kinds
