"""Predictions for a file of questions, to be scored by another program."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.app import App
from bot.assistant.answer import Answer, Kind
from bot.assistant.events import Done
from bot.assistant.planning.history import Turn
from bot.assistant.planning.plan_json import plan_from_json
from bot.errors import OutputUnwritable, SourceUnknown, SourceUnreadable
from bot.importer import import_records
from bot.models import Paper
from bot.sources.files import read_file

Record = dict[str, Any]

DEPTH = 10
"""How many papers a prediction tells."""


async def evaluate(
    app: App,
    *,
    questions: Path,
    papers: Path,
    plans: Path | None,
    haystack: Path | None,
    out: Path,
    watch: Callable[[list[Record]], Iterable[Record]],
) -> None:
    """Fill the app's store, ask every question, and write one prediction a line to `out`.

    `watch` passes the questions on and may show how far they are. Raises SourceError when a file can't be used, before
    anything is asked, QuestionError for a question that can't be asked, and OutputUnwritable.
    """
    asked = list(_objects(questions, "id", "question"))
    recorded = {str(plan["id"]): plan for plan in _objects(plans, "id")} if plans else {}
    now = app.clock().timestamp()
    if haystack:
        await app.papers.upsert([_hay(record) for record in _objects(haystack, "title", "text")], now=now)
    await import_records(app.papers, read_file(papers, today=app.clock().date()).records, now=now)
    predictions = [
        await _predict(app, question, recorded.get(str(question["id"])), by_model=plans is None)
        for question in watch(asked)
    ]
    await asyncio.to_thread(_write, out, predictions)


async def _predict(app: App, question: Record, recorded: Record | None, *, by_model: bool) -> Record:
    """Answer one question by its recorded plan; without that, by the app's planner or, not `by_model`, by code."""
    text = str(question["question"])
    history = [Turn(turn["role"], turn["content"]) for turn in question.get("history", [])]
    known = plan_from_json(json.dumps(recorded), question=text, history=history) if recorded else None
    plan = await app.assistant.plan(text, history=history, recorded=known, by_model=by_model)
    found = await app.assistant.find(text, history=history, plan=plan, limit=DEPTH)
    events = [event async for event in app.assistant.ask(text, history=history, plan=plan)]
    assert isinstance(events[-1], Done)
    answer = events[-1].answer
    return {
        "id": question["id"],
        "retrieved": [paper.title for paper in found.papers],
        "cited": [source.paper.title for source in answer.sources],
        "abstained": answer.kind in (Kind.CLOSEST, Kind.NOTHING),
        "answer": _text(answer),
    }


def _text(answer: Answer) -> str:
    """What a reader sees, without layout: the sentences, the reason, and the links that stand with the sources."""
    said = [statement.text for statement in answer.statements]
    links = [link for source in answer.sources for link in (source.paper.title, source.paper.code_url) if link]
    return "\n".join([*said, *filter(None, [answer.notice]), *links])


def _write(out: Path, predictions: list[Record]) -> None:
    lines = (json.dumps(prediction, ensure_ascii=False) for prediction in predictions)
    try:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise OutputUnwritable(path=out, reason=error.strerror or type(error).__name__) from None


def _hay(record: Record) -> Paper:
    return Paper(title=str(record["title"]), abstract=str(record["text"]), origin="haystack")


def _objects(path: Path, *needed: str) -> Iterator[Record]:
    """Yield the objects of a JSON Lines file, each with the needed fields."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError:
        raise SourceUnknown(path=path, reason="it is not UTF-8 text") from None
    except OSError as error:
        raise SourceUnreadable(path=path, reason=error.strerror or type(error).__name__) from None
    for number, line in enumerate(lines, start=1):
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceUnknown(path=path, reason=f"line {number} is not JSON: {error.msg}") from None
        if not isinstance(value, dict) or any(name not in value for name in needed):
            raise SourceUnknown(path=path, reason=f"line {number} is no object with {' and '.join(needed)}")
        yield value
