"""Requests to the assistant for tests, and the checks that hold for every answer."""

import re
from collections.abc import AsyncGenerator, Iterator
from typing import Any

from bot.answers.answer import Answer, Evidence, Kind, Statement, Task
from bot.answers.events import Done, Event, RowReady, Searching, SentenceReady, SourcesFound
from bot.answers.grounding.source_text import SourceText
from bot.answers.request import Conversation, RequestContext, Requester
from bot.app import App
from bot.models import Paper
from tests.fakes.model_server import FakeModel
from tests.fakes.model_writing import EVIL_LINK, INVENTED_LINK, INVENTED_TITLE

ANN = Requester("ann", "kettles")
BEN = Requester("ben", "kettles")
FAILED_CHECKS = "These sentences come word for word from abstracts because what the model wrote failed the checks."
NAMED_NO_SOURCES = "These sentences come word for word from abstracts because the model named no sources."

_NEVER_SHOWN = re.compile(
    r"[\x00-\x09\x0b-\x1f\u200b\u202e\ufeff]|https?:|evil\.example|@everyone|@here|<[@#]|<\||\[\d|\]\(|\*\*|think>",
    re.IGNORECASE,
)


def with_model(server: FakeModel, **more: Any) -> dict[str, Any]:
    """Return settings for a model on the server, which neither waits long nor plans slowly nor reads twice."""
    return {
        "base_url": server.base_url,
        "api_key": server.key,
        "model": "test-model",
        "timeout_seconds": 10.0,
        "plan_seconds": 1.0,
        "reading_seconds": 0,
        **more,
    }


async def answer_of(events: AsyncGenerator[Event]) -> Answer:
    """Return what stands in the end."""
    return (await events_of(events)).done


async def events_of(events: AsyncGenerator[Event]) -> "Events":
    """Return all events, the last of which is Done."""
    return Events([event async for event in events])


class Events(list[Event]):
    """Events of one request."""

    @property
    def done(self) -> Answer:
        """What stands in the end."""
        last = self[-1]
        assert isinstance(last, Done)
        return last.answer

    @property
    def sentences(self) -> list[str]:
        """The sentences that were shown one by one."""
        return [event.statement.text for event in self if isinstance(event, SentenceReady)]


async def asked(app: App, question: str, **context: Any) -> Answer:
    """Return the answer to a question; `inquiry` are fields of Inquiry."""
    return await answer_of(app.assistant.ask(question, context=RequestContext(**context)))


def within(conversation: Conversation) -> RequestContext:
    """Return the inquiry of a conversation's asker."""
    return RequestContext(requester=conversation.requester, conversation=conversation)


def statements_of(answer: Answer) -> Iterator[Statement]:
    """Yield every statement, also those in cells."""
    yield from answer.statements
    for row in answer.rows:
        for cell in row.cells:
            yield from cell


def assert_checked(answer: Answer) -> None:
    """Assert what holds for every answer: cited, with evidence or verbatim, true figures, no markup, one's own side."""
    papers = {source.number: source.paper for source in answer.sources}
    assert len(papers) == len(answer.sources)
    for statement in statements_of(answer):
        assert_statement_checked(statement, papers, verbatim=answer.kind is Kind.EXTRACTS)
    for row in answer.rows:
        assert len(row.cells) == len(answer.columns)
        if answer.task is Task.COMPARISON:
            for cell, column in zip(row.cells, answer.columns, strict=True):
                assert {n for statement in cell for n in statement.citations} <= set(column.numbers)
    shown = f"{answer.notice} {answer.wording}"
    assert not _NEVER_SHOWN.search(shown), shown
    if answer.kind is Kind.EXTRACTS:
        assert answer.notice is not None
        assert answer.model is None
    if answer.kind is Kind.ANSWER and not from_record(answer):
        assert (answer.model, bool(answer.prompts_hash)) == ("test-model", True)


def from_record(answer: Answer) -> bool:
    """Whether every statement is what the store's record says, for which no model is asked."""
    said = list(statements_of(answer))
    return bool(said) and all(
        statement.evidence and statement.evidence[0].sentence.startswith("From the record: ") for statement in said
    )


def assert_statement_checked(statement: Statement, papers: dict[int, Paper], *, verbatim: bool = False) -> None:
    """Assert that a statement is cited, and stands in its sources or has evidence there."""
    text, cited = statement.text, [papers[number] for number in statement.citations]
    assert text
    assert cited
    assert not _NEVER_SHOWN.search(re.sub(r"https://github\.com/\S+", "", text)), text
    for lie in (INVENTED_TITLE, INVENTED_LINK, EVIL_LINK, "KIWI-LANTERN", "Hinton", "settled long ago"):
        assert lie not in text
    linked = text == "The code is public; see the link."
    said = "\n".join(_all_of(paper) for paper in cited)
    assert linked or {figure.strip(".,") for figure in re.findall(r"\d[\d.,]*", text)} <= {
        figure.strip(".,") for figure in re.findall(r"\d[\d.,]*", said)
    }, text
    if verbatim and not linked:
        assert statement.evidence == ()
    if not statement.evidence:
        assert any(text in paper.abstract for paper in cited), text
        return
    assert tuple(evidence.number for evidence in statement.evidence) == statement.citations
    for evidence in statement.evidence:
        assert_stands(evidence, papers[evidence.number])


def assert_stands(evidence: Evidence, paper: Paper) -> None:
    """Assert that evidence is the paper's, word for word."""
    assert evidence.sentence
    assert evidence.sentence in _all_of(paper)


def assert_events_checked(events: "Events") -> None:
    """Assert that nothing unchecked was shown at any time, and that the events come in order."""
    assert isinstance(events[0], Searching)
    assert [isinstance(event, Done) for event in events].index(True) == len(events) - 1
    shown = [event for event in events if isinstance(event, SentenceReady | RowReady)]
    sources = [event for event in events if isinstance(event, SourcesFound)]
    assert len(sources) == 1 or not shown
    assert_checked(events.done)
    for event in shown:
        found = {source.number: source.paper for source in sources[0].sources}
        if isinstance(event, RowReady):
            for statement in (statement for cell in event.row.cells for statement in cell):
                assert_statement_checked(statement, found)
        else:  # numbered as they appear, which only the answer tells
            assert not _NEVER_SHOWN.search(event.statement.text)
            assert event.statement.evidence or not event.statement.citations  # which only leads to others


def _all_of(paper: Paper) -> str:
    return f"{paper.abstract}\n{paper.title}\n{SourceText(paper).record}"
