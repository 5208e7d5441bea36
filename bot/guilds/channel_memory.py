"""What a guild's channels have discussed, where the guild wants that remembered."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta

from bot.guilds.settings import GuildSettings
from bot.store.channel_memory import ChannelMemoryStore, Discussion

MEMORY_DAYS = timedelta(days=400)
"""How long a discussion is remembered."""

SILENT_FOR = timedelta(days=1)
"""For so long a channel isn't reminded of the same paper again."""

_FORGET_EVERY = timedelta(hours=12)


class ChannelMemory:
    """Remembers the first message on a paper in each channel. Every method raises StoreError.

    Nothing is noted or shown in a guild that has not turned it on; turned off again, it is silent, and forgets by time.
    """

    def __init__(
        self, *, discussed: ChannelMemoryStore, guild_settings: GuildSettings, clock: Callable[[], datetime]
    ) -> None:
        self._discussed = discussed
        self._guild_settings = guild_settings
        self._clock = clock
        self._forgotten_at: datetime | None = None

    async def note(self, guild: str, channel: str, message: str, keys: Collection[str]) -> None:
        """Remember a message on these papers, where it is the first one in its channel."""
        if not keys or not (await self._guild_settings.rules(guild)).channel_memory:
            return
        await self._forget()
        await self._discussed.note(guild, channel, message, keys, now=self._clock().timestamp())

    async def earlier(
        self, guild: str, keys: Collection[str], *, tellable: Callable[[Discussion], bool]
    ) -> list[Discussion]:
        """Return the first `tellable` discussion of each paper, in the order of `keys`."""
        if not keys or not (await self._guild_settings.rules(guild)).channel_memory:
            return []
        oldest = (self._clock() - MEMORY_DAYS).timestamp()
        first: dict[str, Discussion] = {}
        for found in await self._discussed.of(guild, keys):
            if found.at >= oldest and tellable(found):
                first.setdefault(found.key, found)
        return [first[key] for key in keys if key in first]

    async def claim(self, channel: str, found: Sequence[Discussion]) -> list[Discussion]:
        """Return the discussions that a channel hasn't been shown lately; they count as shown from now on."""
        now = self._clock()
        keys = [each.key for each in found]
        new = await self._discussed.claim(channel, keys, now=now.timestamp(), since=(now - SILENT_FOR).timestamp())
        return [each for each in found if each.key in new]

    async def forget_message(self, message: str) -> None:
        """Forget a message that was deleted."""
        await self._discussed.forget_message(message)

    async def forget_channel(self, guild: str, channel: str) -> None:
        """Forget a channel that was deleted."""
        await self._discussed.forget_channel(guild, channel)

    async def forget_guild(self, guild: str) -> None:
        """Forget a guild that removed the bot."""
        await self._discussed.forget_guild(guild)

    async def _forget(self) -> None:
        """Forget what is too old, now and then."""
        now = self._clock()
        if self._forgotten_at is None or now - self._forgotten_at >= _FORGET_EVERY:
            self._forgotten_at = now
            await self._discussed.forget_before((now - MEMORY_DAYS).timestamp())
