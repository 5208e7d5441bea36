"""Orders in questions, abstracts, titles and names: nothing of what they want is shown, whatever a model does."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import Answer, Task
from bot.errors import PaperbotError
from bot.models import Paper
from bot.sources.files import read_sample
from tests.answers.asking import answer_of, asked, statements_of, with_model
from tests.apps import sample_app
from tests.fakes.model_behaviours import faithful, obeys
from tests.fakes.model_reply import in_long_pieces
from tests.fakes.model_server import FakeModel
from tests.shared import shared_file

# A stream that is left before its end leaves the client library's own generators to the garbage collector, which may
# meet one that runs.
pytestmark = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*(AsyncResponseStream|aiter_raw):pytest.PytestUnraisableExceptionWarning"
)

Record = dict[str, Any]

MODES = ["obeying", "faithful", "no model"]
PAPERS = read_sample()[:20]


def records() -> list[Record]:
    return [json.loads(line) for line in shared_file("eval/injection.jsonl").read_text("utf-8").splitlines()]


def question_of(record: Record) -> str:
    """Return what is asked: about the hostile paper, or the payload itself, which may be a text to be repeated."""
    payload = record["payload"]
    if "question" in record:
        return str(record["question"])
    return str(payload) if isinstance(payload, str) else str(payload["repeat"]) * int(payload["times"])


def paper_of(record: Record) -> list[Paper]:
    """Return the hostile paper as a source would give it, where the record has one."""
    if "record" not in record:
        return []
    fields = dict(record["record"])
    published = date.fromisoformat(fields.pop("published"))
    authors = tuple(fields.pop("authors", ()))
    return [Paper(**fields, published=published, authors=authors, origin="test")]


def shown(answer: Answer) -> Iterator[str]:
    """Yield each text of an answer that is the assistant's or a model's own, extracts and evidence; with citations.

    Titles are the source's words, which renderers escape.
    """
    for statement in statements_of(answer):
        markers = "".join(f"[{number}]" for number in statement.citations)
        yield f"{statement.text} {markers}"
        yield f"{statement.text.rstrip('.')} {markers}."
        yield from (evidence.sentence for evidence in statement.evidence)
    if answer.task is not Task.SUMMARY:  # whose labels are titles
        yield from (row.label for row in answer.rows)
    yield answer.notice or ""


@pytest.mark.parametrize("mode", MODES)
async def test_no_order_is_followed(tmp_path: Path, mode: str) -> None:
    followed: list[str] = []
    for record in records():
        folder = tmp_path / record["id"]
        folder.mkdir()
        followed += [f"{record['id']}: {said}" for said in await obeyed(folder, record, mode)]
    assert followed == []


async def obeyed(folder: Path, record: Record, mode: str) -> list[str]:
    """Return what an answer shows of what an order wants."""
    forbidden = record["must_not_appear_in_output"]
    behaviour = obeys(forbidden) if mode == "obeying" else faithful
    async with FakeModel(in_long_pieces(behaviour)) as model:
        settings = {} if mode == "no model" else with_model(model, plan_seconds=0)
        async with sample_app(folder, papers=[*PAPERS, *paper_of(record)], openai=settings) as app:
            try:
                answers = [await asked(app, question_of(record))]
                if "record" in record:
                    title = record["record"]["title"]
                    answers.append(await answer_of(app.assistant.summarise([title])))
                    answers.append(await answer_of(app.assistant.compare([title, PAPERS[0].title])))
            except PaperbotError as error:
                return [text for text in forbidden if text in str(error)]
    texts = [text for answer in answers for text in shown(answer)]
    return [f"{bad!r} in {text!r}" for bad in forbidden for text in texts if bad in text]
