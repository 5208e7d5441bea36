"""An answer as JSON, and back. Papers are not in it: they are taken from the store by their keys."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.assistant.answer import Answer, Column, Evidence, Kind, Row, Source, Statement, Task
from bot.assistant.level import Level
from bot.models import Paper
from bot.translation import ngettext

log = logging.getLogger(__name__)


class _Stored(BaseModel):
    """The form of the JSON. `version` grows when an older form can no longer be read."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: Literal[1] = 1
    task: Task
    level: Level | None = None
    kind: Kind
    question: str
    wording: str | None
    keywords: tuple[str, ...]
    statements: tuple[Statement, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sources: tuple[tuple[int, str], ...]
    searched: int
    span: tuple[date, date] | None
    notice: str | None
    model: str | None
    prompts_hash: str | None
    id: str | None
    cached: bool


_PLAIN = tuple(name for name in _Stored.model_fields if name not in {"version", "sources"})


def dump(answer: Answer) -> str:
    """Return an answer as JSON, without its failure and with the keys of its papers."""
    stored = _Stored.model_construct(
        sources=tuple((source.number, source.paper.key) for source in answer.sources),
        **{name: getattr(answer, name) for name in _PLAIN},
    )
    # Cleaned text has no lone surrogates; should some come all the same, the store would refuse the whole answer.
    return json.dumps(stored.model_dump(), ensure_ascii=False, default=_day).encode(errors="replace").decode()


def load(text: str, papers_by_key: Mapping[str, Paper]) -> Answer | None:
    """Return the answer, or None, with a line in the log, when the text is malformed.

    A source whose paper is gone is left out, and so are its citations and evidence; the notice says so.
    """
    try:
        stored = _Stored.model_validate_json(text)
    except ValidationError as error:
        log.warning("a stored answer is malformed and counts as not there: %d mistakes", error.error_count())
        return None
    sources = tuple(Source(number, papers_by_key[key]) for number, key in stored.sources if key in papers_by_key)
    answer = Answer(sources=sources, **{name: getattr(stored, name) for name in _PLAIN})
    gone = len(stored.sources) - len(sources)
    return _without(answer, {source.number for source in sources}, gone) if gone else answer


def _without(answer: Answer, there: set[int], gone: int) -> Answer:
    """Leave out every number that is not `there`, and say how many are gone."""
    notice = ngettext(
        "One source of this answer is no longer in the store; nothing cites it any more.",
        "{number} sources of this answer are no longer in the store; nothing cites them any more.",
        gone,
    ).format(number=gone)
    return replace(
        answer,
        statements=_cited(answer.statements, there),
        columns=tuple(Column(column.name, _kept(column.numbers, there)) for column in answer.columns),
        rows=tuple(Row(row.label, tuple(_cited(cell, there) for cell in row.cells)) for row in answer.rows),
        notice=f"{answer.notice} {notice}" if answer.notice else notice,
    )


def _cited(statements: Sequence[Statement], there: set[int]) -> tuple[Statement, ...]:
    return tuple(
        replace(
            statement,
            citations=_kept(statement.citations, there),
            evidence=tuple(Evidence(item.number, item.sentence) for item in statement.evidence if item.number in there),
        )
        for statement in statements
    )


def _kept(numbers: Iterable[int], there: set[int]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number in there)


def _day(value: object) -> str:
    assert isinstance(value, date), "all else in an answer is JSON already"
    return value.isoformat()
