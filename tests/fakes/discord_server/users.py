"""The users' side of the fake: what they do, and what they see of the bot."""

from collections.abc import Callable, Mapping

from .channels import deletion
from .commands import Commands, Value
from .errors import Json
from .gateway import Gateway
from .interactions import FakeInteraction, Interactions
from .messages import MessageStore
from .world import World


class Users:
    """Actions of users and the bot's messages before their eyes.

    `channel_id` and `user_id` default to the channel "papers" and the guild's owner. Users that were not known
    before join the guild silently. Actions return once the event is on its way; while the client is away its
    session keeps the event for a RESUME, and without a session it is lost.
    """

    def __init__(self, *, world: World, store: MessageStore, gateway: Gateway, commands: Commands) -> None:
        """Act on the given parts."""
        self._world = world
        self._store = store
        self._gateway = gateway
        self._interactions = Interactions(world=world, store=store, gateway=gateway, commands=commands)
        self.bot_id = self.application_id = world.bot_id
        self.guild_id = world.guild_id
        self.channel_id = world.channel_id
        self.second_channel_id = world.second_channel_id
        self.forum_id = world.forum_id
        self.member_id = world.member_id

    async def slash(
        self,
        name: str,
        options: Mapping[str, Value] | None = None,
        *,
        channel_id: int | None = None,
        user_id: int | None = None,
    ) -> FakeInteraction:
        """Call a slash command; a subcommand is "group name".

        Raises KeyError for a command that is not synced or an option that it does not have, ValueError for a
        missing option, TypeError for one of the wrong type: Discord's own client would not send these.
        """
        return await self._interactions.slash(name, options or {}, channel_id or self.channel_id, self._user(user_id))

    async def context_menu(self, name: str, message: Json, *, user_id: int | None = None) -> FakeInteraction:
        """Call a message command ("Apps" in a message's menu) on a message. Raises KeyError when it is not synced."""
        return await self._interactions.context_menu(name, message, self._user(user_id))

    async def click(
        self, message: Json, custom_id: str, *, values: list[str] | None = None, user_id: int | None = None
    ) -> FakeInteraction:
        """Press a message's button, or choose `values` in its select.

        Raises KeyError when the message has no such component now, ValueError when it is disabled.
        """
        return await self._interactions.click(message, custom_id, values, self._user(user_id))

    async def autocomplete(
        self,
        name: str,
        option: str,
        text: str,
        *,
        others: Mapping[str, Value] | None = None,
        timeout: float = 3.0,
        channel_id: int | None = None,
        user_id: int | None = None,
    ) -> list[Json]:
        """Type `text` into an option, with `others` filled in before, and return the choices offered.

        Raises KeyError as `slash` does, TimeoutError when no valid answer comes within `timeout` seconds.
        """
        interaction = await self._interactions.autocomplete(
            name, {**(others or {}), option: text}, option, channel_id or self.channel_id, self._user(user_id)
        )
        return await self._world.changes.wait(
            lambda: interaction.choices, timeout, lambda: f"no choices for {name} {option}; {interaction.callbacks}"
        )

    async def mention(
        self, text: str, *, channel_id: int | None = None, user_id: int | None = None, reply_to: int | None = None
    ) -> int:
        """Write `<@bot> text`, perhaps as a reply to a message's id, and return the new message's id."""
        return await self._write(f"<@{self.bot_id}> {text}", channel_id, user_id, reply_to)

    async def say(
        self, text: str, *, channel_id: int | None = None, user_id: int | None = None, reply_to: int | None = None
    ) -> int:
        """Write `text` and return the new message's id.

        The bot gets it without content, for lack of the message_content intent, except in a private channel
        and in a reply to the bot, which mentions it.
        """
        return await self._write(text, channel_id, user_id, reply_to)

    async def delete_message(self, message_id: int, *, channel_id: int | None = None) -> None:
        """Delete a message, anybody's. Raises DiscordError when there is none."""
        message = self._store.get(channel_id or self.channel_id, message_id)
        self._store.delete(message)
        await self._gateway.dispatch("MESSAGE_DELETE", deletion(message, self._world))

    async def delete_channel(self, channel_id: int) -> None:
        """Delete a channel. Raises DiscordError when there is none."""
        channel = self._world.delete_channel(channel_id)
        await self._gateway.dispatch("CHANNEL_DELETE", channel)

    async def kick(self) -> None:
        """Remove the bot from the guild: nothing there is open to it any more."""
        self._world.kicked = True
        await self._gateway.dispatch("GUILD_DELETE", {"id": str(self.guild_id)})

    async def invite_back(self) -> None:
        """Undo `kick`, as an invitation does."""
        self._world.kicked = False
        await self._gateway.dispatch("GUILD_CREATE", self._world.guild())

    def direct_channel(self, user_id: int | None = None) -> int:
        """Return the id of the private channel between a user and the bot, opened when there is none."""
        return int(self._world.direct_channel(self._user(user_id))["id"])

    def messages(self, channel_id: int | None = None) -> list[Json]:
        """Return the bot's messages in a channel as they are now, oldest first.

        Without ephemeral ones and without those that only say "thinking".
        """
        return self._store.by_bot(channel_id or self.channel_id)

    async def wait_for_message(
        self, predicate: Callable[[Json], bool], *, channel_id: int | None = None, timeout: float = 10.0
    ) -> Json:
        """Wait until one of `messages` fits, by being there, posted or edited, and return it.

        Raises TimeoutError after `timeout` seconds, with the messages there are.
        """

        def look() -> Json | None:
            return next((one for one in self.messages(channel_id) if predicate(one)), None)

        def complaint() -> str:
            return f"no fitting message among {self.messages(channel_id)}"

        return await self._world.changes.wait(look, timeout, complaint)

    async def _write(self, text: str, channel_id: int | None, user_id: int | None, reply_to: int | None) -> int:
        """Store a user's message and tell the bot."""
        channel_id = channel_id or self.channel_id
        body: Json = {"content": text}
        if reply_to is not None:
            body["message_reference"] = {"message_id": str(reply_to)}
        message = self._store.create(channel_id, self._user(user_id), body, attachments=[])
        await self._gateway.dispatch("MESSAGE_CREATE", self._store.event(message))
        return int(message["id"])

    def _user(self, user_id: int | None) -> int:
        """Return a user's id, the owner's by default; the user is known from then on."""
        return int(self._world.user(user_id or self.member_id)["id"])
