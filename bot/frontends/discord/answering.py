"""The assistant's events, shown in a message as they come."""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

from bot.assistant.answer import Answer
from bot.assistant.desk import Job
from bot.assistant.events import Done, Event, RowReady, Searching, SentenceReady, SourcesFound, Waiting
from bot.assistant.keeping.archive import AnswerArchive
from bot.errors import StoreError
from bot.frontends.discord.buttons.below import view_below
from bot.frontends.discord.buttons.cancel import cancel_view
from bot.frontends.discord.gone import MessageGone
from bot.frontends.discord.late_state import LateState
from bot.frontends.discord.rendering.answers import Draft, answer_embeds
from bot.frontends.discord.rendering.drafts import reading_embed, stopped_embeds, waiting_embed, writing_embed
from bot.frontends.discord.streaming import StreamedMessage

log = logging.getLogger(__name__)


async def show_answer(
    events: AsyncGenerator[Event],
    message: StreamedMessage,
    *,
    archive: AnswerArchive,
    job: Job,
    threads: bool = True,
) -> Answer | None:
    """Show each state of an answer, summary, comparison or explanation, and what stands in the end; return this.

    None is returned for a job that was stopped: what was checked so far stands then; and when the message or its
    channel was deleted meanwhile. Replies to any message that shows an answer find it again. `threads` says whether one
    can be opened there. Raises what the events raise, and discord.HTTPException when Discord refuses the end.
    """
    try:
        return await _show(events, message, archive=archive, job=job, threads=threads)
    except MessageGone:
        log.info("an answer was given up: its message, or what it replies to, was deleted")
        return None


async def _show(
    events: AsyncGenerator[Event], message: StreamedMessage, *, archive: AnswerArchive, job: Job, threads: bool
) -> Answer | None:
    draft = Draft()
    cancel = cancel_view(job.id)
    late = LateState()
    try:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, SentenceReady | RowReady | Done):
                    await late.end()
                match event:
                    case Waiting(place):
                        await message.update(waiting_embed(draft, place), view=cancel)
                    case Searching(question):
                        draft.question = question  # Discord itself shows that the bot is thinking or typing
                    case SourcesFound(sources):
                        draft.sources = sources
                        late.begin(lambda: message.update(reading_embed(draft), view=cancel))
                    case SentenceReady(statement, cited):
                        draft.statements.append(statement)
                        draft.sources = cited or draft.sources
                        await message.update(writing_embed(draft), view=cancel)
                    case RowReady(row, columns):
                        draft.rows.append(row)
                        draft.columns = columns
                        await message.update(writing_embed(draft), view=cancel)
                    case Done(answer):
                        await _finish(answer, message, archive, threads=threads)
                        return answer
    finally:
        await late.end()
    if job.stopped:
        await message.finish(stopped_embeds(draft, broken_off=job.broken_off))
    return None


async def _finish(answer: Answer, message: StreamedMessage, archive: AnswerArchive, *, threads: bool) -> None:
    shown = await message.finish(answer_embeds(answer), view=view_below(answer, threads=threads))
    if answer.id is None:
        return
    try:
        for piece in shown:
            await archive.attach(answer.id, str(piece.id))
    except StoreError as error:  # the answer is there; only a reply to it won't find it
        log.warning("an answer could not be tied to its message: %s", error)
