"""The requester of a question in Discord, the place, and the conversation that it continues.

Discord gives the text of a message without a privileged intent when it mentions the bot or comes by direct message.
A reply mentions who it replies to unless its author turns that off, so that it is read like any mention. Two kinds come
without their text unless they name the bot in it: a reply with the ping turned off, which is left alone, and a reply to
the answer of a slash command (https://github.com/discord/discord-api-docs/issues/5395).
"""

from dataclasses import replace

import discord

from bot.answers.planning.followups import needs_history
from bot.answers.request import Conversation, RequestContext, Requester
from bot.app import App
from bot.errors.requests import AnswerGone


def requester_of(user_id: int, guild_id: int | None) -> Requester:
    """Return the user and the guild whose budgets a request counts against; no guild in private."""
    return Requester(user=str(user_id), guild=str(guild_id) if guild_id is not None else None)


def place_of(channel_id: int | None) -> str:
    """Return the place of a conversation, as the store keeps it. A thread is a channel of its own."""
    return f"discord:{channel_id}"


def command_context(interaction: discord.Interaction, *, app: App) -> RequestContext:
    """Return the circumstances of a command, which begins a conversation. Discord gives nobody's time zone."""
    requester = requester_of(interaction.user.id, interaction.guild_id)
    conversation = app.conversations.start(place_of(interaction.channel_id), requester)
    return RequestContext(requester=requester, conversation=conversation, zone=app.settings.digest.zone)


async def follow_up_context(
    interaction: discord.Interaction, answer_id: str, question: str, *, app: App
) -> RequestContext:
    """Return the circumstances of a question that goes on with an answer, by its button. Raises AnswerGone."""
    requester = requester_of(interaction.user.id, interaction.guild_id)
    place = place_of(interaction.channel_id)
    conversation = await app.conversations.of_answer(answer_id, place=place, requester=requester)
    if conversation is None:
        raise AnswerGone
    return await _context_of(question, conversation, place, requester, app)


async def message_context(message: discord.Message, question: str, *, app: App) -> RequestContext:
    """Return the circumstances of a question by message."""
    requester = requester_of(message.author.id, message.guild.id if message.guild else None)
    place = place_of(message.channel.id)
    conversation = await _before(message, place, requester, app) or app.conversations.start(place, requester)
    context = await _context_of(question, conversation, place, requester, app)
    if isinstance(message.channel, discord.Thread):
        # In the thread of a digest: its papers.
        return replace(context, among=frozenset(await app.digest_contents.of_thread(message.channel.id)))
    return context


async def _context_of(
    question: str, conversation: Conversation, place: str, requester: Requester, app: App
) -> RequestContext:
    if not needs_history(question):
        # Otherwise the turns of what has ended would be remembered again with the new one.
        _, ended = await app.conversations.history(conversation)
        if ended:
            conversation = app.conversations.start(place, requester)
    return RequestContext(requester=requester, conversation=conversation, zone=app.settings.digest.zone)


async def _before(message: discord.Message, place: str, requester: Requester, app: App) -> Conversation | None:
    """Return the conversation that a message continues: what it replies to; in a thread or in private, the latest."""
    reference = message.reference
    if reference is not None and reference.message_id and reference.type is discord.MessageReferenceType.reply:
        found = await app.conversations.of_message(str(reference.message_id), place=place, requester=requester)
        if found is not None:
            return found
    if message.guild is None or isinstance(message.channel, discord.Thread):
        return await app.conversations.latest(place, requester) or await _find_conversation_of_thread(
            message, place, requester, app
        )
    return None


async def _find_conversation_of_thread(
    message: discord.Message, place: str, requester: Requester, app: App
) -> Conversation | None:
    """Return the requester's own conversation whose answer a thread was opened at: it has the id of that message."""
    found = await app.archive.of_message(str(message.channel.id))
    if found is None or found[1].requester.user != requester.user:
        return None
    return replace(found[1], place=place, requester=requester)
