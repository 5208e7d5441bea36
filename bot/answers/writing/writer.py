"""One prompt through the model and the gate: in time, with fewer sources when they are too long, fixed once."""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Protocol, TypeVar

from bot.answers.answer import Source
from bot.answers.grounding.check import Problem
from bot.answers.llm.prompts import Prompts, RenderedPrompt
from bot.answers.llm.text_model import Learnt, Metered, estimate_tokens
from bot.answers.request import Requester
from bot.answers.untrusted import clean_for_prompt
from bot.answers.writing.claims import MOST, Claim, Failure, Verdict, failure_lines
from bot.answers.writing.reading import SecondReader, Statements
from bot.answers.writing.sources_block import render_sources
from bot.errors.services import BudgetUsed, ModelError, ModelLate, ModelOverflow, ModelSilent
from bot.i18n.languages import ANSWER_LANGUAGES

log = logging.getLogger(__name__)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

FIXED_FROM = 1 / 3
"""From this share of failed sentences on, the model is asked once to fix them: it costs another call."""

SHARES = (1.0, 0.19)
"""What sources may take of the room for them, one try after the other while the server finds a prompt too long.

The second fits a server that takes 2,048 tokens of prompt; whole abstracts seldom take half of the default.
"""

_LEAST_SECONDS = 3.0
_LEAST_ROOM = 200
"""Tokens for the sources, whatever a server says of its context: it may be wrong, and less holds no sentence."""

_TEXT_CHARS = 20_000


class TextGate(Statements, Protocol[T_co]):
    """What a model's text goes through; it yields what may be shown."""

    @property
    def passed(self) -> int:
        """How many sentences have passed."""

    @property
    def failures(self) -> list[Failure]:
        """The sentences that failed and were not fixed."""

    @property
    def headless(self) -> bool:
        """Whether the sentence that answers the question failed, which the others only support."""

    def feed(self, piece: str) -> Iterator[T_co]:
        """Add a piece of the model's text; yield what is complete and passes."""

    def finish(self) -> Iterator[T_co]:
        """Take what is left at the end of a finished stream; yield what passes."""

    def settle(self, verdicts: Mapping[Claim, Verdict]) -> Iterator[T_co]:
        """Take in what a second reading says of some sentences; yield what passes by it."""

    def fix(self, text: str) -> Iterator[T_co]:
        """Take fixed sentences, lines of a letter and a sentence, for those that failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What is to be written: a prompt, its variables beside the common ones, and the sources.

    `request` is what was asked for, in the user's words; it says what sentences to fix are for. `language` is the
    code of the one to write in; None leaves it to the prompt.
    """

    prompt: str
    sources: Sequence[Source]
    variables: Mapping[str, str]
    request: str
    requester: Requester
    zone: tzinfo | None = None
    language: str | None = None


def _worth_fixing(failures: Sequence[Failure], passed: int, *, headless: bool) -> bool:
    # A copy is easily fixed, and all of its row; an orphan is true and only needs its subject.
    easy = any({Problem.COPIED, Problem.ORPHAN} & set(failure.problems) for failure in failures)
    return bool(failures) and (easy or headless or len(failures) >= FIXED_FROM * (len(failures) + passed))


def _narrowed(assignment: Assignment, failures: Sequence[Failure]) -> Assignment:
    """Leave the sources that failures are to be mended from: those cited and their best rivals, all where none is."""
    wanted = {number for failure in failures[:MOST] for number in failure.sources}
    return replace(assignment, sources=[it for it in assignment.sources if it.number in wanted] or assignment.sources)


