"""Routes of the bot itself: its user, commands, channels, messages and threads."""

import asyncio

from aiohttp import web

from . import objects
from .buckets import Bucket
from .commands import Commands
from .errors import DiscordError, Json
from .gateway import Gateway
from .limits import check_message
from .messages import MessageStore
from .rest import API, read_body, reply
from .world import World


class Channels:
    """Handlers of the routes that carry the bot's token."""

    def __init__(
        self, *, world: World, store: MessageStore, gateway: Gateway, commands: Commands, bucket: Bucket
    ) -> None:
        """Serve from the given parts; `edits` logs (loop time in seconds, message id, body) of every edit."""
        self.edits: list[tuple[float, int, Json]] = []
        self._bucket = bucket
        self._world = world
        self._store = store
        self._gateway = gateway
        self._commands = commands

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        channel = f"{API}/channels/{{channel}}"
        message = f"{channel}/messages/{{message}}"
        application = f"{API}/applications/{{application}}"
        return [
            web.get(f"{API}/users/@me", self.me),
            web.get(f"{API}/oauth2/applications/@me", self.application),
            web.get(f"{API}/gateway/bot", self.gateway_address),
            web.get(f"{application}/commands", self.list_commands),
            web.put(f"{application}/commands", self.sync),
            web.get(f"{application}/guilds/{{guild}}/commands", self.list_commands),
            web.put(f"{application}/guilds/{{guild}}/commands", self.sync),
            web.post(f"{API}/users/@me/channels", self.open_direct),
            web.get(channel, self.channel),
            web.post(f"{channel}/typing", self.typing),
            web.post(f"{channel}/messages", self.post),
            web.get(f"{channel}/messages", self.history),
            web.get(message, self.message),
            web.patch(message, self.edit),
            web.delete(message, self.delete),
            web.post(f"{message}/threads", self.thread_from_message),
            web.post(f"{channel}/threads", self.thread),
        ]

    async def me(self, _request: web.Request) -> web.Response:
        """The bot's user."""
        return reply(self._world.current_user())

    async def application(self, _request: web.Request) -> web.Response:
        """The bot's application."""
        world = self._world
        return reply(objects.application(world.bot_id, world.bot["username"], world.user(world.member_id)))

    async def gateway_address(self, _request: web.Request) -> web.Response:
        """Where to connect; only sharded clients ask."""
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        return reply({"url": self._gateway.url, "shards": 1, "session_start_limit": limit})

    async def list_commands(self, request: web.Request) -> web.Response:
        """The commands of a scope, global or of a guild."""
        return reply(self._commands.of(_guild(request)))

    async def sync(self, request: web.Request) -> web.Response:
        """Replace the commands of a scope."""
        return reply(self._commands.replace(_guild(request), await request.json()))

    async def open_direct(self, request: web.Request) -> web.Response:
        """Open the private channel with a user."""
        body = await request.json()
        return reply(self._world.direct_channel(int(body["recipient_id"])))

    async def channel(self, request: web.Request) -> web.Response:
        """Return one channel or thread. Raises DiscordError where there is none."""
        return reply(self._world.channel(_id(request, "channel")))

    async def typing(self, request: web.Request) -> web.Response:
        """Show that the bot types: nothing that anybody reads here."""
        self._world.require_posting(_id(request, "channel"))
        return web.Response(status=204)

    async def post(self, request: web.Request) -> web.Response:
        """Post a message, or return the one that the same nonce already posted."""
        channel_id = _id(request, "channel")
        body, attachments = await read_body(request, self._world)
        self._world.require_posting(channel_id)
        nonce = body.get("nonce")
        message = self._store.repeated(channel_id, nonce) if nonce and body.get("enforce_nonce") else None
        if message is None:
            message = self._store.create(channel_id, self._world.bot_id, body, attachments=attachments)
            if nonce:
                self._store.remember_nonce(channel_id, nonce, message)
            extra = {"nonce": nonce} if nonce else {}
            await self._gateway.dispatch("MESSAGE_CREATE", {**self._store.event(message), **extra})
        shown = self._store.shown(message)
        return reply({**shown, "nonce": nonce} if nonce else shown)

    async def history(self, request: web.Request) -> web.Response:
        """Messages of a channel, newest first."""
        channel_id = _id(request, "channel")
        self._world.require_history(channel_id)
        limit = int(request.query.get("limit", "50"))
        if not 1 <= limit <= 100:
            problem = {"code": "NUMBER_TYPE_RANGE", "message": "int value should be between 1 and 100."}
            raise DiscordError(400, 50035, "Invalid Form Body", {"limit": {"_errors": [problem]}})
        ends = {key: int(request.query[key]) if key in request.query else None for key in ("before", "after", "around")}
        return reply(self._store.history(channel_id, limit=limit, **ends))

    async def message(self, request: web.Request) -> web.Response:
        """Return one message; reading it needs Read Message History."""
        self._world.require_history(_id(request, "channel"))
        return reply(self._store.shown(self._store.get(_id(request, "channel"), _id(request, "message"))))

    async def edit(self, request: web.Request) -> web.Response:
        """Edit a message of the bot's own."""
        self._world.require_seeing(_id(request, "channel"))
        if (refusal := self._bucket.take(request.match_info["channel"])) is not None:
            return refusal
        message = self._own(request, 50005, "Cannot edit a message authored by another user")
        body, attachments = await read_body(request, self._world)
        self.edits.append((asyncio.get_running_loop().time(), int(message["id"]), body))
        self._store.edit(message, body, attachments=attachments)
        await self._gateway.dispatch("MESSAGE_UPDATE", self._store.event(message))
        return reply(self._store.shown(message), headers=self._bucket.headers(request.match_info["channel"]))

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a message of the bot's own."""
        message = self._own(request, 50013, "Missing Permissions")
        self._store.delete(message)
        await self._gateway.dispatch("MESSAGE_DELETE", deletion(message, self._world))
        return web.Response(status=204)

    async def thread_from_message(self, request: web.Request) -> web.Response:
        """Start a thread at a message; Discord gives it the message's id."""
        channel_id = _id(request, "channel")
        self._world.require_threads(channel_id)
        message = self._store.get(channel_id, _id(request, "message"))
        made = self._world.thread(channel_id, int(message["id"]), await request.json())
        message["thread"] = made
        message["flags"] |= objects.HAS_THREAD
        await self._gateway.dispatch("THREAD_CREATE", {**made, "newly_created": True})
        return reply(made, 201)

    async def thread(self, request: web.Request) -> web.Response:
        """Start a thread without a message, or a forum post with its first message."""
        channel_id = _id(request, "channel")
        self._world.require_threads(channel_id)
        body, attachments = await read_body(request, self._world)
        check_message(body.get("message") or {})
        made = self._world.thread(channel_id, self._world.ids.next(), body)
        answer = dict(made)
        await self._gateway.dispatch("THREAD_CREATE", {**made, "newly_created": True})
        if "message" in body:
            thread_id = int(made["id"])
            # The first message of a forum post has the thread's id.
            first = self._store.create(
                thread_id, self._world.bot_id, body["message"], attachments=attachments, id=made["id"]
            )
            await self._gateway.dispatch("MESSAGE_CREATE", self._store.event(first))
            answer["message"] = self._store.shown(first)
        return reply(answer, 201)

    def _own(self, request: web.Request, code: int, complaint: str) -> Json:
        """Return the message that a request names. Raises DiscordError (404; 403 with `code` when not the bot's)."""
        message = self._store.get(_id(request, "channel"), _id(request, "message"))
        if message["author"]["id"] != str(self._world.bot_id):
            raise DiscordError(403, code, complaint)
        return message


def deletion(message: Json, world: World) -> Json:
    """Return the data of MESSAGE_DELETE."""
    data = {"id": message["id"], "channel_id": message["channel_id"]}
    if not world.is_direct(int(message["channel_id"])):
        data["guild_id"] = str(world.guild_id)
    return data


def _id(request: web.Request, name: str) -> int:
    """Return an id from the path."""
    return int(request.match_info[name])


def _guild(request: web.Request) -> int | None:
    """Return the guild's id from the path, None on the global route."""
    return int(request.match_info["guild"]) if "guild" in request.match_info else None
