"""Discord's side of the channel memory: which messages discuss a paper, and who may be told of which."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence

import discord

from bot.answers.answer import Answer, Kind
from bot.app import App
from bot.errors.operation import StoreError
from bot.i18n.translation import gettext
from bot.search.query.ids import arxiv_ids
from bot.store.channel_memory import Discussion

MOST_TOLD = 3
"""How many papers a channel is told of by one message."""

_LINK = re.compile(r"https?://[^\s<>\"'`]{1,500}", re.IGNORECASE)

log = logging.getLogger(__name__)


def texts(message: discord.Message) -> Iterator[str]:
    """Yield where links stand: the text, what was forwarded with it, and embeds, which bots post instead of text."""
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


def tellable_under(message: discord.Message, guild: discord.Guild) -> Callable[[Discussion], bool]:
    """Return what tells whether members who read a message may be told of a discussion, which has to be older.

    Of the same channel they may, and of those that everybody in the guild sees: a private one is nobody else's matter.
    """

    def tellable(discussion: Discussion) -> bool:
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

    return tellable


def told(found: Sequence[Discussion], guild_id: int) -> str:
    """Return a quiet line for each discussion: the day, in the reader's own form, and a link that jumps there."""
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
    answer: Answer | None, message: discord.Message | None, *, guild_id: int | None, channel_id: int | None, app: App
) -> None:
    """Note the papers that an answer in a server is about. A store that fails costs only this."""
    if answer is None or answer.kind not in {Kind.ANSWER, Kind.EXTRACTS} or message is None:
        return
    if guild_id is not None and channel_id is not None:
        keys = [source.paper.arxiv_id for source in answer.sources if source.paper.arxiv_id]
        await note(message, guild_id, channel_id, keys, app=app)


async def note(message: discord.Message, guild_id: int, channel_id: int, keys: Sequence[str], *, app: App) -> None:
    """Note a message on papers. A store that fails costs only this."""
    try:
        await app.channel_memory.note(str(guild_id), str(channel_id), str(message.id), keys)
    except StoreError as error:
        log.warning("a discussion could not be noted: %s", error)


async def discussed_before(
    message: discord.Message, guild: discord.Guild, keys: Sequence[str], *, app: App
) -> list[Discussion]:
    """Return where the papers of a message were discussed before; nothing when the store fails."""
    try:
        return await app.channel_memory.earlier(str(guild.id), keys, tellable=tellable_under(message, guild))
    except StoreError as error:
        log.warning("earlier discussions could not be looked up: %s", error)
        return []
