"""Answers in sentences: a model's, each checked, or extracts."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from bot.answers.answer import Answer, AnswerDraft, Kind, Source, Statement
from bot.answers.events import Done, Event, SentenceReady, SourcesFound
from bot.answers.grounding.check import Grounder
from bot.answers.history.cache import AnswerCache
from bot.answers.request import RequestContext
from bot.answers.wording import FAILED_CHECKS, NO_EXTRACT, extracts_because, interrupted, not_answered
from bot.answers.writing.release import SentenceGate
from bot.answers.writing.writer import Assignment, Writer
from bot.errors.services import BudgetUsed, ModelError
from bot.search.ranking.second_stage import SearchResult

Extracts = Callable[[], Sequence[Statement]]


class ProseAnswers:
    """Writes prose on a basis; without a `writer`, extracts, and `why_no_model` tells the reader the reason."""

    def __init__(self, *, writer: Writer | None, why_no_model: str, answer_cache: AnswerCache) -> None:
        self._writer = writer
        self._why_no_model = why_no_model
        self._answer_cache = answer_cache

    async def answer(
        self,
        draft: AnswerDraft,
        result: SearchResult,
        context: RequestContext,
        *,
        prompt: str,
        variables: Mapping[str, str],
        extracts: Extracts,
    ) -> AsyncGenerator[Event]:
        """Yield what happens, Done last. `extracts` finds what is shown when the model fails; it is CPU work."""
        if self._writer is None:
            answer = await asyncio.to_thread(_extracted, draft, extracts, self._why_no_model)
            yield Done(await self._answer_cache.keep(answer, context))
            return
        yield SourcesFound(draft.sources)
        key = self._answer_cache.key(draft, prompt, variables, self._writer)
        if reused := await self._answer_cache.reuse(key, draft, context):
            for statement in reused.statements:
                yield SentenceReady(statement)
            yield Done(reused)
            return
        papers = {source.number: source.paper for source in draft.sources}
        gate = SentenceGate(
            draft.sources,
            Grounder(
                papers,
                weight=draft.index.idf,
                request=draft.question,
                language=draft.language,
            ),
        )
        assignment = Assignment(
            prompt=prompt,
            sources=draft.sources,
            variables=variables,
            request=draft.question,
            requester=context.requester,
            zone=context.zone,
            language=draft.language,
        )
        failure: ModelError | BudgetUsed | None = None
        try:
            async with aclosing(self._writer.write(assignment, gate)) as statements:
                async for statement in statements:
                    yield SentenceReady(statement, gate.cited)
        except (ModelError, BudgetUsed) as error:
            failure = error
        answer = await asyncio.to_thread(self._concluded, draft, result, gate, failure, extracts)
        reusable = answer.kind is Kind.ANSWER and failure is None
        yield Done(await self._answer_cache.keep(answer, context, key=key if reusable else None))

    def _concluded(
        self,
        draft: AnswerDraft,
        result: SearchResult,
        gate: SentenceGate,
        failure: ModelError | BudgetUsed | None,
        extracts: Extracts,
    ) -> Answer:
        """Say what stands in the end: the checked sentences, the closest papers, or extracts with the reason."""
        released = gate.released
        if gate.abstained and not released:
            return draft.answer(Kind.CLOSEST, notice=not_answered(result))
        if not released or len(gate.failures) > len(released):
            return _extracted(draft, extracts, failure.reason if failure else FAILED_CHECKS, failure)
        assert self._writer is not None
        return draft.answer(
            Kind.ANSWER,
            statements=released,
            sources=gate.cited,
            notice=interrupted(failure) if failure else None,
            failure=failure,
            model=self._writer.name,
            prompts_hash=self._writer.prompts_hash,
        )


def _extracted(
    draft: AnswerDraft, extracts: Extracts, reason: str, failure: ModelError | BudgetUsed | None = None
) -> Answer:
    """Return extracts with the sources that they stand in, numbered without gaps; the closest papers without any."""
    found = extracts()
    if not found:
        return draft.answer(Kind.CLOSEST, notice=NO_EXTRACT.localized(), failure=failure)
    cited = sorted({number for statement in found for number in statement.citations})
    shown = {given: number for number, given in enumerate(cited, start=1)}
    papers = {source.number: source.paper for source in draft.sources}
    return draft.answer(
        Kind.EXTRACTS,
        statements=[replace(s, citations=tuple(shown[number] for number in s.citations)) for s in found],
        sources=[Source(shown[number], papers[number]) for number in cited],
        notice=extracts_because(reason),
        failure=failure,
    )
