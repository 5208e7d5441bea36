"""The channel memory in Discord: which messages discuss a paper, and who may learn of which.

Where a server wants it, a message that links a paper is answered with where that was discussed before. Without the
intent Message Content the bot reads messages that mention it, and no others.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import discord
from discord.ext import commands

from bot.answers.answer import Answer, Kind
from bot.app import App
from bot.errors.operation import StoreError
from bot.frontends.discord.shared.interactions import AppClient, locale_for_guild
from bot.frontends.discord.shared.permissions import is_own_thread
from bot.guilds.channel_memory import ChannelMemory
from bot.i18n.translation import gettext, use_locale
from bot.search.query.ids import arxiv_ids
from bot.store.channel_memory import Discussion

MOST_SHOWN = 3
"""The most papers whose earlier discussions one message lists."""

_LINK = re.compile(r"https?://[^\s<>\"'`]{1,500}", re.IGNORECASE)

log = logging.getLogger(__name__)


def texts(message: discord.Message) -> Iterator[str]:
    """Yield the texts in which links can be: the message's, what it forwards, and embeds, which bots post instead."""
    parts: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    for part in parts:
        yield part.content
        for embed in part.embeds:
            yield from filter(None, (embed.url, embed.title, embed.description))
            for field in embed.fields:
                yield from filter(None, (field.name, field.value))


def linked_papers(texts: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    """Return the arXiv ids in the links of some texts, once each. A bare number may be anything and doesn't count."""
    return arxiv_ids("\n".join(link for text in texts for link in _LINK.findall(text)))


def visible_below(message: discord.Message, guild: discord.Guild) -> Callable[[Discussion], bool]:
    """Return a test of whether members who read a message may learn of a discussion, which has to be older.

    It passes those of the same channel, and of channels that everybody in the guild sees.
    """

    def visible(discussion: Discussion) -> bool:
        if int(discussion.message) >= message.id:  # ids count up with time
            return False
        if int(discussion.channel) == message.channel.id:
            return True
        channel = guild.get_channel_or_thread(int(discussion.channel))
        if channel is None or (isinstance(channel, discord.Thread) and channel.is_private()):
            return False
        try:
            return channel.permissions_for(guild.default_role).view_channel
        except discord.ClientException:  # a thread whose channel is not known
            return False

    return visible


def discussions_text(found: Sequence[Discussion], guild_id: int) -> str:
    """Return a line in small print for each discussion: the date, in the reader's own form, and a link to it."""
    return "\n".join(
        "-# "
        + gettext("{paper} was discussed on {day}: {link}").format(
            paper=f"`{each.key}`",
            day=f"<t:{int(each.at)}:D>",
            link=f"https://discord.com/channels/{guild_id}/{each.channel}/{each.message}",
        )
        for each in found
    )


async def remember_answer(
    memory: ChannelMemory,
    answer: Answer | None,
    message: discord.Message | None,
    *,
    guild_id: int | None,
    channel_id: int | None,
) -> None:
    """Note the papers that an answer in a server is about. A store that fails costs only this."""
    if answer is None or answer.kind not in {Kind.ANSWER, Kind.EXTRACTS} or message is None:
        return
    if guild_id is not None and channel_id is not None:
        keys = [source.paper.arxiv_id for source in answer.sources if source.paper.arxiv_id]
        await note(memory, message, guild_id, channel_id, keys)


async def note(
    memory: ChannelMemory, message: discord.Message, guild_id: int, channel_id: int, keys: Sequence[str]
) -> None:
    """Note a message on papers. A store that fails costs only this."""
    try:
        await memory.note(str(guild_id), str(channel_id), str(message.id), keys)
    except StoreError as error:
        log.warning("a discussion could not be noted: %s", error)


async def discussed_before(
    memory: ChannelMemory, message: discord.Message, guild: discord.Guild, keys: Sequence[str]
) -> list[Discussion]:
    """Return where the papers of a message were discussed before; nothing when the store fails."""
    try:
        return await memory.earlier(str(guild.id), keys, tellable=visible_below(message, guild))
    except StoreError as error:
        log.warning("earlier discussions could not be looked up: %s", error)
        return []


class ChannelMemoryCog(commands.Cog):
    """Listens for links to papers, and for the deletion of what was noted."""

    def __init__(self, *, client: commands.Bot, app: App) -> None:
        self._client = client
        self._app = app
        self._memory = app.channel_memory

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Reply with where a linked paper was discussed before; remember this message."""
        guild = message.guild
        if guild is None or message.author.bot:
            await self._note_own(message)
            return
        keys = linked_papers(texts(message))
        if not keys or is_own_thread(message.channel, self._client):
            return
        found = await discussed_before(self._memory, message, guild, keys)
        new = await self._claim(message, found[:MOST_SHOWN])
        # After that: what is noted counts as shown in the channel.
        await note(self._memory, message, guild.id, message.channel.id, keys)
        if new:
            await self._reply(message, guild, new)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        """Forget a message that is gone."""
        with suppress(StoreError):
            await self._memory.forget_message(str(event.message_id))

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        """Forget messages that are gone."""
        with suppress(StoreError):
            for message_id in event.message_ids:
                await self._memory.forget_message(str(message_id))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Forget a channel that is gone."""
        with suppress(StoreError):
            await self._memory.forget_channel(str(channel.guild.id), str(channel.id))

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """Forget a thread that is gone."""
        with suppress(StoreError):
            await self._memory.forget_channel(str(event.guild_id), str(event.thread_id))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that removed the bot."""
        with suppress(StoreError):
            await self._memory.forget_guild(str(guild.id))

    async def _note_own(self, message: discord.Message) -> None:
        """Note the papers of what the bot posted by itself, such as a digest; no answer, no requested list."""
        asked_for = message.reference is not None or message.interaction_metadata is not None
        if message.guild is None or message.author != self._client.user or asked_for:
            return
        keys = linked_papers(texts(message))
        if keys and not is_own_thread(message.channel, self._client):
            await note(self._memory, message, message.guild.id, message.channel.id, keys)

    async def _claim(self, message: discord.Message, found: list[Discussion]) -> list[Discussion]:
        """Return what was not shown in the channel lately; nothing when the store fails, as nobody waits for it."""
        try:
            return await self._memory.claim(str(message.channel.id), found) if found else []
        except StoreError as error:
            log.warning("an earlier discussion could not be told: %s", error)
            return []

    async def _reply(self, message: discord.Message, guild: discord.Guild, found: list[Discussion]) -> None:
        with use_locale(await locale_for_guild(guild, app=self._app)):
            text = discussions_text(found, guild.id)
        try:
            await message.reply(text, mention_author=False, silent=True, suppress_embeds=True)
        except discord.HTTPException as error:
            log.warning("an earlier discussion could not be told: %s", error)


async def setup(client: AppClient) -> None:
    """Add the cog."""
    await client.add_cog(ChannelMemoryCog(client=client, app=client.app))
