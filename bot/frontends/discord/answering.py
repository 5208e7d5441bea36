"""The assistant's events, shown in a message as they come."""

from datetime import tzinfo

from bot.assistant.answer import Statement
from bot.assistant.assistant import Assistant
from bot.assistant.events import Done, SentenceReady
from bot.assistant.inquiry import Inquiry
from bot.frontends.discord.rendering.answers import answer_embeds, writing_embed
from bot.frontends.discord.streaming import StreamedMessage


async def show_answer(assistant: Assistant, question: str, message: StreamedMessage, *, zone: tzinfo) -> None:
    """Ask, show each state, and end with the answer. Raises QuestionError, StoreError, discord.HTTPException.

    `zone` is where "today" is: Discord tells nobody's own.
    """
    statements: list[Statement] = []
    async for event in assistant.ask(question, inquiry=Inquiry(zone=zone)):
        match event:
            case SentenceReady(statement):
                statements.append(statement)
                await message.update(writing_embed(question, statements))
            case Done(answer):
                await message.finish(answer_embeds(answer))
            case _:
                pass  # Discord itself shows that the bot is thinking or typing
