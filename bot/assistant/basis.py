"""What an answer stands on: the request and the papers found for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.assistant.answer import Answer, Column, Kind, Row, Source, Statement, Task
from bot.assistant.level import Level
from bot.errors import BudgetUsed, ModelError
from bot.search.protocol import PaperIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
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
