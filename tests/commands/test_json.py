"""`--json`: what scripts get."""

import json
from typing import Any

import pytest

from tests.cli import Cli, Ran


def read(ran: Ran) -> dict[str, Any]:
    """Return the one object on standard output."""
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


def test_an_answer_is_one_object(cli: Cli) -> None:
    ran = cli("ask", "--sample", "--json", "what is Stormer?")
    answer = read(ran)
    assert (ran.code, ran.err) == (0, "")
    assert answer["task"] == "answer"
    assert answer["kind"] == "extracts"
    assert answer["question"] == "what is Stormer?"
    assert answer["statements"][0]["text"].startswith("Stormer is a simple weather forecasting model")
    assert answer["statements"][0]["citations"] == [1]
    assert answer["sources"][0]["code_url"] == "https://github.com/tung-nd/stormer"
    assert answer["sources"][0]["published"] == "2023-12-06"
    assert answer["searched"] == 52
    assert answer["span"] == ["2018-09-19", "2025-07-11"]
    assert answer["error"] is None


def test_rows_are_in_the_object(cli: Cli) -> None:
    answer = read(cli("compare", "--sample", "--json", "GPipe", "SpikeGPT"))
    assert answer["task"] == "comparison"
    assert answer["columns"] == [{"name": "GPipe", "numbers": [1]}, {"name": "SpikeGPT", "numbers": [2]}]
    assert answer["rows"][1]["label"] == "Method"
    (gpipe,), (spikegpt,) = answer["rows"][1]["cells"]
    assert "pipeline parallelism" in gpipe["text"]
    assert gpipe["citations"] == [1]
    assert spikegpt["citations"] == [2]
    assert read(cli("summarise", "--sample", "--json", "Quantized Spike-driven Transformer"))["task"] == "summary"
    assert read(cli("explain", "--sample", "--json", "spiking"))["task"] == "explanation"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["ask", "--json", "what is Stormer?"], 66, "There are no papers yet."),
        (["ask", "--sample", "--json"], 2, "There's no question yet."),
        (["ask", "--sample", "--json", "w" * 4000], 2, "The question is 4,000 characters long; the limit is 1,000."),
        (["explain", "--json", "--level", "toddler", "spikes"], 2, "'toddler' is not one of"),
        (["compare", "--json", "GPipe"], 2, "1 paper or topic isn't enough to compare."),
        (["search", "--sample", "--json", "--since", "2025-01-02", "--until", "2025-01-01", "x"], 2, "is later than"),
    ],
    ids=["no papers", "no question", "long", "level", "one side", "exchanged days"],
)
def test_an_error_is_an_object_too(cli: Cli, arguments: list[str], code: int, words: str) -> None:
    ran = cli(*arguments)
    assert ran.code == code
    told = read(ran)
    assert words in told["error"]
    assert told["code"] == code
    assert words in ran.err


def test_a_search_is_one_object(cli: Cli) -> None:
    found = read(cli("search", "--sample", "--json", "--explain", "-n", "2", "spiking", "transformer"))
    assert [paper["number"] for paper in found["papers"]] == [1, 2]
    assert found["papers"][0]["title"].startswith("STEP: A Unified Spiking Transformer")
    assert {share["term"] for share in found["papers"][0]["terms"]} == {"spike", "transform"}
    assert found["searched"] == 52
    assert found["notice"] is None


def test_a_search_without_a_hit_says_why(cli: Cli) -> None:
    found = read(cli("search", "--sample", "--json", "xyzzy"))
    assert found["papers"] == []
    assert found["notice"].startswith("None of the papers searched contains any of these words.")
