"""What an answer is made of, for every front end."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

from bot.answers.request import Level, RequestContext
from bot.errors.services import BudgetUsed, ModelError
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex


class Task(StrEnum):
    """The kind of request that an answer is for."""

    ANSWER = "answer"
    SUMMARY = "summary"
    COMPARISON = "comparison"
    EXPLANATION = "explanation"
    TALK = "talk"  # nothing is asked of the papers; the bot's own words are the answer's notice


class Kind(StrEnum):
    """What an answer contains."""

    ANSWER = "answer"  # sentences by a model, each checked
    EXTRACTS = "extracts"  # verbatim sentences of abstracts
    PAPERS = "papers"  # the papers of a span of time that was asked for
    CLOSEST = "closest"  # no answer, but papers that are near
    NOTHING = "nothing"  # no answer and no papers


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered paper: what a citation points to."""

    number: int
    paper: Paper


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence of a source's abstract, or its title, that supports a statement best, word for word."""

    number: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence and the numbers of the sources that it cites.

    `lead` is what comes before it: a space, a line break, or a line break and a bullet. `evidence` holds one sentence
    for each citation; it is empty where the statement itself is taken word for word from its source. One without
    citations only leads to those after it: a heading, a label over a list, or "Yes.".
    """

    text: str
    citations: tuple[int, ...]
    lead: str = " "
    evidence: tuple[Evidence, ...] = ()

    @property
    def verbatim(self) -> bool:
        """Whether it is taken word for word from its source, and so is its own evidence."""
        return bool(self.citations) and not self.evidence

    @property
    def closing(self) -> tuple[int, ...]:
        """The citations to show at its end: those that are not words of it already, as in "[1] and [2] both find …"."""
        from bot.answers.citations import closing  # noqa: PLC0415 - its patterns take 25 ms, a twentieth of a search

        return self.citations if self.verbatim else closing(self.text, self.citations)


@dataclass(frozen=True, slots=True)
class Column:
    """What a comparison has side by side, or what a summary is of: a name and the numbers of its sources."""

    name: str
    numbers: tuple[int, ...]


def closes(columns: Sequence[Column]) -> bool:
    """Whether prose stands after the rows: a comparison's says what differs, a summary's leads to its papers."""
    return len(columns) > 1


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect and what each column's papers say of it. A cell without statements: not stated in the abstract."""

    label: str
    cells: tuple[tuple[Statement, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a draft and its answer have in common: the request, and what was searched for it.

    `sources` of an answer are those cited, or the closest papers. `columns` are what rows have side by side, and
    `level` is for whom something is explained. `searched` is how many papers were searched, and `span` the first and
    last date among them. `wording` is the question's standalone wording where that is not the user's own, and
    `keywords` what was searched for together with it.
    """

    task: Task = Task.ANSWER
    question: str
    sources: tuple[Source, ...]
    searched: int
    span: tuple[date, date] | None
    wording: str | None = None
    keywords: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(_Asked):
    """The whole result of a question.

    `statements` are its prose; a summary or a comparison has `rows` as well, with a cell for each of `columns`. Those
    of a comparison stand after its rows (see `closes`).
    `notice` is a sentence on why this is not a model's full answer, and `failure` the error behind it, when a model
    failed. `read_twice` says that each sentence was read a second time next to its sources, and not only checked by its
    words. `id` is what it is stored under, when it is; `cached` says that it was written for an equal question before.
    `list_keys` are those of a longer list of papers, in its order, of which the sources are the first.
    """

    kind: Kind
    statements: tuple[Statement, ...]
    rows: tuple[Row, ...] = ()
    notice: str | None = None
    failure: ModelError | BudgetUsed | None = None
    model: str | None = None
    prompts_hash: str | None = None
    read_twice: bool = False
    id: str | None = None
    cached: bool = False
    list_keys: tuple[str, ...] = ()


def number_sources(papers: Sequence[Paper]) -> tuple[Source, ...]:
    """Return papers as sources, numbered from 1 in their order."""
    return tuple(Source(number, paper) for number, paper in enumerate(papers, start=1))


def reply(question: str, text: str) -> Answer:
    """Return the bot's own words to a message. They aren't kept: no buttons, and no turn of a conversation."""
    return Answer(
        task=Task.TALK,
        kind=Kind.NOTHING,
        question=question,
        sources=(),
        statements=(),
        searched=0,
        span=None,
        notice=text,
    )


def with_notice(answer: Answer, sentence: str) -> Answer:
    """Return an answer with one more sentence at the end of its notice."""
    return replace(answer, notice=f"{answer.notice} {sentence}" if answer.notice else sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft(_Asked):
    """A request with its numbered sources, before anything is written.

    `index` is the snapshot that was searched. `language` is the code of the one to write in, if it is fixed.
    """

    index: PaperIndex
    language: str | None = None

    @classmethod
    def of_papers(
        cls, task: Task, question: str, papers: Sequence[Paper], index: PaperIndex, context: RequestContext
    ) -> Self:
        """Return a draft on given papers; `searched` and `span` are those of the context's filters."""
        searched, span = index.span(context.filters)
        return cls(
            task=task,
            question=question,
            sources=number_sources(papers),
            index=index,
            searched=searched,
            span=span,
            language=context.language,
        )

    def answer(
        self,
        kind: Kind,
        *,
        statements: Sequence[Statement] = (),
        rows: Sequence[Row] = (),
        sources: Sequence[Source] | None = None,
        notice: str | None = None,
    ) -> Answer:
        """Return an answer to this request; its sources are all of the draft's unless others are given."""
        asked: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(_Asked)}
        asked["columns"] = self.columns if rows else ()
        asked["sources"] = tuple(self.sources if sources is None else sources)
        return Answer(kind=kind, statements=tuple(statements), rows=tuple(rows), notice=notice, **asked)
