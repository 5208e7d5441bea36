"""FakeDiscord: the server as a whole, its counters, and the trouble that a test can make."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

from aiohttp import web

from .buckets import Bucket
from .channels import Channels
from .commands import Commands
from .errors import Json
from .gateway import Gateway
from .messages import MessageStore
from .rest import API, Rest
from .users import Users
from .webhooks import Webhooks
from .world import World

MAX_BODY = 25 * 1024 * 1024  # Bytes.


class FakeDiscord(Users):
    """Discord on 127.0.0.1, for a real discord.py client in another process. An async context manager.

    The client is redirected with `api_url` (discord.http.Route.BASE) and `gateway_url`
    (discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY, as a yarl.URL), both set once the context is entered.
    There is one guild with the text channels `channel_id` and `second_channel_id`, the forum `forum_id`,
    the bot, and the member `member_id`, who owns the guild.

    `requests` logs (method, path below api_url), `edits` logs (loop time in seconds, message id, body) of every
    edit of a message, refused ones too. `unhandled` names requests that the fake does not know: assert that it is
    empty.
    """

    def __init__(self, *, token: str = "fake-token", bot_name: str = "paperbot") -> None:
        """Accept `token` only."""
        world = World(bot_name)
        store = MessageStore(world)
        gateway = Gateway(world, token)
        commands = Commands(world)
        super().__init__(world=world, store=store, gateway=gateway, commands=commands)
        self._commands = commands
        self._rest = Rest(token)
        self._bucket = Bucket()
        self._channels = Channels(world=world, store=store, gateway=gateway, commands=commands, bucket=self._bucket)
        self._webhooks = Webhooks(
            world=world,
            store=store,
            gateway=gateway,
            interactions=self._interactions,
            edits=self._channels.edits,
            bucket=self._bucket,
        )
        self._runner: web.AppRunner | None = None
        self.token = token
        self.api_url = ""
        self.gateway_url = ""
        self.requests = self._rest.requests
        self.unhandled = self._rest.unhandled
        self.edits = self._channels.edits

    async def __aenter__(self) -> Self:
        """Listen on a free port of 127.0.0.1."""
        app = web.Application(middlewares=[self._rest.middleware], client_max_size=MAX_BODY)
        app.add_routes([*self._channels.routes(), *self._webhooks.routes(), web.get("/gw/", self._gateway.handle)])
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.api_url = f"http://{host}:{port}{API}"
        self.gateway_url = self._gateway.url = f"ws://{host}:{port}/gw/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all sockets and the server."""
        await self._gateway.close()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def commands(self) -> list[Json]:
        """The synced commands of all scopes."""
        return self._commands.all()

    @property
    def syncs(self) -> int:
        """How often the client synced commands."""
        return self._commands.syncs

    @property
    def connections(self) -> int:
        """How often a client identified, refused ones too."""
        return self._gateway.connections

    @property
    def resumes(self) -> int:
        """How often a client resumed its session."""
        return self._gateway.resumes

    @property
    def nonce_window(self) -> float:
        """Seconds for which a nonce brings back its first message."""
        return self._store.nonce_window

    @nonce_window.setter
    def nonce_window(self, seconds: float) -> None:
        self._store.nonce_window = seconds

    @property
    def acknowledge_within(self) -> float:
        """Seconds after which a callback is too late (404, code 10062)."""
        return self._webhooks.acknowledge_within

    @acknowledge_within.setter
    def acknowledge_within(self, seconds: float) -> None:
        self._webhooks.acknowledge_within = seconds

    @property
    def heartbeat_interval(self) -> float:
        """Seconds between heartbeats, told to clients that connect from now on."""
        return self._gateway.heartbeat_interval

    @heartbeat_interval.setter
    def heartbeat_interval(self, seconds: float) -> None:
        self._gateway.heartbeat_interval = seconds

    async def ready(self, timeout: float = 20.0) -> None:
        """Wait for a client that is connected and has its guild; at once when there is one.

        Raises TimeoutError after `timeout` seconds, with the requests so far.
        """
        await self._world.changes.wait(
            lambda: self._gateway.is_ready() or None,
            timeout,
            lambda: f"no client is ready; {self.connections} identified, requests {self.requests[-10:]}",
        )

    async def drop(self, code: int = 4000) -> None:
        """Close the sockets with a code; the sessions can be resumed. Returns when they are closed."""
        await self._gateway.drop(code)

    @asynccontextmanager
    async def away(self, code: int = 4000) -> AsyncIterator[None]:
        """Drop the client and keep it from coming back until the block ends: what happens within is replayed."""
        with self._gateway.shut():
            await self._gateway.drop(code)
            yield

    async def invalidate_session(self) -> None:
        """Tell the client that its session is gone for good (op 9, d = false), so that it identifies again.

        discord.py does so after 5 s (Client.before_identify_hook).
        """
        await self._gateway.invalidate()

    def fail_next(
        self,
        method: str,
        path_pattern: str,
        status: int,
        *,
        times: int = 1,
        body: Json | None = None,
        headers: dict[str, str] | None = None,
        carried_out: bool = False,
    ) -> None:
        """Answer the next `times` requests whose path (below api_url) the regex finds with an error.

        `body` is merged over a plausible one; a 429 gets `retry_after` (0.1 s) and the Via header that
        discord.py asks for. With `carried_out` the request takes effect first, as when an answer gets lost.
        discord.py tries 500, 502, 504 and 524 five times, over 25 s; webhook routes do so from 500 up.
        """
        self._rest.fail_next(
            method, path_pattern, status, times=times, body=body, headers=headers, carried_out=carried_out
        )

    def deny(self, channel_id: int, *permissions: str) -> None:
        """Take permissions (default send_messages) from the bot in a channel: posts there get 403, code 50013.

        Only threads are refused for create_public_threads, only reading for read_message_history. The
        channel's overwrites and app_permissions say so too, but a connected client learns of it by failing.
        Raises KeyError for an unknown permission.
        """
        self._world.deny(channel_id, permissions or ("send_messages",))

    def give_back(self, channel_id: int) -> None:
        """Undo `deny` in a channel."""
        self._world.give_back(channel_id)

    def limit_edits(self, most: int, seconds: float) -> None:
        """Refuse (429) edits beyond `most` within `seconds`, instead of about five in five as Discord does."""
        self._bucket.most, self._bucket.seconds = most, seconds

    @property
    def limited(self) -> int:
        """How many edits were refused (429), in one channel or for one interaction."""
        return self._bucket.refused

    def deny_history(self, channel_id: int) -> None:
        """Refuse the bot reading a channel's messages: 403, code 50001."""
        self._world.deny_history(channel_id)
