"""What a message is that isn't a question to be searched for: small talk, an order, or two wishes in one sentence."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol

from bot.answers.answer import Kind, Task, with_notice
from bot.answers.events import ActionWanted, Done, Event
from bot.answers.planning.actions import Order, find_order, split_order
from bot.answers.planning.followups import Turn, last_titles
from bot.answers.planning.imperatives import Imperative, find_imperative, split_imperatives
from bot.answers.planning.plan import Plan
from bot.answers.planning.small_talk import find_small_talk
from bot.answers.request import Level, RequestContext
from bot.answers.talking import Talking
from bot.answers.wording import IN_ENGLISH, not_done
from bot.errors.requests import PaperUnknown, SidesWrong
from bot.models import Paper


class Answering(Protocol):
    """What the assistant does, as far as messages order it."""

    async def plan(
        self, question: str, *, history: Sequence[Turn] = (), context: RequestContext = RequestContext()
    ) -> Plan:
        """Return what is looked for."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] | None = None,
        context: RequestContext = RequestContext(),
        plan: Plan | None = None,
    ) -> AsyncGenerator[Event]:
        """Return what happens while a message is answered."""

    def explain(
        self, term: str, *, level: Level = Level.PRACTITIONER, context: RequestContext = RequestContext()
    ) -> AsyncGenerator[Event]:
        """Return what happens while a term is explained."""

    def summarise(
        self, subjects: Sequence[str], *, context: RequestContext = RequestContext()
    ) -> AsyncGenerator[Event]:
        """Return what happens while papers or a topic are summarised."""

    def compare(
        self,
        sides: Sequence[str],
        *,
        aspects: Sequence[str] = (),
        setting: str = "",
        context: RequestContext = RequestContext(),
    ) -> AsyncGenerator[Event]:
        """Return what happens while papers or topics are compared."""


class Routing:
    """Reads messages in code alone and hands them to whatever does what they want."""

    def __init__(self, *, assistant: Answering, talking: Talking) -> None:
        self._assistant = assistant
        self._talking = talking

    def route(self, message: str, history: Sequence[Turn], context: RequestContext) -> AsyncGenerator[Event] | None:
        """Return what is done for a message; None for a question, which is to be answered from what a search finds."""
        if talk := find_small_talk(message, begun=bool(history)):
            return self._talking.talk(message, talk, context)
        if wishes := split_order(message):
            return self._both(*wishes, history, context)
        if order := find_order(message):
            return self._talking.act(message, order, history)
        if parts := split_imperatives(message):
            return self._first_of(*parts, history, context)
        wanted = find_imperative(message, shown=last_titles(history))
        if wanted is not None and wanted.language is not None and context.language is None:
            context = replace(context, language=wanted.language)
        match wanted:
            case Imperative(task=Task.SUMMARY, subjects=subjects, english=english):
                summary = self._assistant.summarise(subjects, context=context)
                return summary if english else _asking_for_english(summary)
            case Imperative(task=Task.COMPARISON, setting="", subjects=sides, aspects=aspects):
                return self._assistant.compare(sides, aspects=aspects, context=context)
            case Imperative(task=Task.COMPARISON):
                return self._compared_within(message, wanted, history, context)
            case Imperative(task=Task.EXPLANATION, subjects=(term, *_), level=level, english=english):
                explanation = self._assistant.explain(term, level=level, context=context)
                return explanation if english else _asking_for_english(explanation)
            case _:
                return None

    async def _compared_within(
        self, message: str, wanted: Imperative, history: Sequence[Turn], context: RequestContext
    ) -> AsyncGenerator[Event]:
        """Compare topics for something; in prose where the same papers are about all of them, such as one study."""
        compared = self._assistant.compare(
            wanted.subjects, aspects=wanted.aspects, setting=wanted.setting, context=context
        )
        try:
            async with aclosing(compared) as events:
                async for event in events:
                    yield event
        except SidesWrong:
            plan = await self._assistant.plan(message, history=history, context=context)
            told = self._assistant.ask(message, history=history, context=context, plan=plan)
            async with aclosing(told) as events:
                async for event in events:
                    yield event

    async def _both(
        self, message: str, order: Order, history: Sequence[Turn], context: RequestContext
    ) -> AsyncGenerator[Event]:
        """Answer the first part of a message, then say what is wanted with the papers of the answer, Done last."""
        papers: list[Paper] = []
        async with aclosing(self._assistant.ask(message, history=history, context=context)) as events:
            async for event in events:
                if isinstance(event, ActionWanted):
                    papers = list(event.papers)
                if not isinstance(event, Done):
                    yield event
                    continue
                papers = papers or [source.paper for source in event.answer.sources]
                try:
                    wanted = await self._talking.wanted(order, shown=papers)
                except PaperUnknown as error:
                    yield Done(with_notice(event.answer, error.localized()))
                    return
                if wanted is not None:
                    yield wanted
                yield event

    async def _first_of(
        self, message: str, rest: str, history: Sequence[Turn], context: RequestContext
    ) -> AsyncGenerator[Event]:
        """Do the first of two orders, and say that the second isn't done."""
        async with aclosing(self._assistant.ask(message, history=history, context=context)) as events:
            async for event in events:
                yield Done(with_notice(event.answer, not_done(rest))) if isinstance(event, Done) else event


async def _asking_for_english(events: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
    """Yield the events; where nothing was found, say that abstracts are in English."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Done) and event.answer.kind is Kind.NOTHING:
                yield Done(replace(event.answer, notice=IN_ENGLISH.localized()))
            else:
                yield event
