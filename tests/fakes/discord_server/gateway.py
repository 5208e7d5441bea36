"""The gateway: sessions that outlive their sockets, so that a client can RESUME.

Opcodes and close codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes
"""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from aiohttp import WSMsgType, web

from .errors import Json
from .world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 9, 10, 11
AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED, DISALLOWED_INTENTS, GOING_AWAY = 4004, 4005, 4014, 1001
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
ROUND_TRIPS = 3
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15  # Members, presences, message content: none is granted.


@dataclass(eq=False, slots=True)
class Session:
    """One identified client. `log[i]` is the event with sequence number i + 1."""

    intents: int
    socket: web.WebSocketResponse | None
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    log: list[str] = field(default_factory=list)
    sent: int = 0
    has_guild: int | None = None  # The sequence number of GUILD_CREATE.
    beats: int = 0  # Heartbeats received.
    sending: asyncio.Lock = field(default_factory=asyncio.Lock)

    def add(self, name: str, data: Json) -> None:
        """Append an event, to be sent by `flush`."""
        self.log.append(json.dumps({"op": DISPATCH, "t": name, "s": len(self.log) + 1, "d": data}))

    async def flush(self) -> None:
        """Send what was not sent yet, in order; without a socket it stays for a RESUME."""
        async with self.sending:
            while (socket := self.socket) is not None and self.sent < len(self.log):
                self.sent += 1
                try:
                    await socket.send_str(self.log[self.sent - 1])
                except ConnectionError:
                    # A RESUME may have given the session another socket meanwhile.
                    self.socket = None if self.socket is socket else self.socket


