"""An assistant that has made up its mind: what it is asked for comes back in hand-made answers."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from typing import Any

from bot.assistant.answer import Column, Task
from bot.assistant.assistant import Assistant
from bot.assistant.events import Done, Event, RowReady, Searching, SourcesFound
from bot.assistant.level import Level
from bot.errors import PaperUnknown
from tests.frontends.console.answers import make_answer, make_comparison, make_summary


class KettleAssistant(Assistant):
    """Summarises, compares and explains without looking at any paper."""

    async def summarise(self, subjects: Sequence[str], **_given: Any) -> AsyncGenerator[Event]:
        if "2499.99999" in subjects:
            raise PaperUnknown(name="arXiv:2499.99999", advice="An operator can import it.")
        answer = replace(make_summary(min(len(subjects), 3)), question=" + ".join(subjects))
        yield Searching(answer.question)
        yield SourcesFound(answer.sources)
        for row in answer.rows:
            yield RowReady(row, answer.columns)
        yield Done(answer)

    async def compare(
        self, sides: Sequence[str], *, aspects: Sequence[str] = (), **_given: Any
    ) -> AsyncGenerator[Event]:
        answer = make_comparison(len(sides))
        columns = tuple(Column(side, column.numbers) for side, column in zip(sides, answer.columns, strict=True))
        more = tuple(replace(answer.rows[1], label=aspect) for aspect in aspects)
        yield Done(replace(answer, columns=columns, rows=answer.rows + more))

    async def explain(self, term: str, *, level: Level = Level.PRACTITIONER, **_given: Any) -> AsyncGenerator[Event]:
        yield Done(make_answer(task=Task.EXPLANATION, question=f"{term} for a {level}", wording=f"{term} ({level})"))
