"""The way of a request: plan, find, answer with checked sentences, or otherwise extracts."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.answers.answer import Answer, AnswerDraft, Kind, Statement, Task, number_sources
from bot.answers.answer_queue import AnswerQueue
from bot.answers.comparisons import Comparisons
from bot.answers.events import Event, Searching
from bot.answers.extracts.answers import extracts as query_extracts
from bot.answers.extracts.terms import explanation_extracts
from bot.answers.finding import Finder
from bot.answers.generation import AnswerGenerator
from bot.answers.history.conversations import Conversations
from bot.answers.language import is_foreign
from bot.answers.planning.followups import Turn, needs_history
from bot.answers.planning.plan import Plan, clean_question
from bot.answers.planning.planner import Planner
from bot.answers.planning.small_talk import without_greeting
from bot.answers.request import READERS, Level, RequestContext
from bot.answers.retrieval import Retrieved
from bot.answers.routing import Routing
from bot.answers.subjects import Subjects, unknown
from bot.answers.summaries import Summaries
from bot.answers.talking import Talking
from bot.answers.wishes import Wishes
from bot.answers.wording import IN_ENGLISH, POINTS_BACK, listed, none_about, not_answered, nothing
from bot.errors.requests import ConversationOver
from bot.i18n.languages import AUTO
from bot.models import Paper
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


class Assistant(Finder):
    """Finds papers in the store, and answers, summarises, compares and explains from them.

    Without a `planner`, plans are made in code alone.
    """

    def __init__(
        self,
        *,
        searcher: Searcher,
        subjects: Subjects,
        talking: Talking,
        generator: AnswerGenerator,
        answer_queue: AnswerQueue,
        conversations: Conversations,
        planner: Planner | None,
        wishes: Wishes,
        fixed_language: Callable[[str | None], Awaitable[str]],
        limits: AssistantLimits,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(
            searcher=searcher,
            planner=planner,
            question_chars=limits.question_chars,
            sources=limits.sources,
            clock=clock,
        )
        self._subjects = subjects
        self._routing = Routing(assistant=self, talking=talking)
        self._generator = generator
        self._summaries = Summaries(searcher=searcher, generator=generator, answer_queue=answer_queue)
        self._comparisons = Comparisons(searcher=searcher, subjects=subjects, generator=generator)
        self._conversations = conversations
        self._wishes = wishes
        self._fixed_language = fixed_language
        self._limits = limits

    async def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] | None = None,
        context: RequestContext = RequestContext(),
        plan: Plan | None = None,
    ) -> AsyncGenerator[Event]:
        """Yield what happens while a message is answered, Done last.

        What reads as no question is done as what it is: small talk, "save GPipe", "compare A and B"; not where a `plan`
        is given, which is one for a question. `history` replaces the turns of the request's conversation. Raises
        QuestionError and StoreEmpty before the first event. A model that fails is no error here: the answer then holds
        what was checked before, or extracts, and gives the reason.
        """
        question = without_greeting(clean_question(question, limit=self._limits.question_chars))
        context = await self._worded(context)
        if history is None:
            history = await self._history(question, context)
        if plan is None and (other := self._routing.route(question, history, context)) is not None:
            async with aclosing(other) as events:
                async for event in events:
                    yield event
            return
        await self.check(question)
        yield Searching(question)
        missing = await self._subjects.missing(question)  # what the feeds have is there to be found then
        today = self.today(context.zone)
        if plan is None and (wished := await self._wishes.grant(question, history, context=context, today=today)):
            yield await self._generator.keep(wished, context)
            return
        made = await self.plan(question, history=history, context=context, recorded=plan)
        found = await self._found(made, context)
        none = found.confidence is Confidence.NOTHING
        notice = _why_nothing(question, history, missing, found) if none else None
        if none and not notice and await self._subjects.fetch_about(made.topic):
            found = await self._found(made, context)
        found = found.without_far_behind()
        draft = found.draft(Task.ANSWER, question, context)
        if notice:
            yield await self._generator.keep(draft.answer(Kind.NOTHING, sources=(), notice=notice), context)
            return
        async with aclosing(self._answered(draft, found, context)) as events:
            async for event in events:
                yield event

    async def papers(self, keys: Sequence[str]) -> list[Paper]:
        """Return the papers of a list that an answer holds by their keys, without those that are gone."""
        return await self._wishes.lists.papers(keys)

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
        self,
        sides: Sequence[str],
        *,
        aspects: Sequence[str] = (),
        setting: str = "",
        context: RequestContext = RequestContext(),
    ) -> AsyncGenerator[Event]:
        """Yield what happens while two to five papers or topics are compared, Done last.

        `sides` are arXiv ids, links, titles or topics; `aspects` are rows beside the fixed ones, and `setting` is what
        topics are compared for, where the sides don't say it themselves ("transformers for document layout analysis").
        Raises as `ask` does, PaperUnknown and SidesWrong.
        """
        context = await self._worded(context)
        compared = self._comparisons.compare(sides, aspects=aspects, setting=setting, context=context)
        async with aclosing(compared) as events:
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
        if found.confidence is not Confidence.ANSWER and not found.one_sided:
            yield await self._generator.keep(_unanswered(draft, found), context)
            return
        prompt, variables = "answer", {"question": found.plan.question}
        if draft.level:
            prompt, variables = "explanation", {"term": found.plan.question, "level": READERS[draft.level]}
        extracts = partial(_extracts, found, explaining=draft.level is not None)
        note = none_about(found.missing) if found.missing else None
        events = self._generator.prose(
            draft, found, context, prompt=prompt, variables=variables, extracts=extracts, note=note
        )
        async with aclosing(events):
            async for event in events:
                yield event


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
    if found.missing:
        kind = Kind.CLOSEST if found.hits else Kind.NOTHING
        return draft.answer(kind, notice=none_about(found.missing))
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
