"""The second reading: a model judges sentences beside the sources that they cite, which words alone can't do."""

import asyncio
import json
import logging
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.answers.answer import Source
from bot.answers.llm.prompts import Prompts, RenderedPrompt
from bot.answers.llm.text_model import Metered, estimate_tokens
from bot.answers.request import NOBODY, Requester
from bot.answers.untrusted import clean_for_prompt
from bot.answers.writing.claims import Claim, Finding, Verdict
from bot.answers.writing.fitness import Fitness, KnownSentences, Score
from bot.answers.writing.sources_block import render_sources
from bot.errors.operation import StoreError
from bot.errors.services import BudgetUsed, ModelError
from bot.models import Paper
from bot.text import one_line

log = logging.getLogger(__name__)

_TEXT_CHARS = 20_000
_AFTER_THINKING = "</think>"
_LINE = re.compile(r"^\W*(?:sentence\s+)?(\d{1,3})\W+(.+)$", re.IGNORECASE | re.MULTILINE)
_FINDING = re.compile(
    r"\W*(?P<word>supported|contradict(?:ed|s|ion)?|not[ _-]?(?:stated|supported)|unsupported|surplus)\b", re.IGNORECASE
)
_REQUEST_CHARS = 600
_KNOWN_REQUEST = "what the papers found"


class Statements(Protocol):
    """What is read: sentences without those that were read before, and the papers that they may cite, by number."""

    @property
    def unread(self) -> list[Claim]:
        """The sentences to read, in their order."""

    @property
    def papers(self) -> Mapping[int, Paper]:
        """The papers by number."""


def verdicts_from(text: str, count: int) -> dict[int, Verdict]:
    """Read what a model wrote of `count` sentences, as JSON or in lines, by the sentences' places from 0.

    What is no finding is passed over, and of two for one sentence the less favourable counts.
    """
    text = text.rpartition(_AFTER_THINKING)[2]
    found: dict[int, Verdict] = {}
    for number, said in _findings(text):
        verdict = _verdict(said)
        if verdict is None or not 1 <= number <= count:
            continue
        known = found.get(number - 1)
        if known is None or known.finding is Finding.SUPPORTED:
            found[number - 1] = verdict
    return found


def _findings(text: str) -> Iterator[tuple[int, str]]:
    """Yield sentences' numbers and what is said of them, of an object or of lines."""
    start, end = text.find("{"), text.rfind("}")
    try:
        value = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        yield from ((int(match[1]), match[2]) for match in _LINE.finditer(text))
        return
    for key, said in _entries(value).items():
        fields = said if isinstance(said, dict) else {"verdict": said}
        number = re.search(r"\d{1,3}", str(fields.get("sentence", fields.get("id", key))))
        if number:
            yield int(number[0]), str(fields.get("verdict", fields.get("finding", "")))


def _entries(value: Mapping[str, object]) -> Mapping[str, object]:
    """Return the findings of an object by sentence, also of one that has them in a list or an object within."""
    inner = next((inner for inner in value.values() if isinstance(inner, dict | list)), None)
    if isinstance(inner, list):
        return {str(at): said for at, said in enumerate(inner, start=1)}
    if isinstance(inner, dict) and not any(re.search(r"\d", key) for key in value):
        return inner
    return value


