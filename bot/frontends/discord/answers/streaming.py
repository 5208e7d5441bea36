"""An answer that is shown while it is written: a message that grows, edited no more often than Discord likes."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Protocol

import aiohttp
import discord
from discord.ui import View

from bot.answers.answer import Answer
from bot.answers.answer_queue import AnswerJob
from bot.answers.events import ActionWanted, Done, Event, RowReady, Searching, SentenceReady, SourcesFound, Waiting
from bot.answers.history.archive import AnswerArchive
from bot.app import App
from bot.errors.operation import StoreError
from bot.errors.requests import AnswerOver, AnswerRunning, NotYours
from bot.frontends.discord.answers import rendering
from bot.frontends.discord.shared.components import PersistentButton, view_of
from bot.frontends.discord.shared.errors import sentence_for
from bot.frontends.discord.shared.interactions import locale_for
from bot.frontends.discord.shared.permissions import is_member
from bot.i18n.translation import phrase, use_locale

MISSING = discord.utils.MISSING

EDIT_INTERVAL_S = 1.2
"""The least time between two edits of a message: Discord allows about five in five seconds, shared by a channel."""

SHOWN_AFTER_S = 1.5
"""A state that is shown keeps the next one waiting for EDIT_INTERVAL_S, so a quick answer goes without."""

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE, _UNKNOWN_WEBHOOK = 10003, 10008, 10015
_INVALID_TOKEN, _INVALID_FORM = 50027, 50035

log = logging.getLogger(__name__)


class MessageDeleted(Exception):
    """The message, the one that it replies to, or the channel of both was deleted."""


def is_deleted(error: discord.HTTPException) -> bool:
    """Return whether Discord refuses a message since its place was deleted.

    A reply to a deleted message is refused as a form with a wrong reference.
    """
    if error.code == _INVALID_FORM:
        return "message_reference" in error.text
    return error.code in {_UNKNOWN_CHANNEL, _UNKNOWN_MESSAGE}


def expired(error: discord.HTTPException) -> bool:
    """Return whether Discord refuses a message since the interaction's token, which holds for 15 minutes, is over."""
    return error.code in {_UNKNOWN_WEBHOOK, _INVALID_TOKEN}


