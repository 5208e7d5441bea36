"""The assistant's events, shown in a message as they come."""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

from bot.assistant.answer import Answer
from bot.assistant.events import Done, Event, RowReady, Searching, SentenceReady, SourcesFound
from bot.assistant.keeping.archive import AnswerArchive
from bot.errors import StoreError
from bot.frontends.discord.buttons.below import view_below
from bot.frontends.discord.rendering.answers import Draft, answer_embeds, writing_embed
from bot.frontends.discord.streaming import StreamedMessage

log = logging.getLogger(__name__)


async def show_answer(
    events: AsyncGenerator[Event], message: StreamedMessage, *, archive: AnswerArchive
) -> Answer | None:
    """Show each state of an answer, summary, comparison or explanation, and what stands in the end; return this.

    Replies to any message that shows it find the answer again. Raises what the events raise, and
    discord.HTTPException when Discord refuses the end.
    """
    draft = Draft()
    async with aclosing(events):
        async for event in events:
            match event:
                case Searching(question):
                    draft.question = question  # Discord itself shows that the bot is thinking or typing
                case SourcesFound(sources):
                    draft.sources = sources
                case SentenceReady(statement):
                    draft.statements.append(statement)
                    await message.update(writing_embed(draft))
                case RowReady(row, columns):
                    draft.rows.append(row)
                    draft.columns = columns
                    await message.update(writing_embed(draft))
                case Done(answer):
                    await _finish(answer, message, archive)
                    return answer
    return None


async def _finish(answer: Answer, message: StreamedMessage, archive: AnswerArchive) -> None:
    shown = await message.finish(answer_embeds(answer), view=view_below(answer))
    if answer.id is None:
        return
    try:
        for piece in shown:
            await archive.attach(answer.id, str(piece.id))
    except StoreError as error:  # the answer is there; only a reply to it won't find it
        log.warning("an answer could not be tied to its message: %s", error)
