"""Models for tests of the meter: one that is told what to do, and one that lets a crowd begin at once."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from bot.answers.llm.prompts import RenderedPrompt
from bot.answers.llm.text_model import Call, TextModel
from bot.errors.services import ModelError


class ToldModel:
    """Writes `pieces`, then raises `failure` where there is one; tells `usage` (input, output) at the end."""

    name = "small"

    def __init__(
        self,
        *pieces: str,
        usage: tuple[int | None, int | None] = (None, None),
        answered_by: Call | None = None,
        failure: ModelError | None = None,
    ) -> None:
        self.pieces = pieces
        self.usage = usage
        self.answered_by = answered_by
        self.failure = failure
        self.prompts: list[RenderedPrompt] = []
        self.closed = 0

    async def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the text in pieces, and note the prompt and the model that answered."""
        self.prompts.append(prompt)
        assert call is not None
        if self.answered_by is not None:
            call.model = self.answered_by.model
            call.price_input, call.price_output = self.answered_by.price_input, self.answered_by.price_output
        try:
            for piece in self.pieces:
                await asyncio.sleep(0)
                yield piece
            if self.failure is not None:
                raise self.failure
        finally:
            call.input_tokens, call.output_tokens = self.usage
            self.closed += 1


class Gate:
    """Opens when `count` have come to it or have been turned away before."""

    def __init__(self, count: int) -> None:
        self._missing = count
        self._open = asyncio.Event()

    def count(self) -> None:
        """One more has come, or has been turned away."""
        self._missing -= 1
        if self._missing <= 0:
            self._open.set()

    async def wait(self) -> None:
        """Wait until it opens."""
        await self._open.wait()


class GatedModel:
    """A model whose calls all wait at a gate before they are sent, so that no call ends before the last has begun."""

    def __init__(self, model: TextModel, gate: Gate) -> None:
        self._model = model
        self._gate = gate
        self.name = model.name

    async def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Wait, then stream what the model writes."""
        self._gate.count()
        await self._gate.wait()
        async with aclosing(self._model.stream(prompt, call=call)) as pieces:
            async for piece in pieces:
                yield piece


async def text_of(pieces: AsyncGenerator[str]) -> str:
    """Return the pieces joined."""
    written: Sequence[str] = [piece async for piece in pieces]
    return "".join(written)
