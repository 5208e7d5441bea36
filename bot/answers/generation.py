"""Answers by a model, each sentence checked while it is written, or extracts in their place."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from bot.answers.answer import Answer, AnswerDraft, Kind, Source, Statement
from bot.answers.events import Done, Event, RowReady, SentenceReady, SourcesFound
from bot.answers.grounding.check import Grounder
from bot.answers.history.archive import AnswerCache
from bot.answers.language import is_in_another
from bot.answers.request import RequestContext
from bot.answers.wording import (
    FAILED_CHECKS,
    NO_EXTRACT,
    OTHER_LANGUAGE,
    extracts_because,
    interrupted,
    left_out,
    not_answered,
    why_failed,
)
from bot.answers.writing.row_gate import RowGate
from bot.answers.writing.sentence_gate import SentenceGate
from bot.answers.writing.writer import Assignment, Writer
from bot.errors.services import BudgetUsed, ModelError
from bot.i18n.translation import Phrase
from bot.search.ranking.second_stage import SearchResult

WriterFailure = ModelError | BudgetUsed


class AnswerGenerator:
    """Writes, checks and keeps answers; without a `writer`, extracts, and `why_no_model` gives the reader the reason.

    What is shown is kept by `answer_cache`, and a full answer is given again to equal requests.
    """

    def __init__(self, *, writer: Writer | None, why_no_model: str, answer_cache: AnswerCache) -> None:
        self._writer = writer
        self._why_no_model = why_no_model
        self._answer_cache = answer_cache

    async def keep(self, answer: Answer, context: RequestContext) -> Done:
        """Return the end of a request that no model is asked for, with its answer kept."""
        return Done(await self._answer_cache.keep(answer, context))

    async def generate(
        self,
        draft: AnswerDraft,
        context: RequestContext,
        *,
        prompt: str,
        variables: Mapping[str, str],
        write: Callable[[Writer], AsyncGenerator[Event]],
        conclude: Callable[[WriterFailure | None], Answer | None],
        extract: Callable[[], Answer],
        note: Callable[[], str | None] = lambda: None,
        why: Callable[[], Phrase] = lambda: FAILED_CHECKS,
    ) -> AsyncGenerator[Event]:
        """Yield what happens, Done last. `prompt` and `variables` are what makes requests for the same sources differ.

        `write` yields what passes the checks and raises ModelError or BudgetUsed. `conclude` then returns the answer
        that has passed, None when that is too little; `extract` returns what is shown in its place, without a reason.
        Both are CPU work and run in a thread. `why` says why it was too little where nothing else failed. What `note`
        returns in the end comes before the answer's own notice.
        """
        writer = self._writer
        if writer is None:
            extracted = await asyncio.to_thread(_extracted, extract, self._why_no_model, None)
            yield await self.keep(_noted(extracted, note()), context)
            return
        yield SourcesFound(draft.sources)
        key = self._answer_cache.key(draft, prompt, variables, writer)
        if reused := await self._answer_cache.reuse(key, draft, context):
            for statement in reused.statements:
                yield SentenceReady(statement)
            for row in reused.rows:
                yield RowReady(row, reused.columns)
            yield Done(reused)
            return
        failure: WriterFailure | None = None
        try:
            async with aclosing(write(writer)) as events:
                async for event in events:
                    yield event
        except (ModelError, BudgetUsed) as error:
            failure = error
        answer = await asyncio.to_thread(conclude, failure)
        if answer is None:
            reason = failure.reason if failure else why()
            answer = await asyncio.to_thread(_extracted, extract, reason, failure)
        reusable = answer.kind is Kind.ANSWER and failure is None and (answer.read_twice or writer.reader is None)
        if answer.kind is Kind.ANSWER:
            answer = replace(answer, failure=failure, model=writer.name, prompts_hash=writer.prompts_hash)
        yield Done(await self._answer_cache.keep(_noted(answer, note()), context, key=key if reusable else None))

    def prose(
        self,
        draft: AnswerDraft,
        result: SearchResult,
        context: RequestContext,
        *,
        prompt: str,
        variables: Mapping[str, str],
        extracts: Callable[[], Sequence[Statement]],
        note: str | None = None,
    ) -> AsyncGenerator[Event]:
        """Return what happens while sentences are written, Done last.

        `extracts` finds the sentences that are shown when the model fails. `note` comes before the answer's own notice.
        """
        gate = SentenceGate(draft.sources, grounder(draft))

        async def write(writer: Writer) -> AsyncGenerator[Event]:
            async with aclosing(writer.write(assignment(draft, context, prompt, variables), gate)) as statements:
                async for statement in statements:
                    yield SentenceReady(statement, gate.cited)

        def other_language() -> bool:
            written = " ".join(claim.written for claim in gate.claims)
            return is_in_another(written, question=draft.question, fixed=draft.language)

        def conclude(failure: WriterFailure | None) -> Answer | None:
            if gate.abstained and not gate.passed:
                return draft.answer(Kind.CLOSEST, notice=not_answered(result))
            if other_language() or mostly_failed(gate):
                return None
            read = gate.read_twice
            notice = interrupted(failure) if failure else left_out(gate.failures, read=read)
            statements, sources = gate.renumbered()
            answer = draft.answer(Kind.ANSWER, statements=statements, sources=sources, notice=notice)
            return replace(answer, read_twice=read)

        return self.generate(
            draft,
            context,
            prompt=prompt,
            variables=variables,
            write=write,
            conclude=conclude,
            extract=lambda: _quoting(draft, extracts()),
            note=lambda: note,
            why=lambda: OTHER_LANGUAGE if other_language() else why_failed(gate.failures),
        )


def grounder(draft: AnswerDraft, sources: Sequence[Source] | None = None) -> Grounder:
    """Return the checks against a draft's sources, or some of them."""
    papers = {source.number: source.paper for source in sources or draft.sources}
    return Grounder(papers, weight=draft.index.idf, request=draft.question, language=draft.language)


