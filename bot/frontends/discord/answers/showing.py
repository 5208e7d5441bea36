"""The assistant's events, shown in a message as they come."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from bot.answers.answer import Answer
from bot.answers.answer_queue import Job
from bot.answers.events import Done, Event, RowReady, Searching, SentenceReady, SourcesFound, Waiting
from bot.answers.history.archive import AnswerArchive
from bot.errors.operation import StoreError
from bot.frontends.discord.answers.buttons import view_below
from bot.frontends.discord.answers.cancel import cancel_view
from bot.frontends.discord.answers.rendering import (
    PartialAnswer,
    answer_embeds,
    reading_embed,
    stopped_embeds,
    waiting_embed,
    writing_embed,
)
from bot.frontends.discord.answers.streaming import MessageDeleted, StreamedMessage

SHOWN_AFTER_S = 1.5
"""A state that is shown keeps the next one waiting for EDIT_INTERVAL_S, so a quick answer goes without."""


class DelayedState:
    """Shows something once, SHOWN_AFTER_S after it was begun, unless it was ended before."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._showing = False

    def begin(self, show: Callable[[], Awaitable[None]]) -> None:
        """Let `show` be called later."""
        self._task = asyncio.create_task(self._later(show))

    async def end(self) -> None:
        """Don't show it any more; where that is just being done, return when it is."""
        if self._task is None:
            return
        if not self._showing:  # a request to Discord is never torn off: what it did would not be known
            self._task.cancel()
        task, self._task = self._task, None
        await asyncio.gather(task, return_exceptions=True)

    async def _later(self, show: Callable[[], Awaitable[None]]) -> None:
        await asyncio.sleep(SHOWN_AFTER_S)
        self._showing = True
        await show()


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
    except MessageDeleted:
        log.info("an answer was given up: its message, or what it replies to, was deleted")
        return None


async def _show(
    events: AsyncGenerator[Event], message: StreamedMessage, *, archive: AnswerArchive, job: Job, threads: bool
) -> Answer | None:
    partial = PartialAnswer()
    cancel = cancel_view(job.id)
    late = DelayedState()
    try:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, SentenceReady | RowReady | Done):
                    await late.end()
                match event:
                    case Waiting(place):
                        await message.update(waiting_embed(partial, place), view=cancel)
                    case Searching(question):
                        partial.question = question  # Discord itself shows that the bot is thinking or typing
                    case SourcesFound(sources):
                        partial.sources = sources
                        late.begin(lambda: message.update(reading_embed(partial), view=cancel))
                    case SentenceReady(statement, cited):
                        partial.statements.append(statement)
                        partial.sources = cited or partial.sources
                        await message.update(writing_embed(partial), view=cancel)
                    case RowReady(row, columns):
                        partial.rows.append(row)
                        partial.columns = columns
                        await message.update(writing_embed(partial), view=cancel)
                    case Done(answer):
                        await _finish(answer, message, archive, threads=threads)
                        return answer
    finally:
        await late.end()
    if job.stopped:
        await message.finish(stopped_embeds(partial, interrupted=job.interrupted))
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
