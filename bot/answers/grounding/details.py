"""What exactly is wrong with a sentence, in words for the model that is to mend it: which figure, which name."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import chain

from bot.answers.grounding.figures import Figure, Weight, find_figures, misplaced
from bot.answers.grounding.source_text import SourceText, foreign_names

_QUOTE = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
_MOST = 3
"""So many figures or names are told of one sentence."""

_LEAST_FIT = 0.15
"""Under this share of a sentence's words, by weight, another source says nothing of it."""


def best_fitting(
    terms: Collection[str], sources: Mapping[int, SourceText], fit: Callable[[Collection[str], SourceText], float]
) -> int | None:
    """Return the number of the source that says most of `terms`, or None where none says much."""
    fits = {number: fit(terms, source) for number, source in sources.items()}
    best = max(fits, key=lambda number: fits[number], default=None)
    return best if best is not None and fits[best] >= _LEAST_FIT else None


def detail(problem: str, text: str, cited: Mapping[int, SourceText], rival: int | None, weight: Weight) -> str:
    """Return what a `problem`, by its name, is about: "the figure 37 is not in source 2"; empty where that isn't known.

    `text` is the sentence without markers, and `rival` the source beside the `cited` ones that fits it best.
    """
    sources, where = list(cited.values()), _named("source", list(cited))
    match problem:
        case "FIGURE" if wrong := _absent_figures(text, sources):
            return f"{_the('figure', wrong)} not in {where}"
        case "MISPLACED" if wrong := misplaced(find_figures(text), _figures(sources), weight):
            return f"{_named('the figure', wrong)} measures something else in {where}"
        case "NAME" if wrong := foreign_names(text, frozenset().union(*(it.names for it in sources)), capitals=True):
            return f"{_the('name', wrong)} not in {where}"
        case "QUOTE" if quotes := [quote for quote in _QUOTE.findall(text) if not _verbatim(quote, sources)]:
            return f"the quotation “{quotes[0]}” is not verbatim in {where}"
        case "CITATION" if rival is not None:
            return f"source {rival} says this, or {where} doesn't"
        case "UNSUPPORTED" | "NOT_STATED" if cited and rival is not None:
            return f"{where} doesn't say this; source {rival} comes closest"
        case _:
            return ""


def _figures(sources: Sequence[SourceText]) -> list[Figure]:
    return list(chain.from_iterable(source.figures for source in sources))


def _absent_figures(text: str, sources: Sequence[SourceText]) -> list[str]:
    known = {figure.value for source in sources for figure in source.figures}
    known |= frozenset().union(*(source.facts(text) | source.worded for source in sources))
    return list(dict.fromkeys(figure.value for figure in find_figures(text) if figure.value not in known))


def _verbatim(quote: str, sources: Sequence[SourceText]) -> bool:
    words = " ".join(re.findall(r"\w+", quote.casefold()))
    return any(words in " ".join(re.findall(r"\w+", part.casefold())) for source in sources for part in source.texts)


def _the(noun: str, values: Sequence[str]) -> str:
    values = list(dict.fromkeys(values))[:_MOST]
    return f"{_named(f'the {noun}', values)} {'are' if len(values) > 1 else 'is'}"


def _named(noun: str, values: Sequence[object]) -> str:
    """Return a noun with its values: "source 2", "the figures 3 and 7"."""
    said = [str(value) for value in dict.fromkeys(values)][:_MOST]
    if not said:
        return f"the {noun}s" if not noun.startswith("the ") else f"{noun}s"
    return f"{noun} {said[0]}" if len(said) == 1 else f"{noun}s {', '.join(said[:-1])} and {said[-1]}"
