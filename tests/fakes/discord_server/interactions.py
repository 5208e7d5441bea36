"""Interactions: what users start (commands, buttons, autocomplete) and what became of them."""

import asyncio
import secrets
from collections.abc import Callable, Mapping

from . import objects
from .commands import Commands, Value
from .errors import DiscordError, Json
from .gateway import Gateway
from .limits import components_of
from .messages import MessageStore
from .objects import LOADING
from .world import World

COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4
MESSAGE_COMMAND = 3
ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024


class FakeInteraction:
    """One interaction, from the user's side.

    `callbacks` are the bodies of all its callbacks, refused ones too; `acknowledged_after` the seconds until
    the first that was accepted, None before; `ephemeral` whether the response is seen by its user only.
    """

    def __init__(self, *, world: World, store: MessageStore, kind: int, channel_id: int, user_id: int) -> None:
        """Start the clock; the payload is built and sent by `Interactions`."""
        self.id = world.ids.next()
        self.token = secrets.token_urlsafe(32)
        self.kind = kind
        self.channel_id = channel_id
        self.user_id = user_id
        self.callbacks: list[Json] = []
        self.acknowledged_after: float | None = None
        self.ephemeral = False
        self.expired = False
        self.choices: list[Json] | None = None
        self.source_id: int | None = None  # The message whose button was pressed.
        self.original_id: int | None = None
        self.followup_ids: list[int] = []
        self._started = asyncio.get_running_loop().time()
        self._world = world
        self._store = store

    @property
    def age(self) -> float:
        """Seconds since the user started it."""
        return asyncio.get_running_loop().time() - self._started

    @property
    def response(self) -> Json | None:
        """The response as it is now, "thinking" too (flag 128); None before it and after its deletion.

        For a button it is the button's own message, once the interaction has changed it.
        """
        return self._read(self.original_id)

    @property
    def followups(self) -> list[Json]:
        """The follow-up messages as they are now, oldest first; the one that ended "thinking" is the response."""
        found = [self._read(one) for one in self.followup_ids]
        return [one for one in found if one is not None]

    def expire(self) -> None:
        """Let the token end, as Discord does after 15 minutes."""
        self.expired = True

    async def settled(self, timeout: float = 10.0, predicate: Callable[[Json], bool] | None = None) -> Json:
        """Wait for a visible message, the response before follow-ups, for which `predicate` holds, and return it.

        Raises TimeoutError after `timeout` seconds, with what there was instead.
        """
        return await self._world.changes.wait(lambda: self._visible(predicate), timeout, self._state)

    def _visible(self, predicate: Callable[[Json], bool] | None) -> Json | None:
        """Return the first visible message that fits."""
        candidates = [one for one in (self.response, *self.followups) if one and not one["flags"] & LOADING]
        return next((one for one in candidates if predicate is None or predicate(one)), None)

    def _read(self, message_id: int | None) -> Json | None:
        """Return a message as the user sees it, None when there is none."""
        if message_id is None:
            return None
        try:
            return self._store.shown(self._store.get(self.channel_id, message_id, ephemeral=True))
        except DiscordError:
            return None

    def _state(self) -> str:
        """Describe what happened so far."""
        if self.acknowledged_after is None:
            return "the interaction was never acknowledged"
        return (
            f"no fitting visible response; acknowledged after {self.acknowledged_after:.2f} s, "
            f"callbacks {self.callbacks}, response {self.response}, follow-ups {self.followups}"
        )


class Interactions:
    """Starts interactions and finds them again by their token."""

    def __init__(self, *, world: World, store: MessageStore, gateway: Gateway, commands: Commands) -> None:
        """Start without interactions."""
        self._world = world
        self._store = store
        self._gateway = gateway
        self._commands = commands
        self._by_token: dict[str, FakeInteraction] = {}

    def find(self, token: str) -> FakeInteraction | None:
        """Return an interaction by its token."""
        return self._by_token.get(token)

    async def slash(self, name: str, options: Mapping[str, Value], channel_id: int, user_id: int) -> FakeInteraction:
        """Call a slash command; see Commands.call for what is raised."""
        return await self._start(COMMAND, self._commands.call(name, options), channel_id, user_id)

    async def context_menu(self, name: str, message: Json, user_id: int) -> FakeInteraction:
        """Call a message command on a message. Raises KeyError when it is not synced."""
        command = self._commands.find(name, MESSAGE_COMMAND)
        channel_id, message_id = int(message["channel_id"]), str(message["id"])
        # The app gets the whole message here, whatever its intents.
        target = self._store.get(channel_id, int(message_id))
        data = {"id": command["id"], "name": name, "type": MESSAGE_COMMAND, "target_id": message_id}
        data["resolved"] = {"messages": {message_id: target}}
        return await self._start(COMMAND, data, channel_id, user_id)

    async def click(self, message: Json, custom_id: str, values: list[str] | None, user_id: int) -> FakeInteraction:
        """Press a button, or choose `values` in a select. Raises KeyError when there is none, ValueError when disabled.

        Raises DiscordError when the message does not exist any more.
        """
        stored = self._store.get(int(message["channel_id"]), int(message["id"]), ephemeral=True)
        there = {one["custom_id"]: one for one in components_of(stored["components"]) if "custom_id" in one}
        if custom_id not in there:
            text = f"{custom_id!r} is not among the components: {list(there)}"
            raise KeyError(text)
        if there[custom_id].get("disabled"):
            text = f"{custom_id!r} is disabled"
            raise ValueError(text)
        data: Json = {"custom_id": custom_id, "component_type": there[custom_id]["type"]}
        if values is not None:
            data["values"] = values
        await self._gateway.let_catch_up()
        return await self._start(COMPONENT, data, int(message["channel_id"]), user_id, source=stored)

    async def autocomplete(
        self, name: str, options: Mapping[str, Value], focused: str, channel_id: int, user_id: int
    ) -> FakeInteraction:
        """Type into an option; the answer is in `choices`. See Commands.call for what is raised."""
        data = self._commands.call(name, options, focused=focused)
        return await self._start(AUTOCOMPLETE, data, channel_id, user_id)

    async def _start(
        self, kind: int, data: Json, channel_id: int, user_id: int, *, source: Json | None = None
    ) -> FakeInteraction:
        """Make an interaction and send it to the bot."""
        world = self._world
        channel, user = world.channel(channel_id), world.user(user_id)
        made = FakeInteraction(world=world, store=self._store, kind=kind, channel_id=channel_id, user_id=user_id)
        self._by_token[made.token] = made
        payload: Json = {
            "id": str(made.id),
            "application_id": str(world.bot_id),
            "type": kind,
            "token": made.token,
            "version": 1,
            "data": data,
            "channel_id": str(channel_id),
            "channel": channel,
            "app_permissions": str(world.permissions(channel_id)),
            "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
        }
        if world.is_direct(channel_id):
            payload |= {"user": user, "context": 1, "authorizing_integration_owners": {"1": str(user_id)}}
        else:
            is_owner = user_id == world.member_id
            permissions = objects.OWNER_PERMISSIONS if is_owner else objects.BASE_PERMISSIONS
            payload |= {
                "guild_id": str(world.guild_id),
                "guild": {"id": str(world.guild_id), "locale": "en-US", "features": []},
                "guild_locale": "en-US",
                "member": objects.member(user, permissions=permissions),
                "context": 0,
                "authorizing_integration_owners": {"0": str(world.guild_id)},
            }
        if source is not None:
            made.source_id = int(source["id"])
            payload["message"] = self._store.shown(source)
        await self._gateway.dispatch("INTERACTION_CREATE", payload)
        return made
