"""Which conversation a command goes on with."""

from bot.app import App
from bot.assistant.conversation import Conversation
from bot.errors import ConversationOver
from bot.frontends.console.asking import CONSOLE, PLACE


async def conversation_for(app: App, *, again: bool) -> Conversation:
    """Start a conversation, or, `again`, return the last one. Raises ConversationOver when there is none."""
    if not again:
        return app.conversations.start(PLACE, CONSOLE)
    conversation = await app.conversations.latest(PLACE, CONSOLE)
    if conversation is None:
        raise ConversationOver(hours=app.settings.store.conversation_hours)
    return conversation