class Writer:
    """Lets a model write assignments, each within `seconds`, corrections included.

    A prompt takes `prompt_tokens` at the most, or less where its own file says so, or the context that is `learnt` of
    the server. What is written is read by `reader` in the end, where there is one.
    """

    def __init__(
        self,
        *,
        model: Metered,
        prompts: Prompts,
        seconds: float,
        prompt_tokens: int,
        clock: Callable[[], datetime],
        reader: SecondReader | None = None,
        learnt: Learnt | None = None,
    ) -> None:
        self._model = model
        self.reader = reader
        self._prompts = prompts
        self._seconds = seconds
        self._prompt_tokens = prompt_tokens
        self._learnt = learnt
        self._clock = clock

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    @property
    def prompts_hash(self) -> str:
        """The hash over all prompts."""
        return self._prompts.hash

    async def write(self, assignment: Assignment, gate: TextGate[T]) -> AsyncGenerator[T]:
        """Yield what passes the gate. Raises ModelError and BudgetUsed; what had passed before stays in the gate."""
        deadline = asyncio.get_running_loop().time() + self._seconds
        for share in SHARES:
            prompt = self._render(assignment, share=share)
            try:
                async with aclosing(self._through(prompt, assignment.requester, gate, deadline)) as passed:
                    async for item in passed:
                        yield item
                break
            except (ModelOverflow, ModelSilent):
                # Some servers signal an overflow by a stream without text. Less of the sources is better than nothing.
                if gate.passed or gate.failures or len(assignment.sources) < 2 or share == SHARES[-1]:
                    raise
        for item in await self._read(assignment, gate):
            yield item
        if fixed := await self._corrected(assignment, gate, deadline):
            for item in (*fixed, *await self._read(assignment, gate)):
                yield item

    async def _through(
        self, prompt: RenderedPrompt, requester: Requester, gate: TextGate[T], deadline: float
    ) -> AsyncGenerator[T]:
        pieces = self._model.stream(prompt, requester=requester)
        try:
            while True:
                # The deadline is around each wait for the model, never around a yield, where it would also
                # count the time that the front end takes.
                async with asyncio.timeout_at(deadline):
                    piece = await anext(pieces, "")
                if not piece:  # a model never yields an empty piece
                    break
                for item in gate.feed(piece):
                    yield item
            for item in gate.finish():
                yield item
        except TimeoutError:
            raise ModelLate(detail=f"{self._seconds:g} s") from None
        finally:
            await pieces.aclose()

    async def _read(self, assignment: Assignment, gate: TextGate[T]) -> list[T]:
        """Return what passes by the second reading; without one, what is held stays out."""
        verdicts: Mapping[Claim, Verdict] = {}
        if self.reader is not None:
            verdicts = await self.reader.read(gate, request=assignment.request, requester=assignment.requester)
        return list(gate.settle(verdicts))

    async def _corrected(self, assignment: Assignment, gate: TextGate[T], deadline: float) -> list[T]:
        """Return what a correction lets pass. When it fails, the answer stays as it is."""
        left = deadline - asyncio.get_running_loop().time()
        if not _worth_fixing(gate.failures, gate.passed, headless=gate.headless) or left < _LEAST_SECONDS:
            return []
        variables = {"request": assignment.request, "failures": failure_lines(gate.failures)}
        prompt = self._fill("correction", _narrowed(assignment, gate.failures), variables)
        text = ""
        try:
            async with (
                asyncio.timeout_at(deadline),
                aclosing(self._model.stream(prompt, requester=assignment.requester)) as pieces,
            ):
                async for piece in pieces:
                    text += piece
                    if len(text) > _TEXT_CHARS:
                        break
        except (ModelError, BudgetUsed, TimeoutError) as error:
            log.info("failed sentences were not fixed: %s", type(error).__name__)
        return list(gate.fix(text))

    def _render(self, assignment: Assignment, *, share: float = 1.0) -> RenderedPrompt:
        filled = self._fill(assignment.prompt, assignment, assignment.variables, share=share)
        if assignment.language is None:
            return filled
        name = ANSWER_LANGUAGES[assignment.language]
        # Last, so that it outdoes what a prompt says of the question's language.
        rule = f"- In any case write in {name} (language code {assignment.language}), whatever the question is in."
        return replace(filled, system=f"{filled.system.rstrip()}\n{rule}")

    def _fill(
        self, name: str, assignment: Assignment, variables: Mapping[str, str], *, share: float = 1.0
    ) -> RenderedPrompt:
        """Render a prompt; its sources take `share` of the tokens that the rest leaves."""
        fence = f"@@{secrets.token_hex(4)}"
        prompt = self._prompts[name]
        now = self._clock()
        filled = {
            "today": (now.astimezone(assignment.zone) if assignment.zone else now).date().isoformat(),
            "numbers": ", ".join(f"[{source.number}]" for source in assignment.sources),
            "fence": fence,
            "sources": "",
            **{key: clean_for_prompt(value, fence=fence) for key, value in variables.items()},
        }
        bare = prompt.render(filled)
        taken = estimate_tokens(bare.system) + estimate_tokens(bare.user)
        room = int(share * (min(prompt.max_prompt_tokens, self._prompt_tokens) - taken))
        if self._learnt and (limit := self._learnt.prompt_limit(output=bare.max_output_tokens)):
            room = max(_LEAST_ROOM, min(room, limit - taken))
        sources = render_sources(assignment.sources, fence=fence, tokens=room, question=assignment.request)
        return prompt.render({**filled, "sources": sources})
