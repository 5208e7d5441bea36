"""Document expansion: a model writes the questions that people would ask to find a paper, to search in.

After doc2query (Nogueira et al., "Document Expansion by Query Prediction", 2019). A question in everyday words often
shares no term with its paper; it may with a question that was foreseen. Nobody is ever shown what is written here.
"""

import asyncio
import logging
import re
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum

from bot.answers.extracts.quotable import gives_orders, has_link, has_markup, slanders
from bot.answers.llm.prompts import Prompts, RenderedPrompt
from bot.answers.llm.text_model import Metered, cut_to_tokens, estimate_tokens
from bot.answers.request import NOBODY
from bot.answers.untrusted import clean_for_prompt, clean_model_text
from bot.errors.services import (
    BudgetUsed,
    ModelDeclined,
    ModelFiltered,
    ModelInterrupted,
    ModelLate,
    ModelOverflow,
    ModelSilent,
)
from bot.models import Paper
from bot.search.text.tokens import tokenize
from bot.store.questions import PaperQuestionStore
from bot.store.usage import UsageStore
from bot.text import one_line
from bot.util import Clock

PROMPT = "questions"
"""The prompt's id, which is also the purpose under which its calls are counted."""

BATCH = 8
"""Papers in one prompt: the instructions are then a tenth of it, and every abstract is whole within 8,000 tokens."""

QUESTIONS = 4
"""The most questions that are kept for a paper."""

MOST_CHARS = 200
"""A longer line is no question, but an explanation or a list of words."""

TRIES = 3
"""How often a paper is asked about, in one process, before it is left without questions."""

_SECONDS = 180.0  # nobody waits for it, and a model on a laptop may write ten tokens a second
_TEXT_CHARS = 20_000
_TITLE_CHARS = 300
_AFTER_THINKING = "</think>"
# "2 | question", "[2] question", "2. question", also in a table or in bold; and "Paper 2:" above its questions.
_NUMBERED = re.compile(
    r"^[\s|*#>-]*(?:(?:paper|source)\s*)?\[?(\d{1,2})[\]*]*\s*(\||[\].):-])\s*(.*\w.*)$", re.IGNORECASE
)
_HEADING = re.compile(r"^[\s|*#>-]*(?:(?:paper|source)\s*)?\[?(\d{1,2})[\]*:.|\s]*$", re.IGNORECASE)
_TITLED = re.compile(r"^[\s*#>-]*(?:paper|source)\s*\[?(\d{1,2})\b", re.IGNORECASE)
_BULLET = re.compile(r"^(?:[-*•|>\s]+|(?:q\s*)?\d{1,2}\s*[|.):-]\s+)+", re.IGNORECASE)

log = logging.getLogger(__name__)


def questions_from(text: str, count: int) -> dict[int, list[str]]:
    """Read what a model wrote for `count` papers: their questions by the papers' places from 0.

    A line names its paper before a bar, or stands below a line that names one. What can't be used is passed over: see
    `usable_question`.
    """
    found: dict[int, list[str]] = {}
    below: int | None = None
    for line in text.rpartition(_AFTER_THINKING)[2][:_TEXT_CHARS].splitlines():
        heading = _HEADING.match(line) or (_TITLED.match(line) if "|" not in line else None)
        if heading:
            below = int(heading[1])
            continue
        numbered = _NUMBERED.match(line)
        if numbered and (below is None or numbered[2] == "|"):
            number, said = int(numbered[1]), numbered[3]
        elif below is not None:
            number, said = below, line
        else:
            continue
        question = usable_question(said)
        if question is None or not 1 <= number <= count:
            continue
        kept = found.setdefault(number - 1, [])
        if len(kept) < QUESTIONS and question.casefold() not in map(str.casefold, kept):
            kept.append(question)
    return found


def usable_question(line: str) -> str | None:
    """Return a question as it may be kept, cleaned; None for one that is too long, or has no word to search for.

    Nor is one kept with a link or markup, or that gives orders or slanders: it isn't shown, but it comes from an
    abstract that was written to steer models.
    """
    said = one_line(line)
    if len(said) > MOST_CHARS or has_link(said) or has_markup(said) or gives_orders(said) or slanders(said):
        return None
    question = _BULLET.sub("", one_line(clean_model_text(said))).strip(" |*\"“”„'`")
    return question if tokenize(question) else None


class ExpansionOutcome(StrEnum):
    """What became of one batch."""

    WRITTEN = "written"
    UNUSABLE = "the model wrote no questions that can be used"
    SPENT = "the day's tokens for it are used up"
    NONE_WAITING = "no paper waits"


@dataclass(frozen=True, slots=True)
class Expansion:
    """One batch: its outcome, how many papers are done with it, and how many questions they got."""

    outcome: ExpansionOutcome
    papers: int = 0
    questions: int = 0


