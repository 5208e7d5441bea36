"""Writers for tests, whose model says what it is told to and keeps the prompts."""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from bot.answers.answer import Source
from bot.answers.grounding.check import Grounder
from bot.answers.llm.prompts import Prompts, RenderedPrompt, prompts_folder
from bot.answers.request import Requester
from bot.answers.writing.writer import Writer
from bot.config import OpenAISettings
from bot.errors import PaperbotError
from tests.clocks import FakeClock

PROMPT_TOKENS = OpenAISettings().prompt_tokens


class KeptPrompts:
    """A metered model: each call gets the next of `replies`, a text or an error after it; the last one serves on."""

    name = "small"

    def __init__(self, *replies: str | PaperbotError | tuple[str, PaperbotError], delay_s: float = 0.0) -> None:
        self._replies = replies
        self._delay_s = delay_s
        self.prompts: list[RenderedPrompt] = []
        self.askers: list[Requester] = []

    async def stream(self, prompt: RenderedPrompt, *, requester: Requester) -> AsyncGenerator[str]:
        """Write in pieces of seven characters."""
        self.prompts.append(prompt)
        self.askers.append(requester)
        reply = self._replies[min(len(self.prompts), len(self._replies)) - 1]
        text, error = reply if isinstance(reply, tuple) else (reply, None) if isinstance(reply, str) else ("", reply)
        for at in range(0, len(text), 7):
            await asyncio.sleep(self._delay_s)
            yield text[at : at + 7]
        if error is not None:
            raise error


def writer_with(model: KeptPrompts, *, seconds: float = 10.0, clock: FakeClock | None = None) -> Writer:
    """Return a writer with the real prompts."""
    return Writer(
        model=model,
        prompts=Prompts(prompts_folder()),
        seconds=seconds,
        prompt_tokens=PROMPT_TOKENS,
        clock=clock or FakeClock(),
    )


def grounder_of(sources: Sequence[Source], request: str = "") -> Grounder:
    """Return the checks against some sources, in which every word weighs the same."""
    return Grounder({s.number: s.paper for s in sources}, weight=lambda _term: 1.0, request=request)
