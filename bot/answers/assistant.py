"""The way of a request: plan, find, answer with checked sentences, or otherwise extracts."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import partial

from bot.answers.answer import Answer, AnswerDraft, Column, Kind, Source, Statement, Task, number_sources
from bot.answers.comparisons import CODE, LABELS, Comparisons
from bot.answers.events import Event, Searching
from bot.answers.extracts.answers import extracts as query_extracts
from bot.answers.extracts.terms import explanation_extracts
from bot.answers.generation import AnswerGenerator
from bot.answers.history.conversations import Conversations
from bot.answers.language import is_foreign
from bot.answers.planning.followups import Turn, needs_history
from bot.answers.planning.imperatives import Imperative, find_imperative
from bot.answers.planning.plan import Plan, clean_question, plan_in_code, planned, reads_as_question
from bot.answers.planning.planner import Planner
from bot.answers.request import READERS, Level, RequestContext
from bot.answers.retrieval import Retrieved, retrieve
from bot.answers.subjects import Subjects, unknown
from bot.answers.summaries import Summaries, paper_name
from bot.answers.wording import IN_ENGLISH, POINTS_BACK, listed, not_answered, nothing
from bot.errors.requests import ConversationOver, DatesExclude
from bot.i18n.languages import AUTO
from bot.models import Paper
from bot.search.query.dates import find_span
from bot.search.query.field_words import find_fields
from bot.search.ranking.confidence import Confidence
from bot.search.searcher import Searcher
from bot.search.text.tokens import tokenize

RELEVANT_SHARE = 0.6
"""Extracts come from papers that score at least this share of the best one's score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistantLimits:
    """How many sources a prompt contains, how long a question may be, how long a conversation is kept."""

    sources: int
    question_chars: int
    conversation_hours: float


