"""Ctrl-C while something is done."""

import asyncio
import signal

import pytest

from bot.errors.requests import QuestionEmpty
from bot.frontends.console.prompt import interruptible


async def press_control_c() -> None:
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(60)


async def fail() -> None:
    raise QuestionEmpty


async def test_control_c_stops_the_work_and_nothing_else() -> None:
    before = signal.getsignal(signal.SIGINT)
    assert await interruptible(press_control_c()) is False
    assert await interruptible(asyncio.sleep(0)) is True
    assert signal.getsignal(signal.SIGINT) is before


async def test_an_error_of_the_work_is_raised() -> None:
    with pytest.raises(QuestionEmpty):
        await interruptible(fail())
