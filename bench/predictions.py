"""Predictions for a file of questions, to be scored by another program."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.progress import track

from bot.answers.answer import Answer, Kind
from bot.answers.events import Done
from bot.answers.planning.followups import Turn
from bot.answers.planning.planner import plan_from_json
from bot.app import App, open_app
from bot.cli import run
from bot.commands import common
from bot.config import load_settings
from bot.errors.operation import OutputUnwritable, SourceError, SourceUnreadable
from bot.frontends.console.screen import make_console
from bot.ingest.imports import import_records
from bot.models import Paper
from bot.sources.files import read_file
from bot.store.database import MEMORY

Record = dict[str, Any]

DEPTH = 10
"""How many papers a prediction tells."""

SOURCES = 6
"""How many papers an answer is made from."""


@dataclass(frozen=True, slots=True)
class Spared:
    """Whether a question's own words are `certain`, and how many of its papers are `lost` by not asking the planner."""

    certain: bool
    lost: int


async def evaluate(
    app: App,
    *,
    questions: Path,
    papers: Path,
    plans: Path | None,
    haystack: Path | None,
    out: Path,
    watch: Callable[[list[Record]], Iterable[Record]],
) -> list[Spared]:
    """Fill the app's store, ask every question, and write one prediction a line to `out`.

    Return for each question with a recorded plan whether that was needed. `watch` passes the questions on and may show
    how far they are. Raises SourceError when a file can't be used, before anything is asked, QuestionError for a
    question that can't be asked, and OutputUnwritable.
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
    return [
        await spared(app, question, recorded[str(question["id"])])
        for question in asked
        if str(question["id"]) in recorded
    ]


async def spared(app: App, question: Record, recorded: Record) -> Spared:
    """Tell whether the planner's call is spared for a question, and what the answer's sources lose by that.

    Lost are the question's papers that an answer would get by the `recorded` plan, and doesn't get by the one in code.
    """
    text, history = str(question["question"]), _history(question)
    in_code = await app.assistant.plan(text, history=history, by_model=False)
    own = await app.assistant.find(text, history=history, plan=in_code, limit=SOURCES)
    if not own.certain:
        return Spared(certain=False, lost=0)
    known = plan_from_json(json.dumps(recorded), question=text, history=history)
    plan = await app.assistant.plan(text, history=history, recorded=known, by_model=False)
    planned = await app.assistant.find(text, history=history, plan=plan, limit=SOURCES)
    gold = set(question.get("papers", []))
    kept = {paper.title for paper in own.without_far_behind().papers}
    return Spared(certain=True, lost=len((gold & {paper.title for paper in planned.papers}) - kept))


def _history(question: Record) -> list[Turn]:
    return [Turn(turn["role"], turn["content"]) for turn in question.get("history", [])]


async def _predict(app: App, question: Record, recorded: Record | None, *, by_model: bool) -> Record:
    """Answer one question by its recorded plan; without that, by the app's planner or, not `by_model`, by code."""
    text = str(question["question"])
    history = _history(question)
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
        raise SourceError(path=path, reason="it isn't UTF-8 text") from None
    except OSError as error:
        raise SourceUnreadable(path=path, reason=error.strerror or type(error).__name__) from None
    for number, line in enumerate(lines, start=1):
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise SourceError(path=path, reason=f"line {number} isn't JSON: {error.msg}") from None
        if not isinstance(value, dict) or any(name not in value for name in needed):
            raise SourceError(path=path, reason=f"line {number} isn't an object with {' and '.join(needed)}")
        yield value


@click.command
@click.argument("questions", type=common.FILE)
@click.option(
    "--papers", type=common.FILE, required=True, help="Search these papers, in any format that `import` accepts."
)
@click.option("--plans", type=common.FILE, help="Use recorded plans: one JSON object per line, with the question's id.")
@click.option(
    "--haystack", type=common.FILE, help="Mix in other papers as distractors: a BEIR corpus (_id, title, text)."
)
@click.option("--out", type=common.FILE, required=True, help="Write the predictions to this file.")
def main(questions: Path, papers: Path, plans: Path | None, haystack: Path | None, out: Path) -> None:
    """Answer every question in a file, and write what was found, cited and said.

    QUESTIONS is JSON Lines with id, question and, if a conversation came before it, history. Each prediction
    contains id, retrieved and cited (titles, best first), abstained and answer. Uses the model that is set up, if any;
    with --plans, the model doesn't make plans, and a line says how many of these the bot would not have asked for, and
    how many of the questions' papers it would lose by that. The store isn't changed.

    Exit codes: 0 done; 2 a question can't be used; 65 or 66 a file can't be used or read; 73 OUT can't be written.
    """

    async def body() -> None:
        settings = load_settings()
        common.log_to_stderr(settings.log)
        async with open_app(settings, store_path=MEMORY) as app:
            found = await evaluate(
                app,
                questions=questions,
                papers=papers,
                plans=plans,
                haystack=haystack,
                out=out,
                watch=partial(track, description="Asking", console=make_console(stderr=True), transient=True),
            )
        if found:
            calls, lost = sum(one.certain for one in found), sum(one.lost for one in found)
            click.echo(f"planner's calls spared: {calls} of {len(found)}; papers lost by that: {lost}")

    asyncio.run(body())


if __name__ == "__main__":
    run(main, name="python -m bench.predictions")