class Assistant:
    """Answers, summarises, compares and explains from the papers in the store.

    Without a `planner`, plans are made in code alone.
    """

    def __init__(
        self,
        *,
        searcher: Searcher,
        subjects: Subjects,
        generator: AnswerGenerator,
        conversations: Conversations,
        planner: Planner | None,
        fixed_language: Callable[[str | None], Awaitable[str]],
        limits: AssistantLimits,
        clock: Callable[[], datetime],
    ) -> None:
        self._searcher = searcher
        self._subjects = subjects
        self._generator = generator
        self._summaries = Summaries(searcher=searcher, generator=generator)
        self._comparisons = Comparisons(searcher=searcher, subjects=subjects, generator=generator)
        self._conversations = conversations
        self._planner = planner
        self._fixed_language = fixed_language
        self._limits = limits
        self._clock = clock

    async def check(self, question: str) -> str:
        """Return the question cleaned. Raises QuestionError, or StoreEmpty while there is nothing to search."""
        cleaned = clean_question(question, limit=self._limits.question_chars)
        span = await asyncio.to_thread(find_span, cleaned, today=self._today(None))
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
        plan, the model is not wanted, or code has found all that there is. Dates are read by code in any case.
        """
        question = await self.check(question)
        today = self._today(context.zone)
        index = await self._searcher.index()
        # Before the dates: "NeurIPS 2023" is a venue's, and no time of first publication.
        fields = await asyncio.to_thread(find_fields, question, index.known)
        in_code = await asyncio.to_thread(plan_in_code, fields.rest, today=today, history=history)
        if recorded is None and self._planner is not None and by_model and not in_code.complete:
            recorded = await self._planner.plan(question, history, today, requester=context.requester)
        made = in_code if recorded is None else await asyncio.to_thread(planned, in_code, recorded, today=today)
        return replace(made, filters=replace(made.filters, fields=fields.terms)) if fields.terms else made

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

    async def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] | None = None,
        context: RequestContext = RequestContext(),
        plan: Plan | None = None,
    ) -> AsyncGenerator[Event]:
        """Yield what happens while a question is answered, Done last.

        `history` replaces the turns of the request's conversation, `plan` for one that is made. Raises
        QuestionError and StoreEmpty before the first event. A model that fails is no error here: the answer then holds
        what was checked before, or extracts, and gives the reason.
        """
        question, context = await self.check(question), await self._worded(context)
        if history is None:
            history = await self._history(question, context)
        yield Searching(question)
        missing = await self._subjects.missing(question)  # what the feeds have is there to be found then
        made = await self.plan(question, history=history, context=context, recorded=plan)
        found = await self._found(made, context)
        none = found.confidence is Confidence.NOTHING
        notice = _why_nothing(question, history, missing, found) if none else None
        if none and not notice and await self._subjects.fetch_about(made.topic):
            found = await self._found(made, context)
        draft = found.draft(Task.ANSWER, question, context)
        if notice:
            yield await self._generator.keep(draft.answer(Kind.NOTHING, sources=(), notice=notice), context)
            return
        async with aclosing(self._answered(draft, found, context)) as events:
            async for event in events:
                yield event

    def respond(self, message: str, *, context: RequestContext = RequestContext()) -> AsyncGenerator[Event]:
        """Return what `ask` does or, for "compare A and B" and the like, what `compare`, `summarise`, `explain` do."""
        match find_imperative(message):
            case Imperative(task=Task.SUMMARY, subjects=subjects):
                return self.summarise(subjects, context=context)
            case Imperative(task=Task.COMPARISON, subjects=subjects, aspects=aspects):
                return self.compare(subjects, aspects=aspects, context=context)
            case Imperative(task=Task.EXPLANATION, subjects=(term, *_), level=level):
                return self.explain(term, level=level, context=context)
            case _:
                return self.ask(message, context=context)

    async def explain(
        self, term: str, *, level: Level = Level.PRACTITIONER, context: RequestContext = RequestContext()
    ) -> AsyncGenerator[Event]:
        """Yield what happens while a term is explained from the papers, Done last. Raises as `ask` does."""
        term, context = await self.check(term), await self._worded(context)
        yield Searching(term)
        made = await self.plan(term, context=context)
        found = _using(made.topic, await self._found(made, context))
        draft = replace(found.draft(Task.EXPLANATION, term, context), level=level)
        async with aclosing(self._answered(draft, found, context)) as events:
            async for event in events:
                yield event

    async def summarise(
        self, subjects: Sequence[str], *, context: RequestContext = RequestContext()
    ) -> AsyncGenerator[Event]:
        """Yield what happens while papers, or what a topic has within a span, are summarised, Done last.

        `subjects` are arXiv ids, links and titles, or the words of one topic. Raises as `ask` does, and PaperUnknown.
        """
        named = await self._subjects.resolve(subjects)
        await self._searcher.index()
        context = await self._worded(context)
        if all(subject.paper for subject in named):
            events = self._summaries.of_papers(named, context=context)
        else:
            plan = await self.plan(" ".join(subjects), context=context)
            events = self._summaries.of_topic(plan, context=context)
        async with aclosing(events):
            async for event in events:
                yield event

    async def compare(
        self, sides: Sequence[str], *, aspects: Sequence[str] = (), context: RequestContext = RequestContext()
    ) -> AsyncGenerator[Event]:
        """Yield what happens while two to five papers or topics are compared, Done last.

        `sides` are arXiv ids, links, titles or topics; `aspects` are rows beside the fixed ones. Raises as `ask` does,
        PaperUnknown and SidesWrong.
        """
        context = await self._worded(context)
        async with aclosing(self._comparisons.compare(sides, aspects=aspects, context=context)) as events:
            async for event in events:
                yield event

    async def _worded(self, context: RequestContext) -> RequestContext:
        """Return the context with the language that the rules of the user's guild fix, if they do."""
        if context.language is not None:
            return context
        fixed = await self._fixed_language(context.requester.guild)
        return context if fixed == AUTO else replace(context, language=fixed)

    async def _history(self, question: str, context: RequestContext) -> tuple[Turn, ...]:
        """Return the conversation's turns. Raises ConversationOver when it has expired and the question needs it."""
        if context.conversation is None:
            return ()
        turns, expired = await self._conversations.history(context.conversation)
        if expired and needs_history(question):
            raise ConversationOver(hours=self._limits.conversation_hours)
        return turns

    async def _answered(self, draft: AnswerDraft, found: Retrieved, context: RequestContext) -> AsyncGenerator[Event]:
        """Answer in prose, or say why there is no answer."""
        if found.confidence is not Confidence.ANSWER:
            yield await self._generator.keep(_unanswered(draft, found), context)
            return
        prompt, variables = "answer", {"question": found.plan.question}
        if draft.level:
            prompt, variables = "explanation", {"term": found.plan.question, "level": READERS[draft.level]}
        extracts = partial(_extracts, found, explaining=draft.level is not None)
        events = self._generator.prose(draft, found, context, prompt=prompt, variables=variables, extracts=extracts)
        async with aclosing(events):
            async for event in events:
                yield event

    async def _found(self, plan: Plan, context: RequestContext) -> Retrieved:
        """Return the papers that a plan finds, among those that the request is most likely about first."""
        limit = self._limits.sources
        return await retrieve(self._searcher, plan, filters=context.filters, limit=limit, among=context.among)

    def _today(self, zone: tzinfo | None) -> date:
        now = self._clock()
        return (now.astimezone(zone) if zone else now).date()


