"""The daily summary in its channels."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

import discord
from discord.ext import commands, tasks

from bot.app import App
from bot.assistant.digests.delivery import DigestDelivery
from bot.assistant.digests.digest import Digest
from bot.assistant.digests.schedule import due
from bot.errors import PaperbotError
from bot.frontends.discord.rendering.digests import digest_embeds, marker
from bot.frontends.discord.speaking import locale_for_guild
from bot.translation import speaking

log = logging.getLogger(__name__)

POLL_S = 20.0
_CLOCK_SLACK = timedelta(minutes=10)
_LONGEST_WAIT = timedelta(minutes=15)


class ChannelOutlet:
    """Posts digests in Discord channels."""

    def __init__(self, *, client: commands.Bot) -> None:
        self._client = client

    async def post(self, channel_id: int, digest: Digest, *, nonce: str) -> int:
        """Post and return the message's id. Raises discord.HTTPException."""
        channel = await self._channel(channel_id)
        message = await channel.send(embeds=digest_embeds(digest), nonce=nonce)
        return message.id

    async def find(self, channel_id: int, day: date, *, since: datetime) -> int | None:
        """Return the bot's own message that ends with the day's marker. Raises discord.HTTPException."""
        channel = await self._channel(channel_id)
        # Discord's clock and ours may differ.
        async for message in channel.history(after=since - _CLOCK_SLACK, limit=None):
            footers = (embed.footer.text or "" for embed in message.embeds)
            if message.author == self._client.user and any(text.endswith(marker(day)) for text in footers):
                return message.id
        return None

    async def _channel(self, channel_id: int) -> discord.abc.Messageable:
        channel = self._client.get_channel(channel_id) or await self._client.fetch_channel(channel_id)
        if not isinstance(channel, discord.abc.Messageable):
            raise TypeError(f"channel {channel_id} can't hold messages")
        return channel


class DailyCog(commands.Cog):
    """Looks often whether a digest is due, instead of sleeping until its slot: clocks jump and computers sleep."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._settings = app.settings.digest
        self._clock: Callable[[], datetime] = app.clock
        self._delivery = DigestDelivery(
            ledger=app.ledger, writer=app.digests, outlet=ChannelOutlet(client=client), clock=app.clock
        )
        self._failures: dict[int, int] = {}
        self._not_before: dict[int, datetime] = {}

    async def cog_load(self) -> None:
        """Start looking, if there is a channel to post to."""
        if self._settings.channel_ids:
            self._look.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self._look.cancel()

    @tasks.loop(seconds=POLL_S)
    async def _look(self) -> None:
        now = self._clock()
        day = due(
            now,
            self._settings.time,
            self._settings.zone,
            window=timedelta(hours=self._settings.catch_up_hours),
        )
        if day is None:
            return
        for channel_id in self._settings.channel_ids:
            if now >= self._not_before.get(channel_id, now):
                await self._deliver(channel_id, day)

    @_look.before_loop
    async def _connected(self) -> None:
        await self._client.wait_until_ready()

    async def _deliver(self, channel_id: int, day: date) -> None:
        try:
            channel = self._client.get_channel(channel_id)
            with speaking(await locale_for_guild(getattr(channel, "guild", None))):
                await self._delivery.deliver(channel_id, day)
        except Exception as error:
            failures = self._failures[channel_id] = self._failures.get(channel_id, 0) + 1
            wait = min(timedelta(seconds=POLL_S) * 2**failures, _LONGEST_WAIT)
            self._not_before[channel_id] = self._clock() + wait
            known = isinstance(error, discord.HTTPException | PaperbotError)
            log.warning(
                "the digest of %s was not posted in channel %s: %s. Check that the channel exists and that the bot has "
                "View Channel, Send Messages, Embed Links and Read Message History there. Next try in %s.",
                day,
                channel_id,
                error,
                wait,
                exc_info=None if known else error,
            )
        else:
            self._failures.pop(channel_id, None)
            self._not_before.pop(channel_id, None)
