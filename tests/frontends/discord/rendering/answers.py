"""Answers about whistling kettles, to be shown."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.answers.answer import Answer, Column, Evidence, Kind, Row, Statement, Task, number_sources
from bot.frontends.discord.answers.rendering import answer_embeds
from bot.models import Paper
from tests.factories import make_paper, make_papers

KETTLE = make_paper(code_url="https://github.com/kettle/net", project_url="https://kettle.example")


def make_answer(*statements: Statement, papers: Sequence[Paper] = (KETTLE,), **changes: Any) -> Answer:
    """Return an answer in prose, with `changes`."""
    facts: dict[str, Any] = {
        "question": "what is KettleNet?",
        "kind": Kind.ANSWER,
        "statements": statements or (Statement("It tells whistles apart.", (1,)),),
        "sources": number_sources(papers),
        "searched": 1234,
        "span": (date(2023, 1, 1), date(2024, 1, 5)),
        "model": "kettle-1",
    }
    return Answer(**{**facts, **changes})


def said(text: str, number: int = 1, evidence: str = "It reaches 91.5% accuracy on 1,200 recordings.") -> Statement:
    """Return a checked sentence with its evidence."""
    return Statement(text, (number,), evidence=(Evidence(number, evidence),))


def make_summary(*rows: Row, papers: Sequence[Paper] = (KETTLE,), **changes: Any) -> Answer:
    """Return a summary of one paper, or with a row for each of several."""
    numbers = tuple(range(1, len(papers) + 1))
    name = papers[0].title if len(papers) == 1 else ""
    facts = {"statements": (), "task": Task.SUMMARY, "columns": (Column(name, numbers),), "rows": rows}
    return make_answer(papers=papers, **{**facts, **changes})


def make_comparison(*rows: Row, names: Sequence[str] = ("KettleNet", "Mugs"), **changes: Any) -> Answer:
    """Return a comparison, each side of which has a paper of its own."""
    columns = tuple(Column(name, (number,)) for number, name in enumerate(names, start=1))
    facts = {
        "statements": (),
        "task": Task.COMPARISON,
        "columns": columns,
        "rows": rows,
        "question": " ; ".join(names),
        "papers": make_papers(*(f"Study {number}" for number in range(1, len(names) + 1))),
    }
    return make_answer(**{**facts, **changes})


def text_of(answer: Answer) -> str:
    return "\n".join(embed.description or "" for embed in answer_embeds(answer))