class Send(Protocol):
    """Sends a message. MISSING means no view."""

    async def __call__(self, embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        """Return the message. Raises discord.HTTPException."""


class StreamedMessage:
    """Shows embeds in one message, made by `send` at the first of them and edited after that.

    `also` sends the further messages of an answer that is longer than one. `handed_over` sends all that comes once
    Discord takes nothing more by the other two.
    """

    def __init__(self, *, send: Send, also: Send, handed_over: Send | None = None) -> None:
        self._send = send
        self._also = also
        self._handed_over = handed_over
        self._has_view = False
        self._message: discord.Message | None = None
        self._shown_at = float("-inf")
        self.finished = False
        """Whether the final state, or the first message of it, is shown."""
        self.first: discord.Message | None = None
        """The first message of the final state."""

    async def update(self, embed: discord.Embed, *, view: View = MISSING) -> None:
        """Show an unfinished state, with a view below it until the end, unless the last one is too recent.

        A failed edit costs only this state. Raises MessageDeleted, so that nothing more is written for nobody.
        """
        now = asyncio.get_running_loop().time()
        if now - self._shown_at < EDIT_INTERVAL_S:
            return
        self._shown_at = now  # so that nothing else is shown meanwhile
        try:
            await self._show(embed, view=view)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("couldn't show an unfinished answer: %s", error)
        finally:
            # From when it is shown: Discord may take it late, and counts from then.
            self._shown_at = asyncio.get_running_loop().time()

    async def finish(self, embeds: Sequence[discord.Embed], *, view: View | None = None) -> list[discord.Message]:
        """Show the final state, always, with the view below its end; return its messages.

        Raises discord.HTTPException when Discord refuses it, and MessageDeleted.
        """
        wait = EDIT_INTERVAL_S - (asyncio.get_running_loop().time() - self._shown_at)
        if self._message is not None and wait > 0:
            await asyncio.sleep(wait)
        views: list[View] = [MISSING] * (len(embeds) - 1) + [view or MISSING]
        messages = [await self._show(embeds[0], view=views[0])]
        self.finished, self.first = True, messages[0]
        for embed, below in zip(embeds[1:], views[1:], strict=True):
            messages.append(await self._send_also(embed, view=below))
        return messages

    async def _send_also(self, embed: discord.Embed, *, view: View) -> discord.Message:
        try:
            return await self._also(embed, view=view)
        except discord.HTTPException as error:
            self._hand_over(error)
            return await self._also(embed, view=view)

    async def _show(self, embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        try:
            if self._message is None:
                self._message = await self._send(embed, view=view)
            else:
                # A view that was shown before stays unless it is taken away.
                await self._message.edit(embed=embed, view=None if self._has_view and view is MISSING else view)
        except discord.HTTPException as error:
            self._hand_over(error)
            self._message = await self._send(embed, view=view)
        self._has_view = view is not MISSING
        return self._message

    def _hand_over(self, error: discord.HTTPException) -> None:
        """Send by `handed_over` from now on. Raises MessageDeleted, and the error itself where that would not help."""
        if is_deleted(error):
            raise MessageDeleted from error
        if self._handed_over is None or not expired(error):
            raise error
        self._send = self._also = self._handed_over
        self._handed_over = self._message = None


def hand_over(interaction: discord.Interaction, *, private: bool) -> Send | None:
    """Return what sends a plain message in place of the interaction's, to the channel.

    To the user alone when it is private, or when the bot is no member of the place. None where it can't write. Nobody
    is mentioned.
    """
    place = interaction.channel if is_member(interaction) and not private else interaction.user
    if not isinstance(place, discord.abc.Messageable):
        return None

    async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await place.send(embed=embed, view=view or MISSING, allowed_mentions=discord.AllowedMentions.none())

    return send


def streamed_response(interaction: discord.Interaction, *, private: bool) -> StreamedMessage:
    """Return the message that answers an interaction which was acknowledged."""

    async def send(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await interaction.edit_original_response(embed=embed, view=view)

    async def also(embed: discord.Embed, *, view: View = MISSING) -> discord.Message:
        return await interaction.followup.send(embed=embed, view=view, wait=True, ephemeral=private)

    return StreamedMessage(send=send, also=also, handed_over=hand_over(interaction, private=private))


class CancelButton(PersistentButton, template=r"cancel:(?P<job>[0-9a-f]{1,40})"):
    """Stops the job that its custom_id names, for its own user alone. After a restart there is none."""

    name = phrase("Cancel")

    async def act(self, interaction: discord.Interaction, app: App) -> None:
        """Stop the answer; its own message then shows what was checked so far. Raises AnswerOver and NotYours."""
        job = app.answer_queue.find(self.values["job"])
        if job is None:
            raise AnswerOver
        if job.user != str(interaction.user.id):
            raise NotYours(action=phrase("cancel this answer"))
        job.stop()
        if interaction.message is not None and interaction.message.embeds:
            await interaction.response.defer()
        else:  # the refusal of a second question
            await interaction.response.edit_message(content=_CANCELLED.localized(), view=None)


_CANCELLED = phrase("Cancelled. You can ask again.")


def cancel_view(job_id: str) -> View:
    """Return the button by itself. It needs a running event loop."""
    return view_of(CancelButton(job=job_id))


async def report_running(error: AnswerRunning, interaction: discord.Interaction) -> None:
    """Tell a user in private that another answer of theirs is being written, with the button that cancels that one."""
    with use_locale(await locale_for(interaction, private=True)):
        text, view = sentence_for(error), cancel_view(str(error.facts["job"]))
    if interaction.response.is_done():
        await interaction.followup.send(text, view=view, ephemeral=True)
    else:
        await interaction.response.send_message(text, view=view, ephemeral=True)


class DelayedState:
    """Shows something once, SHOWN_AFTER_S after it was begun, unless it was ended before."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._showing = False

    def begin(self, show: Callable[[], Awaitable[None]]) -> None:
        """Call `show` after SHOWN_AFTER_S, unless `end` is called before."""
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


async def _do_nothing(_: ActionWanted) -> None:
    """Do nothing about a wish."""


async def show_answer(
    events: AsyncGenerator[Event],
    message: StreamedMessage,
    *,
    archive: AnswerArchive,
    job: AnswerJob,
    below: Callable[[Answer], View | None] = lambda _: None,
    act: Callable[[ActionWanted], Awaitable[None]] = _do_nothing,
) -> Answer | None:
    """Show each state of an answer, summary, comparison or explanation, and at last the whole, which is returned.

    None is returned for a job that was stopped, whose message then shows what was checked so far; and when the message
    or its channel was deleted meanwhile. Replies to any message that shows an answer find it again. `below` makes the
    buttons below it; `act` does, after the end, what is wanted beside the answer. Raises what the events raise, and
    discord.HTTPException when Discord refuses the end.
    """
    wanted: list[ActionWanted] = []
    try:
        answer = await _show(_without_wishes(events, wanted), message, archive, job, below)
        for each in wanted if answer else ():
            await act(each)
        return answer
    except MessageDeleted:
        log.info("stopped an answer: its message, or the one it replies to, was deleted")
        return None


async def _without_wishes(events: AsyncGenerator[Event], wanted: list[ActionWanted]) -> AsyncGenerator[Event]:
    """Yield what is shown, and put what is to be done into `wanted`."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, ActionWanted):
                wanted.append(event)
            else:
                yield event


def _log_failure(answer: Answer) -> None:
    """Tell the operator why a model failed, in the server's own words: a reader sees the reason alone."""
    if answer.failure is not None:
        log.warning("the model failed at an answer: %s", answer.failure)


async def _show(
    events: AsyncGenerator[Event],
    message: StreamedMessage,
    archive: AnswerArchive,
    job: AnswerJob,
    below: Callable[[Answer], View | None],
) -> Answer | None:
    partial = rendering.PartialAnswer()
    cancel = cancel_view(job.id)
    late = DelayedState()
    try:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, SentenceReady | RowReady | Done):
                    await late.end()
                match event:
                    case Waiting(place):
                        await message.update(rendering.waiting_embed(partial, place), view=cancel)
                    case Searching(question):
                        partial.question = question  # Discord itself shows that the bot is thinking or typing
                    case SourcesFound(sources):
                        partial.sources = sources
                        late.begin(lambda: message.update(rendering.reading_embed(partial), view=cancel))
                    case SentenceReady(statement, cited):
                        partial.statements.append(statement)
                        partial.sources = cited or partial.sources
                        await message.update(rendering.writing_embed(partial), view=cancel)
                    case RowReady(row, columns):
                        partial.rows.append(row)
                        partial.columns = columns
                        await message.update(rendering.writing_embed(partial), view=cancel)
                    case Done(answer):
                        _log_failure(answer)
                        shown = await message.finish(rendering.answer_embeds(answer), view=below(answer))
                        await _attach(answer, shown, archive)
                        return answer
    finally:
        await late.end()
    if job.stopped:
        await message.finish(rendering.stopped_embeds(partial, interrupted=job.interrupted))
    return None


async def _attach(answer: Answer, messages: Sequence[discord.Message], archive: AnswerArchive) -> None:
    """Note which messages show an answer, so that replies to them find it. A store that fails costs only this."""
    if answer.id is None:
        return
    try:
        for message in messages:
            await archive.attach(answer.id, str(message.id))
    except StoreError as error:
        log.warning("couldn't link an answer to its message, so replies to it won't find it: %s", error)
