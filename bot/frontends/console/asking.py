"""What is asked in a terminal, and its answer while it is written."""

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from bot.answers.answer import Answer, Column, Row, Statement, Task, closes, with_notice
from bot.answers.assistant import Assistant
from bot.answers.events import ActionWanted, Done, Event, RowReady, Searching, SentenceReady, SourcesFound
from bot.answers.planning.imperatives import find_imperative
from bot.answers.replies import where_to
from bot.answers.request import Conversation, Level, RequestContext, Requester
from bot.answers.wording import count
from bot.app import App
from bot.errors.requests import ConversationOver, QuestionEmpty
from bot.frontends.console.rendering import prose, render_answer, render_rows
from bot.frontends.console.screen import LastLines, local_zone
from bot.search.query.filters import Filters
from bot.search.query.ids import arxiv_ids

PLACE = "console"
"""Where conversations in a terminal go on."""

USER = "console"
"""Who sits before the terminal; calls are counted under this name."""

CONSOLE = Requester(user=USER)

_APART = re.compile(r";|://")
_JOINERS = frozenset({"vs", "vs.", "versus", "and"})


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, and what happens while it is done."""

    task: Task
    events: AsyncGenerator[Event]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Turns what is typed into requests. With `fresh`, no answer that was given before is shown again."""

    assistant: Assistant
    filters: Filters = Filters()
    conversation: Conversation | None = None
    fresh: bool = False

    def within(self, conversation: Conversation | None) -> "Asking":
        """Return the same, going on with another conversation."""
        return replace(self, conversation=conversation)

    @property
    def context(self) -> RequestContext:
        """The circumstances of every request."""
        return RequestContext(
            requester=CONSOLE,
            conversation=self.conversation,
            filters=self.filters,
            zone=local_zone(),
            fresh=self.fresh,
        )

    def ask(self, question: str) -> Request:
        """Ask a question, or for what "compare A and B" and the like order."""
        ordered = find_imperative(question)
        events = self.assistant.ask(question, context=self.context)
        return Request(ordered.task if ordered else Task.ANSWER, events)

    def summarise(self, words: Sequence[str]) -> Request:
        """Ask for a summary of what `subjects` makes of the words. Raises QuestionEmpty."""
        return Request(Task.SUMMARY, self.assistant.summarise(subjects(words), context=self.context))

    def compare(self, words: Sequence[str], *, aspects: Sequence[str] = ()) -> Request:
        """Ask for a comparison of what `sides` makes of the words."""
        events = self.assistant.compare(sides(words), aspects=aspects, context=self.context)
        return Request(Task.COMPARISON, events)

    def explain(self, term: str, *, level: Level = Level.PRACTITIONER) -> Request:
        """Ask for an explanation. Raises QuestionEmpty."""
        if not term.strip():
            raise QuestionEmpty
        return Request(Task.EXPLANATION, self.assistant.explain(term, level=level, context=self.context))


def subjects(words: Sequence[str]) -> list[str]:
    """Return what is to be summarised: what semicolons separate, ids, links and quoted titles one by one.

    Plain words are one topic, as nobody quotes `paperbot summarise weather forecasting`. Raises QuestionEmpty.
    """
    parts = _separated(words)
    if not parts:
        raise QuestionEmpty
    plain = all(len(word.split()) == 1 and not arxiv_ids(word) and not _APART.search(word) for word in words)
    return [" ".join(parts)] if plain else parts


def sides(words: Sequence[str]) -> list[str]:
    """Return what is to be compared: every argument, or what semicolons separate, without a bare "vs"."""
    return [part for part in _separated(words) if part.casefold() not in _JOINERS]


def _separated(words: Sequence[str]) -> list[str]:
    return [stripped for word in words for part in word.split(";") if (stripped := part.strip())]


async def conversation_for(app: App, *, again: bool) -> Conversation:
    """Start a conversation, or, `again`, return the last one. Raises ConversationOver when there is none."""
    if not again:
        return app.conversations.start(PLACE, CONSOLE)
    conversation = await app.conversations.latest(PLACE, CONSOLE)
    if conversation is None:
        raise ConversationOver(hours=app.settings.store.conversation_hours)
    return conversation


async def show(console: Console, request: Request) -> Answer:
    """Print an answer, sentence by sentence where a terminal is attached, and return it."""
    answer = await follow(console, request)
    console.print(render_answer(answer))
    return answer


async def follow(console: Console, request: Request) -> Answer:
    """Return the answer when it is finished, and show it until then where a terminal is attached."""
    statements: list[Statement] = []
    rows: list[Row] = []
    columns: tuple[Column, ...] = ()
    wanted: list[ActionWanted] = []
    answer: Answer | None = None
    with Live(console=console, transient=True, auto_refresh=False) as live:
        async with aclosing(request.events) as events:
            async for event in events:
                match event:
                    case Searching():
                        live.update(Text("Searching…", style="dim"), refresh=True)
                    case SourcesFound(sources):
                        live.update(Text(f"Reading {count(len(sources), 'abstract')}…", style="dim"), refresh=True)
                    case SentenceReady(statement):
                        statements.append(statement)
                        live.update(_so_far(request, statements, columns, rows), refresh=True)
                    case RowReady(row, columns):
                        rows.append(row)
                        live.update(_so_far(request, statements, columns, rows), refresh=True)
                    case ActionWanted():
                        wanted.append(event)
                    case Done(answer):
                        live.update("", refresh=True)
    assert answer is not None, "the last event is Done"
    return _with_places(answer, wanted)


def _with_places(answer: Answer, wanted: Sequence[ActionWanted]) -> Answer:
    """Say of all that is wanted beside an answer where it can be done: not in a terminal."""
    for each in wanted:
        if (place := where_to(each)) not in (answer.notice or ""):
            answer = with_notice(answer, place)
    return answer


def _so_far(
    request: Request, statements: Sequence[Statement], columns: Sequence[Column], rows: Sequence[Row]
) -> RenderableType:
    said: list[RenderableType] = [prose(statements)] if statements else []
    shown: list[RenderableType] = [render_rows(request.task, columns, rows)] if rows else []
    return LastLines(Group(*shown, *said) if closes(columns) else Group(*said, *shown))


async def wait_for_answer(request: Request) -> Answer:
    """Return the answer when it is finished, and show nothing."""
    wanted: list[ActionWanted] = []
    async with aclosing(request.events) as events:
        async for event in events:
            if isinstance(event, ActionWanted):
                wanted.append(event)
            if isinstance(event, Done):
                return _with_places(event.answer, wanted)
    raise AssertionError("the last event is Done")
