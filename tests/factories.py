"""Papers for tests, in made-up words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.answers.answer import Source, number_sources
from bot.models import Paper

ABSTRACT = (
    "Kettles whistle for many reasons. We present KettleNet, a network of 12 layers that tells them apart. "
    "It reaches 91.5% accuracy on 1,200 recordings. Our results hold for small kettles too."
)


def make_paper(**changes: Any) -> Paper:
    """Return a paper about whistling kettles, with `changes`."""
    facts: dict[str, Any] = {
        "title": "KettleNet: Telling Whistles Apart",
        "abstract": ABSTRACT,
        "origin": "test",
        "arxiv_id": "2401.00001",
        "published": date(2024, 1, 5),
    }
    return Paper(**{**facts, **changes})


def make_papers(*titles: str, abstract: str = ABSTRACT) -> list[Paper]:
    """Return one paper for each title, with arXiv ids that count up."""
    return [
        make_paper(title=title, abstract=abstract, arxiv_id=f"2401.{number:05}")
        for number, title in enumerate(titles, start=1)
    ]


def make_sources(*abstracts: str) -> Sequence[Source]:
    """Return numbered sources, each with one of the abstracts."""
    return number_sources(
        [
            make_paper(title=f"Study {letter}", abstract=abstract, arxiv_id=f"2401.{number:05}")
            for number, (letter, abstract) in enumerate(zip("ABCDEFGH", abstracts, strict=False), start=1)
        ]
    )
