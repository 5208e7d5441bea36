"""Conversations, as far as the console needs them."""

from typing import Protocol, cast

from bot.app import App
from bot.assistant.asker import Asker
from bot.assistant.conversation import Conversation
from bot.errors import ConversationOver
from bot.frontends.console.asking import CONSOLE, PLACE


class Conversations(Protocol):
    """Where conversations are kept."""

    async def start(self, place: str, asker: Asker) -> Conversation:
        """Begin one."""

    async def latest(self, place: str, asker: Asker) -> Conversation | None:
        """Return the one that was gone on with last, unless it has expired."""

    async def forget(self, conversation: Conversation) -> None:
        """Delete all that was said in it."""


def conversations_of(app: App) -> Conversations | None:
    """Return the app's conversations, or None where it keeps none."""
    return cast("Conversations | None", getattr(app, "conversations", None))


async def conversation_for(app: App, *, again: bool) -> Conversation | None:
    """Start a conversation, or, `again`, return the last one. Raises ConversationOver when it has expired."""
    conversations = conversations_of(app)
    conversation: Conversation | None = None
    if again:
        conversation = await conversations.latest(PLACE, CONSOLE) if conversations else None
        if conversation is None:
            raise ConversationOver(hours=app.settings.store.conversation_hours)
    elif conversations:
        conversation = await conversations.start(PLACE, CONSOLE)
    return conversation