def _verdict(said: str) -> Verdict | None:
    match = _FINDING.match(said)
    if match is None:
        return None
    word = match["word"].casefold()
    numbers = [int(number) for number in re.findall(r"\d{1,3}", said[match.end() :][:40])]
    if word == "surplus":
        return Verdict(Finding.SUPPORTED, surplus=frozenset(numbers))
    if word == "supported":
        surplus = re.search(r"surplus\D{0,12}((?:\d{1,3}[\s,\[\]]*)+)", said, re.IGNORECASE)
        if surplus:
            return Verdict(Finding.SUPPORTED, surplus=frozenset(map(int, re.findall(r"\d+", surplus[1]))))
        return Verdict(Finding.SUPPORTED, sources=tuple(dict.fromkeys(numbers)))
    return Verdict(Finding.CONTRADICTED if word.startswith("contradict") else Finding.NOT_STATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """How long a reading may take in `seconds`, how many `sentences` it takes in, and how long a prompt may be."""

    seconds: float
    sentences: int
    prompt_tokens: int


class SecondReader:
    """Lets `model` read sentences a second time, in as few calls as hold their sources whole.

    It is only believed once it judged known sentences rightly (`fitness`), which is tried at its first reading.
    """

    def __init__(
        self,
        *,
        model: Metered,
        prompts: Prompts,
        limits: ReadingLimits,
        fitness: Fitness,
        clock: Callable[[], datetime],
    ) -> None:
        self._model = model
        self._prompts = prompts
        self._limits = limits
        self._fitness = fitness
        self._clock = clock

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    async def fitness(self, *, again: bool = False) -> Score | None:
        """Return how rightly the model judges known sentences, measured where that isn't known or `again`."""
        return await self._fitness.measured(self._judge, again=again)

    async def read(self, statements: Statements, *, request: str, requester: Requester) -> Mapping[Claim, Verdict]:
        """Return what it finds of each sentence that it came to. Raises nothing: without a model none is found.

        `request` is what was asked for. A sentence over the limit, or of a part that failed or was late, has no
        verdict.
        """
        claims = statements.unread[: self._limits.sentences]
        known = await self._fitness.known()
        if not claims or (known is not None and not known.fit):
            return {}
        batches = self._batches(claims, statements.papers)
        reading = asyncio.gather(*(self._read(batch, statements.papers, request, requester) for batch in batches))
        # The measure, once in a model's life, takes as long as the reading: neither waits for the other.
        score, read = await asyncio.gather(self.fitness(), reading)
        return {claim: verdict for found in read for claim, verdict in found.items()} if score and score.fit else {}

    async def _judge(self, known: KnownSentences) -> Mapping[Claim, Verdict]:
        return await self._read(known.unread, known.papers, _KNOWN_REQUEST, NOBODY)

    async def _read(
        self, claims: Sequence[Claim], papers: Mapping[int, Paper], request: str, requester: Requester
    ) -> dict[Claim, Verdict]:
        prompt, text, reason = self._render(claims, papers, request), "", None
        try:
            async with (
                asyncio.timeout(self._limits.seconds),
                aclosing(self._model.stream(prompt, requester=requester)) as pieces,
            ):
                async for piece in pieces:
                    text += piece
                    if len(text) > _TEXT_CHARS:
                        break
        except ModelError as error:
            reason = f"{error.reason} ({error.facts.get('detail')})"
        except BudgetUsed as error:
            reason = str(error.reason)
        except StoreError as error:  # what it would use can't be written down; the answer itself is there
            reason = str(error)
        except TimeoutError:
            reason = f"it took more than {self._limits.seconds:g} s"
        found = verdicts_from(text, len(claims))
        if reason is None and len(found) < len(claims):
            reason = f"{len(claims) - len(found)} of {len(claims)} sentences got no verdict"
        if reason is not None:
            log.warning("the second reading is incomplete: %s", reason)
        return {claims[at]: verdict for at, verdict in found.items()}

    def _batches(self, claims: Sequence[Claim], papers: Mapping[int, Paper]) -> Iterator[list[Claim]]:
        """Split sentences where the abstracts that they cite would no longer stand whole in one prompt."""
        batch: list[Claim] = []
        numbers: set[int] = set()
        for claim in claims:
            more = numbers | _numbers(claim, papers)
            if batch and _needed(more, papers) > self._limits.prompt_tokens:
                yield batch
                batch, more = [], _numbers(claim, papers)
            batch.append(claim)
            numbers = more
        yield batch

    def _render(self, claims: Sequence[Claim], papers: Mapping[int, Paper], request: str) -> RenderedPrompt:
        fence = f"@@{secrets.token_hex(4)}"
        prompt = self._prompts["reading"]
        sentences = "\n".join(f"{at}. {one_line(claim.text)}" for at, claim in enumerate(claims, start=1))
        cited = sorted({number for claim in claims for number in _numbers(claim, papers)})
        filled = {
            "today": self._clock().date().isoformat(),
            "fence": fence,
            "sources": "",
            "request": clean_for_prompt(one_line(request)[:_REQUEST_CHARS], fence=fence),
            "sentences": clean_for_prompt(sentences, fence=fence),
        }
        bare = prompt.render(filled)
        limit = min(prompt.max_prompt_tokens, self._limits.prompt_tokens)
        room = limit - estimate_tokens(bare.system) - estimate_tokens(bare.user)
        sources = [Source(number, papers[number]) for number in cited]
        shown = render_sources(sources, fence=fence, tokens=room, question=" ".join(claim.text for claim in claims))
        return prompt.render({**filled, "sources": shown})


_FRAME_TOKENS = 1_200
"""What the prompt itself, its sentences and the head of a source may take beside the abstracts."""
_HEAD_TOKENS = 120


def _numbers(claim: Claim, papers: Mapping[int, Paper]) -> set[int]:
    """Return the sources that a sentence is read beside: those that it cites, or else all."""
    return {number for number in claim.checked.cited if number in papers} or set(papers)


def _needed(numbers: set[int], papers: Mapping[int, Paper]) -> int:
    return _FRAME_TOKENS + sum(_HEAD_TOKENS + estimate_tokens(papers[number].abstract) for number in numbers)
