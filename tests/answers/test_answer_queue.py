"""Who is answered at the moment."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress

import pytest

from bot.answers.answer_queue import AnswerQueue
from bot.answers.events import Event, Searching, Waiting
from bot.errors.requests import AnswerRunning, QuestionEmpty


async def asking(question: str, go_on: asyncio.Event) -> AsyncGenerator[Event]:
    yield Searching(question)
    await go_on.wait()


async def follow(answer_queue: AnswerQueue, user: str, go_on: asyncio.Event, seen: list[Event]) -> None:
    with answer_queue.job(user) as job:
        async for event in answer_queue.serve(job, asking(user, go_on)):
            seen.append(event)  # noqa: PERF401 - what was seen counts while it goes on


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_user_has_one_answer_at_a_time() -> None:
    answer_queue = AnswerQueue(limit=2)
    with answer_queue.job("ada") as job:
        with pytest.raises(AnswerRunning) as refused, answer_queue.job("ada"):
            pass
        assert refused.value.facts["job"] == job.id
        with answer_queue.job("bob"):
            pass
    with answer_queue.job("ada"):
        pass


async def test_further_answers_wait_and_move_up_in_the_queue() -> None:
    answer_queue, go_on = AnswerQueue(limit=1), {user: asyncio.Event() for user in ("ada", "bob", "eve")}
    seen: dict[str, list[Event]] = {user: [] for user in go_on}
    tasks = {}
    for user, event in go_on.items():
        tasks[user] = asyncio.create_task(follow(answer_queue, user, event, seen[user]))
        await settled()
    assert seen == {"ada": [Searching("ada")], "bob": [Waiting(1)], "eve": [Waiting(2)]}
    go_on["ada"].set()
    await settled()
    assert [seen["bob"][-1], seen["eve"][-1]] == [Searching("bob"), Waiting(1)]
    for event in go_on.values():
        event.set()
    await asyncio.gather(*tasks.values())
    assert seen["eve"][-1:] == [Searching("eve")]


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_stopped_job_ends_its_events_and_frees_its_place(at_once: bool) -> None:
    answer_queue, ended = AnswerQueue(limit=1), asyncio.Event()

    async def events() -> AsyncGenerator[Event]:
        try:
            yield Searching("what?")
            await asyncio.Event().wait()
        finally:
            ended.set()

    with answer_queue.job("ada") as job:
        if at_once:
            job.stop()
        async for _ in answer_queue.serve(job, events()):
            job.stop()
    assert job.stopped
    assert ended.is_set() is not at_once
    seen: list[Event] = []
    go_on = asyncio.Event()
    go_on.set()
    await follow(answer_queue, "ada", go_on, seen)
    assert seen == [Searching("ada")]


async def test_what_the_events_raise_is_raised_and_the_place_is_free() -> None:
    answer_queue = AnswerQueue(limit=1)

    async def events() -> AsyncGenerator[Event]:
        raise QuestionEmpty
        yield Searching("never")

    for _ in range(2):
        with answer_queue.job("ada") as job, pytest.raises(QuestionEmpty):
            async for _event in answer_queue.serve(job, events()):
                pass


async def test_whoever_leaves_the_queue_lets_the_others_move_up() -> None:
    answer_queue, go_on = AnswerQueue(limit=1), asyncio.Event()
    seen: list[list[Event]] = [[], [], []]
    tasks = []
    for number in range(3):
        tasks.append(asyncio.create_task(follow(answer_queue, str(number), go_on, seen[number])))
        await settled()
    tasks[1].cancel()
    with suppress(asyncio.CancelledError):
        await tasks[1]
    await settled()
    assert seen[2] == [Waiting(2), Waiting(1)]
    go_on.set()
    await asyncio.gather(tasks[0], tasks[2])
