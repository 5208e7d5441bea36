"""Whether wishes are routed rightly, and whether every condition in them holds for every paper that is listed.

Questions in English, German and French about a made-up store, asked through the assistant, without a model. One half
was looked at while the reading was written, the other one was not (docs/benchmarks.md says more).
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.answers.answer import Answer, Kind
from bot.answers.events import Done
from bot.answers.request import RequestContext, Requester
from bot.app import App, open_app
from bot.config import Settings
from bot.models import Paper
from bot.search.query.filters import field_terms
from bot.search.text.tokens import tokenize
from bot.sources.json_lines import read_value

_DATA = Path(__file__).parent / "data"
_NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
_ROUTES = {
    "list": {Kind.PAPERS, Kind.NOTHING},
    "fact": {Kind.ANSWER},
    "question": {Kind.EXTRACTS, Kind.CLOSEST, Kind.NOTHING},  # a question in German may share no word with a paper
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question: whether it was `routed` rightly, answered `rightly`, and its conditions `kept`."""

    half: str
    question: str
    routed: bool
    rightly: bool
    kept: bool | None


def read_records(path: Path) -> list[dict[str, Any]]:
    """Read a file of one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_papers(path: Path) -> list[Paper]:
    """Read the papers of the made-up store."""
    found = [read_value(record, number) for number, record in enumerate(read_records(path), start=1)]
    return [paper for paper in found if isinstance(paper, Paper)]


async def measure(records: Sequence[dict[str, Any]], papers: Sequence[Paper]) -> list[Outcome]:
    """Ask every question in a conversation of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate({"store": {"path": Path(folder) / "store.db"}})
        async with open_app(settings, use_model=False, clock=lambda: _NOW) as app:
            await app.papers.upsert(papers, now=_NOW.timestamp())
            return [await _outcome(app, record) for record in records]


async def _outcome(app: App, record: dict[str, Any]) -> Outcome:
    requester = Requester(user="bench")
    context = RequestContext(requester=requester, conversation=app.conversations.start("bench", requester))
    answer: Answer | None = None
    for turn in record["turns"]:
        async for event in app.assistant.ask(turn, context=context):
            if isinstance(event, Done):
                answer = event.answer
    assert answer is not None, "the last event is Done"
    kept = record.get("kept")
    listed = await app.papers.wanted(keys=answer.list_keys or [source.paper.key for source in answer.sources])
    routed = answer.kind in _ROUTES[record["route"]]
    return Outcome(
        half=record["half"],
        question=" / ".join(record["turns"]),
        routed=routed,
        rightly=routed and all(_right(record, answer, len(listed))),
        kept=None if kept is None else routed and all(_keeps(paper, kept) for paper in listed),
    )


def _right(record: dict[str, Any], answer: Answer, total: int) -> Iterator[bool]:
    if "total" in record:
        yield total == record["total"]
    if "first" in record:
        yield bool(answer.sources) and answer.sources[0].paper.key == record["first"]
    links = [source.paper.code_url for source in answer.sources]
    text = " ".join(filter(None, [*(said.text for said in answer.statements), answer.notice, *links]))
    yield from (words in text for words in record.get("said", ()))


def _keeps(paper: Paper, kept: dict[str, Any]) -> bool:
    """Whether a paper is as all of the conditions want it."""
    checks = [
        "code" not in kept or bool(paper.code_url) is kept["code"],
        "field" not in kept or kept["field"] in field_terms(paper),
        "solo" not in kept or paper.author_count == 1,
        "upvotes" not in kept or (paper.upvotes or 0) >= kept["upvotes"],
        "words" not in kept or set(tokenize(kept["words"])) <= set(tokenize(f"{paper.title} {paper.abstract}")),
        "after" not in kept or _within(paper.published, kept["after"], kept["before"]),
        "listed" not in kept or _within(paper.listed, *kept["listed"]) or _within(paper.published, *kept["listed"]),
    ]
    return all(checks)


def _within(day: date | None, first: str, last: str) -> bool:
    return day is not None and first <= day.isoformat() <= last


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values)}/{len(values)}"


def main() -> None:
    """Print the figures of both halves."""
    parser = argparse.ArgumentParser(prog="python -m bench.wishes", description=__doc__)
    parser.add_argument("--half", choices=("tuned", "unseen"), help="ask one half alone")
    parser.add_argument("--failures", action="store_true", help="print the questions that went wrong")
    options = parser.parse_args()
    records = read_records(_DATA / "wishes.jsonl")
    asked = [record for record in records if options.half in {None, record["half"]}]
    outcomes = asyncio.run(measure(asked, read_papers(_DATA / "wish_papers.jsonl")))
    print("| half | routed rightly | answered rightly | conditions kept |\n|---|---|---|---|")
    for half in dict.fromkeys(outcome.half for outcome in outcomes):
        own = [outcome for outcome in outcomes if outcome.half == half]
        kept = [outcome.kept for outcome in own if outcome.kept is not None]
        routed, rightly = [outcome.routed for outcome in own], [outcome.rightly for outcome in own]
        print(f"| {half} | {_share(routed)} | {_share(rightly)} | {_share(kept)} |")
    for outcome in outcomes if options.failures else ():
        if not outcome.rightly or outcome.kept is False:
            print(f"{'wrong answer' if outcome.routed else 'wrong route'}: {outcome.question}")


if __name__ == "__main__":
    main()
