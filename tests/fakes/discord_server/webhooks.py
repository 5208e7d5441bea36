"""Routes that an interaction's token opens: its callback, its response and its follow-ups."""

import asyncio

from aiohttp import web

from .buckets import Bucket
from .channels import deletion
from .errors import DiscordError, Json
from .gateway import Gateway
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, FakeInteraction, Interactions
from .limits import check_choices
from .messages import MessageStore
from .objects import EPHEMERAL, LOADING
from .rest import API, read_body, reply
from .world import World

MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
# Which callbacks an interaction may get.
ALLOWED = {
    COMMAND: {MESSAGE, DEFERRED, MODAL},
    COMPONENT: {MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
}
COMMAND_RESPONSE = 20


class Webhooks:
    """Handlers of the routes whose credential is an interaction's token."""

    def __init__(
        self,
        *,
        world: World,
        store: MessageStore,
        gateway: Gateway,
        interactions: Interactions,
        edits: list[tuple[float, int, Json]],
        bucket: Bucket,
    ) -> None:
        """Serve from the given parts; `acknowledge_within` are the seconds that Discord waits for a callback."""
        self.acknowledge_within = 3.0
        self._world = world
        self._store = store
        self._gateway = gateway
        self._interactions = interactions
        self._edits = edits
        self._bucket = bucket

    def routes(self) -> list[web.RouteDef]:
        """Return the routes."""
        webhook = f"{API}/webhooks/{{application}}/{{token}}"
        message = f"{webhook}/messages/{{message}}"
        return [
            web.post(f"{API}/interactions/{{interaction}}/{{token}}/callback", self.callback),
            web.post(webhook, self.follow_up),
            web.get(message, self.message),
            web.patch(message, self.edit),
            web.delete(message, self.delete),
        ]

    async def callback(self, request: web.Request) -> web.Response:
        """Take the first answer to an interaction."""
        interaction = self._interactions.find(request.match_info["token"])
        if interaction is None or str(interaction.id) != request.match_info["interaction"]:
            raise DiscordError(404, 10062, "Unknown interaction")
        body, attachments = await read_body(request, self._world)
        interaction.callbacks.append(body)
        if interaction.acknowledged_after is not None:
            raise DiscordError(400, 40060, "Interaction has already been acknowledged.")
        if interaction.expired or interaction.age > self.acknowledge_within:
            raise DiscordError(404, 10062, "Unknown interaction")
        if body["type"] not in ALLOWED[interaction.kind]:
            problem = {"code": "INTERACTION_APPLICATION_COMMAND_INVALID_RESPONSE", "message": "Invalid response type."}
            raise DiscordError(400, 50035, "Invalid Form Body", {"type": {"_errors": [problem]}})
        message = await self._answer(interaction, body["type"], body.get("data") or {}, attachments)
        interaction.acknowledged_after = interaction.age
        self._world.changes.notify()
        if request.query.get("with_response") not in ("1", "true"):
            return web.Response(status=204)
        return reply(self._callback_result(interaction, body["type"], message))

    async def follow_up(self, request: web.Request) -> web.Response:
        """Post a follow-up; the first one after "thinking" becomes the response."""
        interaction = self._known(request)
        body, attachments = await read_body(request, self._world)
        original = self._original(interaction)
        if original is not None and original["flags"] & LOADING:
            return await self._change(original, body, attachments)
        message = await self._create(interaction, body, attachments)
        interaction.followup_ids.append(int(message["id"]))
        self._world.changes.notify()
        return reply(self._store.shown(message))

    async def message(self, request: web.Request) -> web.Response:
        """Read the response or a follow-up."""
        return reply(self._store.shown(self._named(request)))

    async def edit(self, request: web.Request) -> web.Response:
        """Edit the response or a follow-up."""
        interaction = self._known(request)
        message = self._named(request)
        if (refusal := self._bucket.take(request.match_info["token"])) is not None:
            return refusal
        body, attachments = await read_body(request, self._world)
        self._edits.append((asyncio.get_running_loop().time(), int(message["id"]), body))
        answer = await self._change(message, body, attachments)
        if int(message["id"]) == interaction.source_id:
            interaction.original_id = interaction.source_id
        self._world.changes.notify()
        answer.headers.update(self._bucket.headers(request.match_info["token"]))
        return answer

    async def delete(self, request: web.Request) -> web.Response:
        """Delete the response or a follow-up."""
        message = self._named(request)
        self._store.delete(message)
        if not message["flags"] & EPHEMERAL:
            await self._gateway.dispatch("MESSAGE_DELETE", deletion(message, self._world))
        return web.Response(status=204)

    async def _answer(
        self, interaction: FakeInteraction, kind: int, data: Json, attachments: list[Json]
    ) -> Json | None:
        """Do what a callback says and return the message that it made or changed."""
        if kind == CHOICES:
            check_choices(data.get("choices") or [])
            interaction.choices = data.get("choices") or []
        elif kind in (DEFERRED_UPDATE, UPDATE):
            source = self._store.get(interaction.channel_id, interaction.source_id or 0, ephemeral=True)
            interaction.ephemeral = bool(source["flags"] & EPHEMERAL)
            if kind == UPDATE:
                await self._change(source, data, attachments)
                interaction.original_id = interaction.source_id
            return source
        elif kind in (MESSAGE, DEFERRED):
            flags = (data.get("flags") or 0) | (LOADING if kind == DEFERRED else 0)
            message = await self._create(interaction, {**data, "flags": flags}, attachments)
            interaction.original_id = int(message["id"])
            interaction.ephemeral = bool(message["flags"] & EPHEMERAL)
            return message
        return None

    async def _create(self, interaction: FakeInteraction, body: Json, attachments: list[Json]) -> Json:
        """Store a message by the bot as an answer, and tell the bot of it like Discord: not of ephemeral ones."""
        metadata = {
            "id": str(interaction.id),
            "type": interaction.kind,
            "user": self._world.user(interaction.user_id),
            "authorizing_integration_owners": {},
        }
        is_response = interaction.kind == COMMAND and interaction.original_id is None
        message = self._store.create(
            interaction.channel_id,
            self._world.bot_id,
            body,
            attachments=attachments,
            type=COMMAND_RESPONSE if is_response else 0,
            application_id=str(self._world.bot_id),
            webhook_id=str(self._world.bot_id),
            interaction_metadata=metadata,
        )
        if not message["flags"] & EPHEMERAL:
            await self._gateway.dispatch("MESSAGE_CREATE", self._store.event(message))
        return message

    async def _change(self, message: Json, body: Json, attachments: list[Json]) -> web.Response:
        """Edit a stored message and answer with it."""
        self._store.edit(message, body, attachments=attachments)
        if not message["flags"] & EPHEMERAL:
            await self._gateway.dispatch("MESSAGE_UPDATE", self._store.event(message))
        return reply(self._store.shown(message))

    def _callback_result(self, interaction: FakeInteraction, kind: int, message: Json | None) -> Json:
        """Return the answer to a callback `with_response`; the message is in it only for types 4 and 7."""
        about: Json = {"id": str(interaction.id), "type": interaction.kind, "channel_id": str(interaction.channel_id)}
        result: Json = {"interaction": about}
        if message is not None:
            about["response_message_id"] = message["id"]
            about["response_message_loading"] = bool(message["flags"] & LOADING)
            about["response_message_ephemeral"] = bool(message["flags"] & EPHEMERAL)
        if message is not None and kind in (MESSAGE, UPDATE):
            result["resource"] = {"type": kind, "message": self._store.shown(message)}
        return result

    def _known(self, request: web.Request) -> FakeInteraction:
        """Return the acknowledged interaction of a token. Raises DiscordError (404, 401) otherwise."""
        interaction = self._interactions.find(request.match_info["token"])
        if interaction is None or interaction.acknowledged_after is None:
            raise DiscordError(404, 10015, "Unknown Webhook")
        if interaction.expired:
            raise DiscordError(401, 50027, "Invalid Webhook Token")
        return interaction

    def _original(self, interaction: FakeInteraction) -> Json | None:
        """Return what @original names: the response, for a button without one its own message; None when deleted."""
        message_id = interaction.original_id or interaction.source_id
        if message_id is None:
            return None
        try:
            return self._store.get(interaction.channel_id, message_id, ephemeral=True)
        except DiscordError:
            return None

    def _named(self, request: web.Request) -> Json:
        """Return the message that a request names. Raises DiscordError (404) unless it belongs to the interaction."""
        interaction = self._known(request)
        name = request.match_info["message"]
        original = self._original(interaction)
        if original is not None and name in ("@original", original["id"]):
            return original
        if name != "@original" and int(name) in interaction.followup_ids:
            return self._store.get(interaction.channel_id, int(name), ephemeral=True)
        raise DiscordError(404, 10008, "Unknown Message")
