"""Finished answers."""

import io

from rich.console import Console

from bot.assistant.answer import Answer, Kind
from bot.frontends.console.answers import render_answer


def shown(answer: Answer) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(render_answer(answer))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def make_answer(wording: str | None) -> Answer:
    return Answer(
        question="and?",
        kind=Kind.NOTHING,
        statements=(),
        sources=(),
        searched=3,
        span=None,
        wording=wording,
        notice="No.",
    )


def test_another_wording_stands_below_the_heading() -> None:
    assert shown(make_answer("What is KettleNet?")).startswith("No answer\nSearched for: What is KettleNet?\n\nNo.\n")
    assert "Searched for" not in shown(make_answer(None))


def test_a_long_wording_is_cut() -> None:
    text = " ".join(shown(make_answer("kettle " * 90)).split())
    assert "kettle… No." in text
    assert len(text) < 400