def assignment(
    draft: AnswerDraft,
    context: RequestContext,
    prompt: str,
    variables: Mapping[str, str],
    *,
    sources: Sequence[Source] | None = None,
    request: str | None = None,
) -> Assignment:
    """Return what is to be written of a draft; `request` says what for where that is not the question itself."""
    return Assignment(
        prompt=prompt,
        sources=sources or draft.sources,
        variables=variables,
        request=request or draft.question,
        requester=context.requester,
        zone=context.zone,
        language=draft.language,
    )


def mostly_failed(gate: SentenceGate | RowGate) -> bool:
    """Whether too little passed for an answer: nothing, or less than what failed.

    What a second reading found supported stands by itself, until two thirds are gone.
    """
    most = (2 if gate.read_twice else 1) * gate.passed
    return not gate.passed or len(gate.failures) > most


def _noted(answer: Answer, note: str | None) -> Answer:
    return replace(answer, notice=" ".join(filter(None, (note, answer.notice))) or None)


def _extracted(extract: Callable[[], Answer], reason: str, failure: WriterFailure | None) -> Answer:
    answer = extract()
    return replace(answer, notice=answer.notice or extracts_because(reason), failure=failure)


def _quoting(draft: AnswerDraft, found: Sequence[Statement]) -> Answer:
    """Return extracts with the sources that they are from, numbered without gaps; the closest papers without any."""
    if not found:
        return draft.answer(Kind.CLOSEST, notice=NO_EXTRACT.localized())
    cited = sorted({number for statement in found for number in statement.citations})
    shown = {given: number for number, given in enumerate(cited, start=1)}
    papers = {source.number: source.paper for source in draft.sources}
    return draft.answer(
        Kind.EXTRACTS,
        statements=[replace(s, citations=tuple(shown[number] for number in s.citations)) for s in found],
        sources=[Source(shown[number], papers[number]) for number in cited],
    )
