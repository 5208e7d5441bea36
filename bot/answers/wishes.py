"""Wishes that code alone grants: lists and counts of papers, and facts of their records. Everything else is a question.

One step before the search of every question, whichever front end it comes from; no model is asked.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date

from bot.answers.answer import Answer, AnswerDraft, Kind, Task
from bot.answers.lists import Lists
from bot.answers.planning.facts import FactWish, find_facts
from bot.answers.planning.followups import Turn, needs_history
from bot.answers.planning.wishes import ListWish, find_list, wish_language
from bot.answers.record import RecordFacts
from bot.answers.request import RequestContext
from bot.answers.subjects import Subjects
from bot.answers.wording import POINTS_BACK
from bot.i18n.translation import LOCALES, SOURCE_LOCALE, current_locale, use_locale
from bot.models import slug
from bot.search.query.dates import find_span, without_dates
from bot.search.query.field_values import Known
from bot.search.searcher import Searcher
from bot.store.protocol import PaperStore


class Wishes:
    """Reads what is wished for, and grants it."""

    def __init__(self, *, searcher: Searcher, papers: PaperStore, subjects: Subjects) -> None:
        self._searcher = searcher
        self._papers = papers
        self.lists = Lists(searcher=searcher, papers=papers)
        self._record = RecordFacts(searcher=searcher, subjects=subjects)

    async def grant(
        self, question: str, history: Sequence[Turn], *, context: RequestContext, today: date
    ) -> Answer | None:
        """Return the answer, in the wish's own language; None for a question. Raises StoreEmpty and StoreError."""
        index = await self._searcher.index()
        facts, wish = await asyncio.to_thread(_read, question, index.known, today)
        if facts:
            with _in_language(wish_language(question), context):
                told = await self._record.answer(facts, question, history=history, context=context)
            if told is not None:
                return told
        before = wish is not None and (wish.among or wish.newer)
        if wish is None or (not before and needs_history(_undated(question, today))):
            return None
        shown = await self._shown(history, context) if before else ()
        with _in_language(wish.language, context):
            if before and not shown:
                draft = AnswerDraft.of_papers(Task.ANSWER, question, (), index, context)
                return draft.answer(Kind.NOTHING, notice=POINTS_BACK.localized())
            if wish.newer:
                return await self.lists.newer(shown[0], question, context=context, today=today)
            return await self.lists.answer(wish, question, context=context, today=today, shown=shown)

    async def _shown(self, history: Sequence[Turn], context: RequestContext) -> Sequence[str]:
        """Return the keys of the papers of the last answer or, where there is none, of the digest."""
        titles = next((turn.titles for turn in reversed(history) if turn.titles), ())
        if not titles:
            return tuple(context.among)
        held = {slug(paper.title): paper.key for paper in await self._papers.wanted(keys=(), slugs=map(slug, titles))}
        return [held[name] for name in map(slug, titles) if name in held]


def _read(question: str, known: Known, today: date) -> tuple[Sequence[FactWish], ListWish | None]:
    return find_facts(question), find_list(question, known, today=today)


def _undated(question: str, today: date) -> str:
    """Return a question without its days: "this week" points at nothing that was said."""
    return without_dates(question, find_span(question, today=today))


def _in_language(asked: str | None, context: RequestContext) -> AbstractContextManager[None]:
    """Put sentences into the language that is fixed or that was asked in, where they aren't in another one already."""
    wanted = context.language or asked
    if wanted in LOCALES and current_locale() == SOURCE_LOCALE:
        return use_locale(wanted)
    return nullcontext()
