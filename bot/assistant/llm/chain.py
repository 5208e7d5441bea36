"""Several models that stand in for each other."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta

from bot.assistant.llm.call import Call
from bot.assistant.llm.text_model import TextModel
from bot.assistant.writing.prompts import RenderedPrompt
from bot.errors import ModelDown, ModelError, ModelLate, ModelMissing, ModelSilent, ModelUnauthorised

log = logging.getLogger(__name__)

ASKED_LAST_FOR = timedelta(seconds=60)
"""How long a model whose server failed is asked after the others, so that it doesn't cost every question its wait."""

_OF_THE_SERVER = (ModelUnauthorised, ModelMissing, ModelDown, ModelLate)
"""What is likely to meet the next question too."""


class ModelChain:
    """Asks models in order until one has a first piece of text; is a TextModel itself.

    A model that has a successor gets `first_token_seconds` for its first piece. The one that is asked last has all the
    time that the caller gives: there is nobody else. What fails after the first piece fails as it is, since the reader
    has seen text. Overflow too goes on to the next, which may take longer prompts.
    """

    def __init__(
        self, models: Sequence[TextModel], *, first_token_seconds: float, clock: Callable[[], datetime]
    ) -> None:
        """`models` are at least one, the preferred first."""
        if not models:
            raise ValueError("a chain needs a model")
        self._models = tuple(models)
        self._first_token_seconds = first_token_seconds
        self._clock = clock
        self._failed_at: dict[int, datetime] = {}

    @property
    def name(self) -> str:
        """The name of the preferred model."""
        return self._models[0].name

    async def stream(self, prompt: RenderedPrompt, *, call: Call | None = None) -> AsyncGenerator[str]:
        """Yield the text of the first model that has any; `call` tells which, or the one asked last.

        Raises ModelError: that of the preferred model when all fail, since it is the one to mend.
        """
        failures: dict[int, ModelError] = {}
        order = self._order()
        for number in order:
            seconds = self._first_token_seconds if number != order[-1] else None
            async with aclosing(self._models[number].stream(prompt, call=call)) as pieces:
                try:
                    piece = await _first(pieces, seconds)
                except ModelError as error:
                    failures[number] = error
                else:
                    self._failed_at.pop(number, None)
                    yield piece
                    async for following in pieces:
                        yield following
                    return
            self._note(number, failures[number])
        raise failures[0]

    def _order(self) -> list[int]:
        """Return the models' numbers: those that failed lately come last."""
        now = self._clock()
        lately = {number for number, at in self._failed_at.items() if now - at < ASKED_LAST_FOR}
        return sorted(range(len(self._models)), key=lambda number: number in lately)

    def _note(self, number: int, error: ModelError) -> None:
        if isinstance(error, _OF_THE_SERVER):
            self._failed_at[number] = self._clock()
        if len(self._models) > 1:  # the only one's failure is raised
            log.warning("%s: %s (%s)", self._models[number].name, error.reason, error.facts.get("detail"))


async def _first(pieces: AsyncGenerator[str], seconds: float | None) -> str:
    """Return the first piece. Raises ModelError, ModelLate when it doesn't come in time."""
    try:
        async with asyncio.timeout(seconds):
            piece = await anext(pieces, "")
    except TimeoutError:
        raise ModelLate(detail=f"no word within {seconds:g} s") from None
    if not piece:
        raise ModelSilent(detail="no text")
    return piece
