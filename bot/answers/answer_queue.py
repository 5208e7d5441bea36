"""Whose answers are being written: one answer at a time for each user, a few at once for all, the others in a queue."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager, suppress

from bot.answers.events import Done, Event, Waiting
from bot.errors.requests import AnswerRunning


class AnswerJob:
    """An answer that is being written, or waits for that. `id` names it in a button."""

    def __init__(self, *, user: str) -> None:
        self.id = secrets.token_hex(8)
        self.user = user
        self.stopped = False
        """Whether it is to end with what was written so far."""
        self.interrupted = False
        """Whether that is because the queue closes, and not because its user wants it."""
        self._work: asyncio.Task[None] | None = None

    def begin(self, work: asyncio.Task[None]) -> None:
        """Set the task that `stop` cancels; cancel it at once if the job was stopped before."""
        self._work = work
        if self.stopped:
            work.cancel()

    def stop(self) -> None:
        """Cancel the work; what was written so far is shown as the end."""
        self.stopped = True
        if self._work is not None:
            self._work.cancel()


class AnswerQueue:
    """Lets `limit` answers be written at once. It lives as long as the process: a restart ends what it was at."""

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._jobs: dict[str, AnswerJob] = {}
        self._busy = 0
        self._queue: list[asyncio.Event] = []
        self._held: set[AnswerJob] = set()
        self._all_ended = asyncio.Event()
        self._closing = False

    @contextmanager
    def job(self, user: str) -> Iterator[AnswerJob]:
        """Hold a user's new job. Raises AnswerRunning while the user has another that is not stopped."""
        running = next((job for job in self._jobs.values() if job.user == user and not job.stopped), None)
        if running is not None:
            raise AnswerRunning(job=running.id)
        job = AnswerJob(user=user)
        self._jobs[job.id] = job
        self._held.add(job)
        if self._closing:
            self._interrupt(job)
        try:
            yield job
        finally:
            self._close(job)
            self._held.discard(job)
            if not self._held:
                self._all_ended.set()

    @contextmanager
    def spare(self, most: int) -> Iterator[int]:
        """Hold up to `most` places that nobody needs just now, for the parts of one answer; yield how many.

        The answer itself has one, whether or not it stands in this queue.
        """
        held = 0 if self._queue else max(0, min(most, self._limit - max(1, self._busy)))
        self._busy += held
        try:
            yield held
        finally:
            self._busy -= held
            self._wake()

    async def close(self, *, seconds: float) -> None:
        """Interrupt all jobs, those that come after this too, and wait up to `seconds` until their ends are shown."""
        self._closing = True
        for job in self._held:
            self._interrupt(job)
        if self._held:
            self._all_ended.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_ended.wait(), seconds)

    @staticmethod
    def _interrupt(job: AnswerJob) -> None:
        job.interrupted = not job.stopped
        job.stop()

    def find(self, job_id: str) -> AnswerJob | None:
        """Return a job that is still at work, or None."""
        return self._jobs.get(job_id)

    def _close(self, job: AnswerJob) -> None:
        self._jobs.pop(job.id, None)

    async def serve(self, job: AnswerJob, events: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
        """Yield the places in the queue, where there is one, then the events, and close the job. Raises what they do.

        A job that is stopped ends without Done. The events run in a task of their own, since stopping must reach them
        while they wait for a model, and since a deadline within them holds for the task that set it.
        """
        ready: asyncio.Queue[Event | None] = asyncio.Queue()

        async def pump() -> None:
            async with aclosing(events), aclosing(self._turn(events)) as in_turn:
                async for event in in_turn:
                    ready.put_nowait(event)

        pumping = asyncio.create_task(pump())
        # A task that is cancelled before it begins runs no line of its own, not even a finally.
        pumping.add_done_callback(lambda _: ready.put_nowait(None))
        job.begin(pumping)
        try:
            while (event := await ready.get()) is not None:
                if not job.stopped or isinstance(event, Done):
                    yield event
            if not job.stopped:
                await pumping
        finally:
            pumping.cancel()
            await asyncio.gather(pumping, return_exceptions=True)
            self._close(job)  # its user may go on while the end is still being shown

    async def _turn(self, events: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
        """Yield the places before this one's turn, and the events in it."""
        if self._busy >= self._limit or self._queue:
            moved = asyncio.Event()
            self._queue.append(moved)
            try:
                # Whoever leaves wakes all: each yields its new place.
                while (place := self._queue.index(moved)) >= self._limit - self._busy:
                    yield Waiting(place + 1)
                    await moved.wait()
                    moved.clear()
            finally:
                self._queue.remove(moved)
                self._wake()
        self._busy += 1
        try:
            async for event in events:
                yield event
        finally:
            self._busy -= 1
            self._wake()

    def _wake(self) -> None:
        for moved in self._queue:
            moved.set()
