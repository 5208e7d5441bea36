"""The way of a question: plan, find, answer with checked sentences, or otherwise extracts."""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import date, datetime, tzinfo

from bot.assistant.answer import Answer, Kind, Source, Statement, number_sources
from bot.assistant.asker import NOBODY, Asker
from bot.assistant.conversation import Conversation
from bot.assistant.events import Done, Event, Searching, SentenceReady, SourcesFound
from bot.assistant.extracts import extracts
from bot.assistant.gather import Found, gather
from bot.assistant.history import Turn
from bot.assistant.level import Level
from bot.assistant.model import ChatModel
from bot.assistant.plan import Plan, clean_question, plan_in_code, planned, reads_as_question
from bot.assistant.planner import Planner
from bot.assistant.prompts import Prompts
from bot.assistant.release import SentenceGate
from bot.assistant.sources_block import render_sources
from bot.errors import ModelError, ModelInterrupted, ModelLate
from bot.search.confidence import Confidence
from bot.search.field_words import find_fields
from bot.search.filters import Filters, nothing_within
from bot.search.searcher import Searcher

RELEVANT_SHARE = 0.6
"""Extracts come from papers that score at least this share of the best one's score."""

EXTRACTS_BECAUSE = "These are sentences taken word for word from abstracts"


class Assistant:
    """Answers questions about the papers in the store.

    Without a `model`, with extracts; `why_no_model` tells the reader the reason. Without a `planner`, plans are made in
    code alone.
    """

    def __init__(
        self,
        *,
        searcher: Searcher,
        prompts: Prompts,
        model: ChatModel | None,
        planner: Planner | None = None,
        why_no_model: str,
        sources: int,
        question_chars: int,
        timeout_seconds: float,
        clock: Callable[[], datetime],
    ) -> None:
        self._searcher = searcher
        self._prompts = prompts
        self._model = model
        self._planner = planner
        self._why_no_model = why_no_model
        self._sources = sources
        self._question_chars = question_chars
        self._timeout_seconds = timeout_seconds
        self._clock = clock

    async def check(self, question: str) -> str:
        """Return the question cleaned. Raises QuestionError, or StoreEmpty while there is nothing to search."""
        cleaned = clean_question(question, limit=self._question_chars)
        await self._searcher.index()
        return cleaned

    async def plan(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        zone: tzinfo | None = None,
        recorded: Plan | None = None,
        by_model: bool = True,
    ) -> Plan:
        """Return what is looked for. Raises QuestionError and StoreEmpty.

        `history` are the turns before the question, oldest first; `zone` is where the asker's "today" is, the clock's
        own when it is None. The planner is asked unless there is a `recorded` plan, the model is not wanted, or code
        has found all that there is. Dates are read by code in any case.
        """
        question = await self.check(question)
        today = self._today(zone)
        index = await self._searcher.index()
        # Before the dates: "NeurIPS 2023" is a venue's, and no time of first publication.
        fields = await asyncio.to_thread(find_fields, question, index.known)
        in_code = plan_in_code(fields.rest, today=today, history=history)
        if recorded is None and self._planner is not None and by_model and not in_code.complete:
            recorded = await self._planner.plan(question, history, today)
        made = planned(in_code, recorded, today=today) if recorded is not None else in_code
        return replace(made, filters=replace(made.filters, fields=fields.terms)) if fields.terms else made

    async def find(
        self,
        question: str,
        *,
        filters: Filters = Filters(),
        history: Sequence[Turn] = (),
        plan: Plan | None = None,
        zone: tzinfo | None = None,
        limit: int,
    ) -> Found:
        """Return the best papers for a question, without answering it. Raises QuestionError and StoreEmpty.

        `history` and `zone` are those of `plan`. `plan` is one that was made or recorded before. Without one, the
        planner is asked about what reads as a question, and not about bare keywords: these are the plan.
        """
        made = await self.plan(
            question, history=history, zone=zone, recorded=plan, by_model=reads_as_question(question)
        )
        return await gather(self._searcher, made, filters=filters, limit=limit)

    async def ask(
        self,
        question: str,
        *,
        filters: Filters = Filters(),
        history: Sequence[Turn] = (),
        plan: Plan | None = None,
        zone: tzinfo | None = None,
        asker: Asker = NOBODY,
        conversation: Conversation | None = None,
        fresh: bool = False,
    ) -> AsyncGenerator[Event]:
        """Yield what happens while a question is answered, Done last. Arguments are those of `find`.

        Raises QuestionError and StoreEmpty before the first event. A model that fails is no error here: the answer
        then holds what was checked before, or extracts, and tells the reason.
        """
        question = await self.check(question)
        yield Searching(question)
        made = await self.plan(question, history=history, zone=zone, recorded=plan)
        result = await gather(self._searcher, made, filters=filters, limit=self._sources)
        if result.confidence is not Confidence.ANSWER:
            yield Done(self._no_answer(question, result))
            return
        if self._model is None:
            yield Done(self._extracts(question, result, f"{EXTRACTS_BECAUSE}: {self._why_no_model}."))
            return
        sources = number_sources(result.papers)
        yield SourcesFound(sources)
        gate = SentenceGate(sources)
        failure: ModelError | None = None
        try:
            async with aclosing(self._write(self._model, made, sources, gate, zone)) as statements:
                async for statement in statements:
                    yield SentenceReady(statement)
        except ModelError as error:
            failure = error
        yield Done(self._concluded(question, result, gate, failure))

    def summarise(
        self,
        subjects: Sequence[str],
        *,
        filters: Filters = Filters(),
        zone: tzinfo | None = None,
        asker: Asker = NOBODY,
        conversation: Conversation | None = None,
        fresh: bool = False,
    ) -> AsyncGenerator[Event]:
        """Yield what happens while papers, or what a topic has within a span, are summarised, Done last."""
        raise NotImplementedError

    def compare(
        self,
        sides: Sequence[str],
        *,
        aspects: Sequence[str] = (),
        filters: Filters = Filters(),
        zone: tzinfo | None = None,
        asker: Asker = NOBODY,
        conversation: Conversation | None = None,
        fresh: bool = False,
    ) -> AsyncGenerator[Event]:
        """Yield what happens while two to five papers or topics are compared, Done last."""
        raise NotImplementedError

    def explain(
        self,
        term: str,
        *,
        level: Level = Level.PRACTITIONER,
        filters: Filters = Filters(),
        zone: tzinfo | None = None,
        asker: Asker = NOBODY,
        conversation: Conversation | None = None,
        fresh: bool = False,
    ) -> AsyncGenerator[Event]:
        """Yield what happens while a term is explained from the papers, Done last."""
        raise NotImplementedError

    def _today(self, zone: tzinfo | None) -> date:
        now = self._clock()
        return (now.astimezone(zone) if zone else now).date()

    async def _write(
        self, model: ChatModel, plan: Plan, sources: tuple[Source, ...], gate: SentenceGate, zone: tzinfo | None
    ) -> AsyncGenerator[Statement]:
        """Stream the model's sentences through the gate, within the deadline. Raises ModelError."""
        fence = f"@@{secrets.token_hex(4)}"
        prompt = self._prompts["answer"].render(
            {
                "today": self._today(zone).isoformat(),
                "numbers": ", ".join(f"[{source.number}]" for source in sources),
                "fence": fence,
                "sources": render_sources(sources, fence=fence),
                "question": plan.question.replace(fence, ""),
            }
        )
        pieces = model.stream(prompt)
        deadline = asyncio.get_running_loop().time() + self._timeout_seconds
        try:
            while True:
                # The deadline stands around each wait for the model, never around a yield, where it would also
                # count the time that the front end takes.
                async with asyncio.timeout_at(deadline):
                    piece = await anext(pieces, "")
                if not piece:  # the model never yields an empty piece
                    break
                for statement in gate.feed(piece):
                    yield statement
            for statement in gate.finish():
                yield statement
        except TimeoutError:
            raise ModelLate(detail=f"{self._timeout_seconds:g} s") from None
        finally:
            await pieces.aclose()

    def _concluded(self, question: str, result: Found, gate: SentenceGate, failure: ModelError | None) -> Answer:
        """Say what stands in the end: the checked sentences, the closest papers, or extracts with the reason."""
        if gate.abstained and not gate.released:
            return self._no_answer(question, result)
        if not gate.released or gate.dropped > len(gate.released):
            reason = failure.reason if failure else "what the model wrote did not pass the checks"
            return self._extracts(question, result, f"{EXTRACTS_BECAUSE}: {reason}.", failure)
        notice = None
        if failure:
            ending = "" if isinstance(failure, ModelInterrupted) else f" ({failure.reason})"
            notice = f"The answer breaks off here{ending}. What stands above was checked."
        return self._answer(
            question, result, Kind.ANSWER, gate.cited, notice, statements=tuple(gate.released), failure=failure
        )

    def _extracts(self, question: str, result: Found, notice: str, failure: ModelError | None = None) -> Answer:
        best = max(hit.score for hit in result.hits)
        candidates = number_sources([hit.paper for hit in result.hits if hit.score >= RELEVANT_SHARE * best])
        found = extracts(result.terms, candidates, result.index)
        cited = {number for statement in found for number in statement.citations}
        sources = number_sources([source.paper for source in candidates if source.number in cited])
        shown = {given: number for number, given in enumerate(sorted(cited), start=1)}
        statements = tuple(replace(s, citations=tuple(shown[n] for n in s.citations)) for s in found)
        return self._answer(question, result, Kind.EXTRACTS, sources, notice, statements=statements, failure=failure)

    def _no_answer(self, question: str, result: Found) -> Answer:
        if result.confidence is Confidence.NOTHING:
            notice = "Nothing in the store is about this. Try the words that a paper about it would use."
            if not result.searched:
                notice = nothing_within(result.filters)
            return self._answer(question, result, Kind.NOTHING, (), notice)
        sources = number_sources(result.papers[: self._sources])
        if not result.terms:  # a time was asked for, and nothing else
            shown = f", of which these {len(sources)} come first" if len(sources) < result.searched else ""
            span = f" {result.filters}" if str(result.filters) else ""
            notice = f"The store holds {result.searched:,}{span}{shown}. Name a topic to get an answer."
            return self._answer(question, result, Kind.PAPERS, sources, notice)
        notice = "No abstract fits well enough to answer from. These papers come closest."
        if result.confidence is Confidence.ANSWER:  # a model has read them
            notice = "The abstracts don't answer this. These papers come closest."
        return self._answer(question, result, Kind.CLOSEST, sources, notice)

    def _answer(
        self,
        question: str,
        result: Found,
        kind: Kind,
        sources: tuple[Source, ...],
        notice: str | None,
        *,
        statements: tuple[Statement, ...] = (),
        failure: ModelError | None = None,
    ) -> Answer:
        by_model = self._model is not None and kind is Kind.ANSWER
        return Answer(
            question=question,
            kind=kind,
            statements=statements,
            sources=sources,
            searched=result.searched,
            span=result.span,
            wording=result.plan.wording,
            keywords=result.plan.keywords,
            notice=notice,
            failure=failure,
            model=self._model.name if self._model and by_model else None,
            prompts_hash=self._prompts.hash if by_model else None,
        )
