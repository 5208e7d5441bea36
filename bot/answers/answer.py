"""What an answer is made of, for every front end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.answers.request import Level
from bot.errors.services import BudgetUsed, ModelError
from bot.models import Paper
from bot.search.engine.protocol import PaperIndex


class Task(StrEnum):
    """What was asked for."""

    ANSWER = "answer"
    SUMMARY = "summary"
    COMPARISON = "comparison"
    EXPLANATION = "explanation"


class Kind(StrEnum):
    """What stands in an answer."""

    ANSWER = "answer"  # sentences by a model, each checked
    EXTRACTS = "extracts"  # verbatim sentences of abstracts
    PAPERS = "papers"  # the papers of a time that was asked for
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

    `lead` is what stands before it: a space, a line break, or a line break and a bullet. `evidence` holds one sentence
    for each citation; it is empty where the statement itself is taken word for word from its source.
    """

    text: str
    citations: tuple[int, ...]
    lead: str = " "
    evidence: tuple[Evidence, ...] = ()

    @property
    def verbatim(self) -> bool:
        """Whether it is taken word for word from its source, and so is its own evidence."""
        return bool(self.citations) and not self.evidence


@dataclass(frozen=True, slots=True)
class Column:
    """What a comparison has side by side, or what a summary is of: a name and the numbers of its sources."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One aspect and what is said of it in each column. A cell without statements: not stated in the abstract."""

    label: str
    cells: tuple[tuple[Statement, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole result of a question.

    `statements` are its prose; a summary or a comparison has `rows` as well, with a cell for each of `columns`.
    `sources` are those cited, or the closest papers. `searched` is how many papers were searched, and `span` the
    first and last day among them. `wording` is the question's standalone wording where that is not the asker's
    own, and `keywords` what was searched for together with it. `notice` is a sentence on why this is not a model's
    full answer, and `failure` the error behind it, when a model failed. `level` is for whom something is
    explained. `id` is what it is stored under, when it is; `cached` says that it was written for an equal question
    before.
    """

    question: str
    kind: Kind
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    searched: int
    span: tuple[date, date] | None
    wording: str | None = None
    keywords: tuple[str, ...] = ()
    notice: str | None = None
    failure: ModelError | BudgetUsed | None = None
    model: str | None = None
    prompts_hash: str | None = None
    task: Task = Task.ANSWER
    level: Level | None = None
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    id: str | None = None
    cached: bool = False


def number_sources(papers: Sequence[Paper]) -> tuple[Source, ...]:
    """Number papers from 1."""
    return tuple(Source(number, paper) for number, paper in enumerate(papers, start=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """A request, its numbered sources, and what was searched for it.

    `columns` are what rows have side by side,
    `level` is for whom something is explained, `language` the code of the one that is to be written in, if it is fixed.
    """

    task: Task
    question: str
    sources: tuple[Source, ...]
    index: PaperIndex
    searched: int
    span: tuple[date, date] | None
    wording: str | None = None
    keywords: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    level: Level | None = None
    language: str | None = None

    def answer(
        self,
        kind: Kind,
        *,
        statements: Sequence[Statement] = (),
        rows: Sequence[Row] = (),
        sources: Sequence[Source] | None = None,
        notice: str | None = None,
        failure: ModelError | BudgetUsed | None = None,
        model: str | None = None,
        prompts_hash: str | None = None,
    ) -> Answer:
        """Return an answer on this basis; its sources are all of them unless others are given."""
        return Answer(
            task=self.task,
            question=self.question,
            kind=kind,
            statements=tuple(statements),
            level=self.level,
            columns=self.columns if rows else (),
            rows=tuple(rows),
            sources=tuple(self.sources if sources is None else sources),
            searched=self.searched,
            span=self.span,
            wording=self.wording,
            keywords=self.keywords,
            notice=notice,
            failure=failure,
            model=model,
            prompts_hash=prompts_hash,
        )