class Gateway:
    """Accepts sockets and sends events to the newest live session."""

    def __init__(self, world: World, token: str) -> None:
        """Start without sessions; `url` is set once the port is known."""
        self.heartbeat_interval = 60.0  # Seconds.
        self.url = ""
        self.connections = 0
        self.resumes = 0
        self._world = world
        self._token = token
        self._sessions: list[Session] = []
        self._sockets: set[web.WebSocketResponse] = set()
        self._open = asyncio.Event()
        self._open.set()
        self._catching_up: asyncio.Task[None] | None = None

    def current(self) -> Session | None:
        """Return the newest session that has a socket, else the newest that could resume."""
        live = [one for one in self._sessions if one.socket is not None]
        candidates = live or self._sessions
        return candidates[-1] if candidates else None

    def is_ready(self) -> bool:
        """Tell whether a client is connected and was sent its guild."""
        session = self.current()
        return bool(session and session.socket and session.has_guild and session.sent >= session.has_guild)

    async def dispatch(self, name: str, data: Json) -> None:
        """Send an event, or keep it for a RESUME; with no session it is lost, as for a bot that is offline.

        Events that the session's intents leave out are not sent.
        """
        session = self.current()
        if session is None or not session.intents & self._intent(name, data):
            return
        session.add(name, data)
        await session.flush()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one socket until it closes."""
        socket = web.WebSocketResponse(timeout=2.0)
        await socket.prepare(request)
        self._sockets.add(socket)
        session: Session | None = None
        try:
            await self._open.wait()
            await _send(socket, HELLO, {"heartbeat_interval": round(self.heartbeat_interval * 1000)})
            async for frame in socket:
                if frame.type is not WSMsgType.TEXT:
                    continue
                payload = json.loads(frame.data)
                if payload["op"] == HEARTBEAT:
                    await _send(socket, HEARTBEAT_ACK, None)
                    if session is not None:
                        session.beats += 1
                        self._world.changes.notify()
                elif payload["op"] == IDENTIFY:
                    session = await self._identify(socket, payload["d"], session)
                elif payload["op"] == RESUME:
                    session = await self._resume(socket, payload["d"])
        except ConnectionError:
            pass  # The client went away while we were sending.
        finally:
            self._sockets.discard(socket)
            if session is not None and session.socket is socket:
                session.socket = None
            self._world.changes.notify()
        return socket

    async def let_catch_up(self) -> None:
        """Give the client the time to digest the answers to its requests, measured in round trips.

        A user presses a button long after the client knows that its message was posted; a test is quicker than
        the client's own event loop. The client answers op 1 at once, so its loop turned meanwhile. Raises
        TimeoutError when it does not answer within 5 s. Who waits at the same time waits for the same round trips:
        the client sends no more than 110 answers a minute.
        """
        if self._catching_up is None or self._catching_up.done():
            self._catching_up = asyncio.create_task(self._round_trips())
        await asyncio.shield(self._catching_up)

    async def _round_trips(self) -> None:
        for _ in range(ROUND_TRIPS):
            session = self.current()
            if session is None or session.socket is None:
                return
            before = session.beats
            await _send(session.socket, HEARTBEAT, None)
            await self._world.changes.wait(partial(_answered, session, before), 5.0, lambda: "no answer to op 1")

    async def drop(self, code: int) -> None:
        """Close every socket with a code; sessions stay and can be resumed."""
        for session in self._sessions:
            session.socket = None  # First of all, so that nothing more goes into a closing socket.
        self._world.changes.notify()
        await asyncio.gather(*(socket.close(code=code) for socket in list(self._sockets)))

    @contextlib.contextmanager
    def shut(self) -> Iterator[None]:
        """Let clients connect but wait for HELLO until the block ends (discord.py waits 60 s)."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    async def invalidate(self) -> None:
        """Tell the client that its session is gone (op 9, d = false) and forget it."""
        session = self.current()
        if session is None:
            return
        socket = session.socket
        self._sessions.remove(session)
        session.socket = None
        self._world.changes.notify()
        if socket is not None:
            await _send(socket, INVALID_SESSION, data=False)

    async def close(self) -> None:
        """Close everything, for good."""
        self._open.set()
        await self.drop(GOING_AWAY)

    async def _identify(self, socket: web.WebSocketResponse, data: Json, old: Session | None) -> Session | None:
        """Start a session, or close the socket with the code for what is wrong."""
        self.connections += 1
        refusal = None
        if data["token"] != self._token:
            refusal = AUTHENTICATION_FAILED
        elif old is not None:
            refusal = ALREADY_AUTHENTICATED
        elif data["intents"] & PRIVILEGED:
            refusal = DISALLOWED_INTENTS
        if refusal is not None:
            await socket.close(code=refusal)
            return old
        world = self._world
        session = Session(data["intents"], socket)
        ready = {
            "v": 10,
            "user": world.current_user(),
            "guilds": [{"id": str(world.guild_id), "unavailable": True}],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": str(world.bot_id), "flags": 0},
        }
        if "shard" in data:
            ready["shard"] = data["shard"]
        session.add("READY", ready)
        session.add("GUILD_CREATE", world.guild())
        session.has_guild = len(session.log)
        self._sessions.append(session)
        await session.flush()
        world.changes.notify()
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        """Give a session its new socket and replay what is newer than the client's sequence number."""
        session = next((one for one in self._sessions if one.id == data["session_id"]), None)
        if session is None or data["token"] != self._token or not 0 <= (data["seq"] or 0) <= len(session.log):
            await _send(socket, INVALID_SESSION, data=False)
            return None
        self.resumes += 1
        self._sessions.remove(session)
        self._sessions.append(session)
        session.socket = socket
        session.sent = data["seq"] or 0
        session.add("RESUMED", {})
        await session.flush()
        self._world.changes.notify()
        return session

    @staticmethod
    def _intent(name: str, data: Json) -> int:
        """Return the intent that an event needs; every bit where it needs none."""
        if name.startswith("MESSAGE_"):
            return GUILD_MESSAGES if data.get("guild_id") else DIRECT_MESSAGES
        return GUILDS if name.startswith("THREAD_") else -1


def _answered(session: Session, before: int) -> bool | None:
    """Return True once a session had another heartbeat, or lost its socket; else None."""
    return session.beats > before or session.socket is None or None


async def _send(socket: web.WebSocketResponse, op: int, data: Json | bool | None) -> None:
    """Send something that is not an event."""
    await socket.send_str(json.dumps({"op": op, "d": data, "s": None, "t": None}))
