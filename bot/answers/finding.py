"""From a question to the papers found for it: what answering begins with, and all that a search is."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Protocol

from bot.answers.planning.followups import Turn
from bot.answers.planning.plan import Plan, clean_question, plan_in_code, planned, reads_as_question
from bot.answers.request import RequestContext, Requester
from bot.answers.retrieval import Retrieved, retrieve
from bot.errors.requests import DatesExclude
from bot.search.query.dates import find_span
from bot.search.query.field_values import Known
from bot.search.query.field_words import find_fields
from bot.search.searcher import Searcher


class PlansQuestions(Protocol):
    """What makes a plan with a model; `bot.answers.planning.planner` does."""

    async def plan(self, question: str, history: Sequence[Turn], today: date, *, requester: Requester) -> Plan | None:
        """Return what a model makes of a question, or None when it fails or is late."""


class Finder:
    """Finds papers, as many as `sources` to answer from. Without a `planner`, plans are made in code alone."""

    def __init__(
        self,
        *,
        searcher: Searcher,
        planner: PlansQuestions | None,
        question_chars: int,
        sources: int = 6,
        clock: Callable[[], datetime],
    ) -> None:
        self._searcher = searcher
        self._planner = planner
        self._question_chars = question_chars
        self._sources = sources
        self._clock = clock

    async def check(self, question: str) -> str:
        """Return the question cleaned. Raises QuestionError, or StoreEmpty while there is nothing to search."""
        cleaned = clean_question(question, limit=self._question_chars)
        span = await asyncio.to_thread(find_span, cleaned, today=self.today(None))
        if span and span.excluding:
            raise DatesExclude(first=span.excluding[0], second=span.excluding[-1])
        await self._searcher.index()
        return cleaned

    async def plan(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        context: RequestContext = RequestContext(),
        recorded: Plan | None = None,
        by_model: bool = True,
    ) -> Plan:
        """Return what is looked for. Raises QuestionError and StoreEmpty.

        `history` are the turns before the question, oldest first. The planner is asked unless there is a `recorded`
        plan, the model is not wanted, code has found all that there is, or the question's own words find the one paper
        that it asks about. Dates are read by code in any case.
        """
        question = await self.check(question)
        today = self.today(context.zone)
        index = await self._searcher.index()
        # Before the dates: "NeurIPS 2023" is a venue's, and no time of first publication.
        fields = await asyncio.to_thread(find_fields, question, index.known)
        in_code = await asyncio.to_thread(plan_in_code, fields.rest, today=today, history=history)
        if fields.terms or fields.bounds:
            in_code = replace(in_code, filters=replace(in_code.filters, fields=fields.terms, bounds=fields.bounds))
        if recorded is None and self._planner is not None and by_model and not in_code.complete:
            if (await self._found(in_code, context)).certain:
                return in_code
            recorded = await self._planner.plan(question, history, today, requester=context.requester)
        if recorded is None:
            return in_code
        said = " ".join([question, *(f"{turn.content} {' '.join(turn.titles)}" for turn in history)])
        return await asyncio.to_thread(planned, in_code, recorded, today=today, said=said)

    async def find(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        context: RequestContext = RequestContext(),
        plan: Plan | None = None,
        limit: int,
    ) -> Retrieved:
        """Return the best papers for a question, without answering it. Raises QuestionError and StoreEmpty.

        `plan` is one that was made or recorded before. Without one, the planner is asked about what reads as a
        question, and not about bare keywords: these are the plan.
        """
        made = await self.plan(
            question, history=history, context=context, recorded=plan, by_model=reads_as_question(question)
        )
        return await retrieve(self._searcher, made, filters=context.filters, limit=limit)

    async def _found(self, plan: Plan, context: RequestContext) -> Retrieved:
        """Return the papers that a plan finds, among those that the request is most likely about first."""
        return await retrieve(self._searcher, plan, filters=context.filters, limit=self._sources, among=context.among)

    async def known(self) -> Known:
        """Return the authors, venues and categories of the papers in the store. Raises StoreEmpty."""
        return (await self._searcher.index()).known

    def today(self, zone: tzinfo | None) -> date:
        """Return the date in a time zone, the clock's own when it is None."""
        now = self._clock()
        return (now.astimezone(zone) if zone else now).date()
