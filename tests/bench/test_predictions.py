"""`python -m bench.predictions`."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bench.predictions import main
from bot.cli import run
from bot.sources.files import read_sample
from tests.cli import Cli
from tests.fakes.model_server import FakeModel

STORMER = "Scaling transformer neural networks for skillful and reliable medium-range weather forecasting"


def write_lines(name: str, *objects: dict[str, Any]) -> str:
    Path(name).write_text("".join(json.dumps(value) + "\n" for value in objects))
    return name


@pytest.fixture
def papers() -> str:
    return write_lines("papers.jsonl", *({"title": p.title, "abstract": p.abstract} for p in read_sample()))


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    return Cli(monkeypatch, capsys, main=lambda: run(main, name="predictions"))


def test_predictions_tell_what_was_found_cited_and_said(cli: Cli, papers: str, tmp_path: Path) -> None:
    asked = write_lines(
        "questions.jsonl",
        {"id": "a", "question": "what is Stormer?"},
        {"id": "b", "question": "anything on medieval poetry?"},
        {"id": "c", "question": "that one with the rain?"},
    )
    plans = write_lines(
        "plans.jsonl",
        {"id": "c", "standalone": "rain", "keywords": ["Stormer", "weather"]},
        {"id": "a", "keywords": ["Stormer", "weather"]},
    )
    hay = write_lines("hay.jsonl", {"_id": "1", "title": "Rain gauges", "text": "Rain falls into gauges."})
    ran = cli(asked, "--papers", papers, "--plans", plans, "--haystack", hay, "--out", "out.jsonl")
    assert ran.code == 0
    assert "planner's calls spared: 1 of 2; papers lost by that: 0" in ran.out
    known, unknown, planned = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
    assert known["id"] == "a"
    assert known["retrieved"][0] == known["cited"][0] == STORMER
    assert not known["abstained"]
    assert "Stormer is a simple weather forecasting model" in known["answer"]
    assert unknown["abstained"]
    assert STORMER in planned["retrieved"][:2]
    assert not (tmp_path / "paperbot.db").exists()


@pytest.mark.slow
@pytest.mark.parametrize("recorded", [True, False])
async def test_the_model_makes_plans_unless_they_were_recorded(
    cli: Cli, papers: str, monkeypatch: pytest.MonkeyPatch, recorded: bool
) -> None:
    asked = write_lines(
        "q.jsonl", {"id": "a", "question": "how is weather forecast?"}, {"id": "b", "question": "why rain?"}
    )
    recording = write_lines("plans.jsonl", {"id": "a", "keywords": ["weather"]})
    async with FakeModel() as model:
        monkeypatch.setenv("OPENAI_BASE_URL", model.base_url)
        more = ("--plans", recording) if recorded else ()
        ran = await asyncio.to_thread(cli, asked, "--papers", papers, *more, "--out", "out.jsonl")
    assert ran.code == 0
    assert len(model.planned) == (0 if recorded else 2), "found and answered by one plan"
    assert model.answered


@pytest.mark.parametrize(
    ("line", "words"),
    [('{"id": "a"}', "line 1 isn't an object with id and question"), ("{broken", "line 1 isn't JSON")],
)
def test_a_broken_file_of_questions_is_told(cli: Cli, papers: str, line: str, words: str) -> None:
    Path("questions.jsonl").write_text(line)
    ran = cli("questions.jsonl", "--papers", papers, "--out", "out.jsonl")
    assert ran.code == 65
    assert words in ran.err
    assert not Path("out.jsonl").exists()


def test_an_unwritable_result_is_told(cli: Cli, papers: str) -> None:
    asked = write_lines("questions.jsonl", {"id": "a", "question": "what is Stormer?"})
    ran = cli(asked, "--papers", papers, "--out", "no/such/folder/out.jsonl")
    assert ran.code == 73
    assert "no/such/folder/out.jsonl can't be written" in ran.err
