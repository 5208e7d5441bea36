"""Checks of one sentence against the sources that it cites. They are code, not a model.

They tell that figures, names, quotes and source numbers are right. They are blind to a negation or to two names
exchanged, so a sentence that passes is "checked", never "verified".
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.assistant.sentences import MARKER
from bot.models import Paper


class Problem(StrEnum):
    """Why a sentence is not shown."""

    UNCITED = "it cites no source"
    FIGURE = "a figure is not in the cited sources"
    NAME = "a name is not in the cited sources"
    QUOTE = "a quotation is not verbatim"


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence without its markers, the valid numbers that it cites, and what is wrong with it."""

    text: str
    citations: tuple[int, ...]
    problems: tuple[Problem, ...]


_SMALL_NUMBERS = {
    word: str(value)
    for value, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        start=2,
    )
}
# Not within a name: GPT-4, COVID-19, T5, ResNet50. "7-day" and "10x" are figures.
_FIGURE = re.compile(r"(?<![A-Za-z\d.,_])(?<![A-Za-z]-)(?<![A-Za-z]/)\d+(?:,\d{3})*(?:\.\d+)?")
_NAME = re.compile(r"[A-Za-z\d]+(?:[-.+/][A-Za-z\d]+)*\+*")
_QUOTE = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
_QUOTE_WORDS = 3


def check(sentence: str, sources: Mapping[int, Paper]) -> Checked:
    """Check one sentence. `sources` are the papers in the prompt by number; other numbers are deleted from it."""
    numbers = [number for marker in MARKER.findall(sentence) for number in _marker_numbers(marker)]
    citations = tuple(dict.fromkeys(number for number in numbers if number in sources))
    text = re.sub(r"\s+([.,;:!?])", r"\1", MARKER.sub("", sentence)).strip()
    if not citations:
        return Checked(text, (), (Problem.UNCITED,))
    papers = [sources[number] for number in citations]
    cited = "\n".join("\n".join([paper.title, paper.abstract, *paper.authors]) for paper in papers)
    known = figures(cited).union(*(_facts(paper, text) for paper in papers))
    problems = [
        problem
        for problem, passed in (
            (Problem.FIGURE, figures(text) <= known),
            (Problem.NAME, all(_folded(name) in _folded(cited) for name in _names(text))),
            (Problem.QUOTE, _quotes_stand(text, cited)),
        )
        if not passed
    ]
    return Checked(text, citations, tuple(problems))


def figures(text: str) -> frozenset[str]:
    """Return the figures of a text, without thousands separators; two to twenty also when spelled out."""
    plain = _plain(text)
    found = {match.group().replace(",", "") for match in _FIGURE.finditer(plain)}
    words = re.findall(r"[a-z]+", plain.lower())
    return frozenset(found | {_SMALL_NUMBERS[word] for word in words if word in _SMALL_NUMBERS})


def _marker_numbers(marker: str) -> list[int]:
    numbers: list[int] = []
    for part in re.split(r"[,;]", marker):
        ends = [int(number) for number in re.findall(r"\d+", part)]
        numbers.extend(range(ends[0], min(ends[-1], ends[0] + 20) + 1) if ends else [])
    return numbers


def _facts(paper: Paper, text: str) -> frozenset[str]:
    """Return the figures of a paper's date and author count, where `text` speaks of a date or of authors.

    Elsewhere they are no support: "6 tasks" is not true because the paper came out on the 6th.
    """
    facts: set[str] = set()
    if paper.published and re.search(rf"\b{paper.published:(?:%Y|%B|%b)}\b", text):
        facts |= figures(f"{paper.published} {paper.published.day}")
    if paper.author_count and re.search(r"\baut\w*r", text, re.IGNORECASE):  # author, Autor, auteur
        facts.add(str(paper.author_count))
    return frozenset(facts)


def _names(text: str) -> list[str]:
    """Return the words that look like a name: a digit beside letters, or a capital that doesn't open the word."""
    return [
        word
        for word in _NAME.findall(_plain(text))
        if re.search(r"[A-Za-z]", word)
        and (re.search(r"[A-Za-z]-?\d|\d[A-Za-z]*[A-Z]", word) or re.search(r"[A-Za-z\d][A-Z]", word))
    ]


def _plain(text: str) -> str:
    """Compatibility forms and typeset hyphens as plain ones: models like GPT‑4 with a hyphen that doesn't break."""
    return re.sub("[\u2010-\u2012]", "-", unicodedata.normalize("NFKC", text))


def _folded(text: str) -> str:
    """Letters and digits alone, in lower case, so that GPT-4 meets GPT4; a plural s on an acronym doesn't count."""
    return re.sub(r"[\W_]+", "", re.sub(r"(?<=[A-Z])s\b", "", _plain(text)).casefold())


def _quotes_stand(text: str, cited: str) -> bool:
    words = " ".join(re.findall(r"\w+", cited.casefold()))
    quoted = (re.findall(r"\w+", quote.casefold()) for quote in _QUOTE.findall(text))
    return all(" ".join(quote) in words for quote in quoted if len(quote) >= _QUOTE_WORDS)
