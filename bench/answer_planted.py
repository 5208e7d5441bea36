"""Errors planted into true claims: each function returns wrong sentences with their markers, none where it can't.

The claim's own paper is source [1] of its prompt. `texts` is all that the prompt's sources say.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench.answer_claims import Claim
from bench.answer_figures import Number, figures_in, other_spelled, put, random_figure, spelled_in
from bot.answers.planning.followups import content_words
from bot.models import Paper

OWN = 1
NEAREST = 2
BEYOND = 9
"""No prompt has so many sources."""

_MARKED_NAME = re.compile(r"(?<![\w-])(?=[A-Z])[A-Za-z]*[A-Z][A-Za-z]*(?<=[a-z\dA-Z][A-Z])[A-Za-z]*(?![\w-])")
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![\w-])")
_WORD = re.compile(r"[A-Za-z]{4,}")
_QUOTED = 4  # words at least, eight at most
_CONTENT = 2  # content words at least: "of the one in" quotes nothing


@dataclass(frozen=True, slots=True)
class Planting:
    """What plants are made of: all that the sources of a claim's prompt say, names to take, and the dice.

    Of figures at most `most` are changed in one claim, each in a sentence of its own.
    """

    texts: str
    names: Sequence[str]
    ordinary_names: Sequence[str]
    draw: random.Random
    most: int = 1


Plant = Callable[[Claim, Planting], list[str]]


def cite(text: str, number: int) -> str:
    """Return a sentence with one marker before its full stop."""
    stop = text[-1:] if text[-1:] in ".!?" else ""
    return f"{text.removesuffix(stop)} [{number}]{stop or '.'}"


def wrong_figure(claim: Claim, planting: Planting) -> list[str]:
    """Put a figure that stands in no source in the place of one."""
    figures = figures_in(claim.text)
    chosen = planting.draw.sample(figures, min(planting.most, len(figures)))
    return [
        cite(put(claim.text, figure, random_figure(figure, planting.texts, planting.draw)), OWN) for figure in chosen
    ]


def swapped_figure(claim: Claim, planting: Planting) -> list[str]:
    """Put another figure of the same abstract in the place of one."""
    return _exchanged(claim, planting, figures_in(claim.text), figures_in(claim.paper.abstract))


def wrong_count(claim: Claim, planting: Planting) -> list[str]:
    """Put a spelled count that stands in no source in the place of one."""
    counts = spelled_in(claim.text)
    chosen = planting.draw.sample(counts, min(planting.most, len(counts)))
    found = ((count, other_spelled(count, planting.texts, planting.draw)) for count in chosen)
    return [cite(put(claim.text, count, _as_written(new, count)), OWN) for count, new in found if new]


def swapped_count(claim: Claim, planting: Planting) -> list[str]:
    """Put another spelled count of the same abstract in the place of one."""
    return _exchanged(claim, planting, spelled_in(claim.text), spelled_in(claim.paper.abstract))


def nearest_citation(claim: Claim, planting: Planting) -> list[str]:  # noqa: ARG001
    """Cite the source that is most like the right one."""
    return [cite(claim.text, NEAREST)]


def uncited(claim: Claim, planting: Planting) -> list[str]:  # noqa: ARG001
    """Cite nothing."""
    return [claim.text]


def beyond_the_sources(claim: Claim, planting: Planting) -> list[str]:  # noqa: ARG001
    """Cite a source that there isn't."""
    return [cite(claim.text, BEYOND)]


def true_quote(claim: Claim, planting: Planting) -> list[str]:
    """Quote four to eight words of the abstract as they are: no error, for false alarms."""
    words = _quotable(claim, planting.draw)
    return [_quoting(words)] if words else []


def altered_quote(claim: Claim, planting: Planting) -> list[str]:
    """Quote four to eight words of the abstract, one content word of them exchanged."""
    words = _quotable(claim, planting.draw)
    places = [place for place, word in enumerate(words) if content_words(word)]
    others = [word for word in _WORD.findall(claim.paper.abstract) if word.lower() not in map(str.lower, words)]
    if not places or not others:
        return []
    words[planting.draw.choice(places)] = planting.draw.choice(others)
    # The exchanged words may stand there as well ("high accuracy", "high quality").
    return [] if " ".join(words).lower() in claim.paper.abstract.lower() else [_quoting(words)]


def foreign_name(claim: Claim, planting: Planting) -> list[str]:
    """Put a name such as BERT or ResNet that no source has in the place of one."""
    return _renamed(claim, planting, _MARKED_NAME, planting.names)


def foreign_ordinary_name(claim: Claim, planting: Planting) -> list[str]:
    """Put a name such as Stanford that no source has in the place of one."""
    return _renamed(claim, planting, _CAPITALISED, planting.ordinary_names)


def names_of(papers: Sequence[Paper]) -> tuple[list[str], list[str]]:
    """Return the marked and the ordinary names that stand in the abstracts."""
    marked = {name for paper in papers for name in _MARKED_NAME.findall(paper.abstract)}
    ordinary = {name for paper in papers for name in _CAPITALISED.findall(paper.abstract)}
    return sorted(marked), sorted(ordinary)


def texts_of(sources: Mapping[int, Paper]) -> str:
    """Return all that a prompt's sources say."""
    return "\n".join(f"{paper.title}\n{paper.abstract}" for paper in sources.values())


def _exchanged(claim: Claim, planting: Planting, figures: Sequence[Number], donors: Sequence[Number]) -> list[str]:
    values = {donor.value.lower(): donor.text for donor in donors}
    pairs = [(old, new) for old in figures for value, new in values.items() if value != old.value.lower()]
    chosen = planting.draw.sample(pairs, min(planting.most, len(pairs)))
    return [cite(put(claim.text, old, _as_written(new, old)), OWN) for old, new in chosen]


def _as_written(new: str, old: Number) -> str:
    return new.capitalize() if old.text[:1].isupper() else new.lower()


def _quotable(claim: Claim, draw: random.Random) -> list[str]:
    """Return four to eight words that follow each other in the abstract without marks between them; else none."""
    starts = list(re.finditer(r"(?<!\S)[A-Za-z]+(?: [A-Za-z]+){3,7}(?=[\s.,;]|$)", claim.paper.abstract))
    for match in draw.sample(starts, len(starts)):
        words = match.group().split()
        shorter = words[: draw.randint(_QUOTED, len(words))]
        if sum(bool(content_words(word)) for word in shorter) >= _CONTENT:
            return shorter
    return []


def _quoting(words: Sequence[str]) -> str:
    return cite(f"The authors write of “{' '.join(words)}”.", OWN)


def _renamed(claim: Claim, planting: Planting, pattern: re.Pattern[str], names: Sequence[str]) -> list[str]:
    found = [match for match in pattern.finditer(claim.text) if match.start() > 0]
    known = planting.texts.casefold()
    free = [name for name in planting.draw.sample(names, min(50, len(names))) if name.casefold() not in known]
    if not found or not free:
        return []
    match = planting.draw.choice(found)
    return [cite(claim.text[: match.start()] + free[0] + claim.text[match.end() :], OWN)]


PLANTS: dict[str, Plant] = {
    "figure, random": wrong_figure,
    "figure, another of the same abstract": swapped_figure,
    "spelled count, random": wrong_count,
    "spelled count, another of the same abstract": swapped_count,
    "citation, nearest other source": nearest_citation,
    "citation beyond the sources": beyond_the_sources,
    "no citation": uncited,
    "quotation, one word altered": altered_quote,
    "foreign name (BERT, ResNet)": foreign_name,
    "foreign name (Stanford)": foreign_ordinary_name,
}