def _why_nothing(question: str, history: Sequence[Turn], missing: Sequence[str], found: Retrieved) -> str | None:
    """Say what keeps a question from being answered at all, where that is more than that no paper is about it."""
    if missing:
        return unknown(missing).localized()
    if not found.searched:
        return None  # no paper is of these days, whatever else was said
    if not history and needs_history(question):
        return POINTS_BACK.localized()
    return IN_ENGLISH.localized() if is_foreign(question) else None


def _using(term: str, found: Retrieved) -> Retrieved:
    """Leave the papers that use a term, from which alone it can be explained; all of them where none does."""
    terms = set(tokenize(term))
    using = tuple(hit for hit in found.hits if terms <= set(tokenize(f"{hit.paper.title}\n{hit.paper.abstract}")))
    if found.confidence is not Confidence.ANSWER or not terms:
        return found
    return replace(found, hits=using) if using else replace(found, confidence=Confidence.CLOSEST)


def _unanswered(draft: AnswerDraft, found: Retrieved) -> Answer:
    if found.confidence is Confidence.NOTHING:
        return draft.answer(Kind.NOTHING, sources=(), notice=nothing(found))
    if not found.terms:  # a time was asked for, and nothing else
        return draft.answer(Kind.PAPERS, notice=listed(draft, found))
    return draft.answer(Kind.CLOSEST, notice=not_answered(found))


def _extracts(found: Retrieved, *, explaining: bool) -> tuple[Statement, ...]:
    best = max(hit.score for hit in found.hits)
    sources = [
        source
        for source, hit in zip(number_sources(found.papers), found.hits, strict=True)
        if hit.score >= RELEVANT_SHARE * best
    ]
    if explaining:
        return explanation_extracts(tokenize(found.plan.topic), sources)
    return query_extracts(found.terms, sources)


def ask_again(
    assistant: Assistant, answer: Answer, *, history: Sequence[Turn], context: RequestContext
) -> AsyncGenerator[Event]:
    """Return what happens while the same is asked again. `history` are the turns before it. Raises as asking does."""
    match answer.task:
        case Task.SUMMARY:
            return assistant.summarise(_summarised(answer), context=context)
        case Task.COMPARISON:
            sides = [_side(column, answer.sources) for column in answer.columns]
            aspects = [row.label for row in answer.rows if row.label not in {*LABELS, CODE}]
            return assistant.compare(sides, aspects=aspects, context=context)
        case Task.EXPLANATION:
            return assistant.explain(answer.question, level=answer.level or Level.PRACTITIONER, context=context)
        case _:
            return assistant.ask(answer.question, history=history, context=context)


def _summarised(answer: Answer) -> list[str]:
    """Return the papers, where the question is just their names, or else the topic."""
    papers = [source.paper for source in answer.sources]
    if papers and answer.question == "; ".join(map(paper_name, papers)):
        return [_named(paper) for paper in papers]
    return [answer.question]


def _side(column: Column, sources: Sequence[Source]) -> str:
    """Return the paper of a column that has its name, or else the topic."""
    own = [source.paper for source in sources if source.number in column.numbers]
    if len(own) == 1 and column.name == paper_name(own[0]).replace("|", " "):
        return _named(own[0])
    return column.name


def _named(paper: Paper) -> str:
    return paper.arxiv_id or paper.title