class DocumentExpander:
    """Lets `model` write questions for stored papers, newest first, within `day_tokens` a day (UTC; 0: no limit).

    `prompt_tokens` limits one prompt beside the limit of its own.
    """

    def __init__(
        self,
        *,
        model: Metered,
        prompts: Prompts,
        questions: PaperQuestionStore,
        usage: UsageStore,
        day_tokens: int,
        prompt_tokens: int,
        clock: Clock,
    ) -> None:
        self._model = model
        self._prompt = prompts[PROMPT]
        self._questions = questions
        self._usage = usage
        self._clock = clock
        self._tries: Counter[str] = Counter()
        self._prompt_tokens = min(prompt_tokens, self._prompt.max_prompt_tokens)
        self.day_tokens = day_tokens

    async def expand(self) -> Expansion:
        """Write questions for the next papers that wait: one call. What is kept outlives a kill.

        Raises StoreError, and ModelError when the model can't be asked.
        """
        waiting = await self._questions.waiting(BATCH)
        if not waiting:
            return Expansion(ExpansionOutcome.NONE_WAITING)
        # One that a reply left out is asked about alone: another paper of its batch may have put the model off.
        alone = self._tries[waiting[0].key] > 0
        papers = waiting[:1] if alone else [paper for paper in waiting if not self._tries[paper.key]]
        papers, prompt = await asyncio.to_thread(self._render, papers)
        if await self._over(prompt):
            return Expansion(ExpansionOutcome.SPENT)
        try:
            reply = await self._reply(prompt)
        except BudgetUsed as error:
            log.info("no questions are written for papers: %s", error.reason)
            return Expansion(ExpansionOutcome.SPENT)
        found = await asyncio.to_thread(questions_from, reply, len(papers))
        return await self._keep(papers, found)

    async def _keep(self, papers: Sequence[Paper], found: Mapping[int, Sequence[str]]) -> Expansion:
        written: dict[Paper, Sequence[str]] = {}
        for place, paper in enumerate(papers):
            if place in found:
                written[paper] = found[place]
                continue
            self._tries[paper.key] += 1
            if self._tries[paper.key] >= TRIES:
                written[paper] = ()
                del self._tries[paper.key]
        kept = await self._questions.save(written)
        outcome = ExpansionOutcome.WRITTEN if found else ExpansionOutcome.UNUSABLE
        return Expansion(outcome, kept, sum(map(len, written.values())))

    async def _over(self, prompt: RenderedPrompt) -> bool:
        """Whether a call might go beyond what the day may use, by what is in the store: a restart forgets nothing."""
        if not self.day_tokens:
            return False
        rows = await self._usage.report(self._clock().astimezone(UTC).date(), "purpose")
        used = sum(row.input_tokens + row.output_tokens for row in rows if row.name == PROMPT)
        return used + _tokens(prompt) + prompt.max_output_tokens > self.day_tokens

    async def _reply(self, prompt: RenderedPrompt) -> str:
        """Return what the model writes, or as far as it came; nothing when it won't write about these papers."""
        text = ""
        try:
            async with (
                asyncio.timeout(_SECONDS),
                aclosing(self._model.stream(prompt, requester=NOBODY)) as pieces,
            ):
                async for piece in pieces:
                    text += piece
                    if len(text) > _TEXT_CHARS:
                        break
        except TimeoutError:
            if not text:
                raise ModelLate(detail=f"no questions within {_SECONDS:g} s") from None
        except ModelInterrupted:
            if not text:
                raise
        except (ModelDeclined, ModelFiltered, ModelOverflow, ModelSilent) as error:
            log.info("no questions for these papers: %s (%s)", error.reason, error.facts.get("detail"))
        return text

    def _render(self, papers: Sequence[Paper]) -> tuple[Sequence[Paper], RenderedPrompt]:
        """Return the prompt, and those of the papers that stand in it: as many as fit, the first one cut if it must."""
        fence = f"@@{secrets.token_hex(4)}"
        bare = self._prompt.render({"fence": fence, "sources": ""})
        room = self._prompt_tokens - _tokens(bare)
        shown: list[str] = []
        for number, paper in enumerate(papers, start=1):
            source = _source(number, paper, fence)
            if not shown:
                source = cut_to_tokens(source, room)
            room -= estimate_tokens(source) + 1
            if room < 0 and shown:
                break
            shown.append(source)
        return papers[: len(shown)], self._prompt.render({"fence": fence, "sources": "\n".join(shown)})


def _source(number: int, paper: Paper, fence: str) -> str:
    title = clean_for_prompt(one_line(paper.title)[:_TITLE_CHARS], fence=fence)
    abstract = clean_for_prompt(one_line(paper.abstract), fence=fence)
    return f"{fence} source [{number}]\nTitle: {title}\nAbstract: {abstract}"


def _tokens(prompt: RenderedPrompt) -> int:
    return estimate_tokens(prompt.system) + estimate_tokens(prompt.user)
