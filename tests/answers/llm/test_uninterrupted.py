"""Work that comes to its end although its waiter is cancelled."""

import asyncio

import pytest

from bot.answers.llm.metering import uninterrupted


async def test_the_result_is_returned_and_an_error_raised() -> None:
    async def seven() -> int:
        return 7

    async def failing() -> int:
        raise ZeroDivisionError

    assert await uninterrupted(seven()) == 7
    with pytest.raises(ZeroDivisionError):
        await uninterrupted(failing())


@pytest.mark.parametrize("fails", [False, True])
async def test_work_is_finished_before_a_cancellation_is_raised(fails: bool) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def work() -> None:
        begun.set()
        await go_on.wait()
        done.append("work")
        if fails:
            raise ZeroDivisionError

    async def waiter() -> None:
        try:
            await uninterrupted(work())
        finally:
            done.append("waiter")

    task = asyncio.create_task(waiter())
    await begun.wait()
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0)
    assert done == []
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["work", "waiter"]
