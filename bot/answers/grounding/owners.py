"""Whose figures they are: of which name, on which data, and in whose turn where a source says "respectively"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.grounding.figures import figure_values, find_figures, typeset
from bot.answers.grounding.source_text import SourceText, name_forms, names_at
from bot.search.text.tokens import tokenize

_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?:[kKMB]\b)?")
_ON = re.compile(r"^[^\d.;:]{0,25}?\b(?:on|in|for|auf|bei|sur|dans)\s+(?:the\s+|dem\s+|der\s+|le\s+|la\s+)?(?=[A-Z])")


def of_another(text: str, cited: Sequence[SourceText]) -> list[str]:
    """Return the figures of a sentence that its sources give to another name, data set or place in a row."""
    others = (_of_another_name, _on_other_data, _out_of_turn, _the_other_way)
    return [figure for find in others for figure in find(text, cited)]


def _of_another_name(text: str, cited: Sequence[SourceText]) -> Iterator[str]:
    """Yield the figures behind a name that only sources have which don't have the figure.

    "PVT reaches 61.3 AP [1][2]", of which [1] is about PVT, and the 61.3 is another detector's in [2].
    """
    if len(cited) < 2:
        return
    names = list(names_at(text))
    for match in _NUMBER.finditer(text):
        before = [name for at, name in names if at < match.start() and not re.search(r"\d", name)]
        holders = [source for source in cited if figure_values(match[0]) & _values(source)]
        if not before or not holders:
            continue
        forms = name_forms(before[-1])
        if any(forms & source.names for source in cited) and not any(forms & source.names for source in holders):
            yield match[0]


def _on_other_data(text: str, cited: Sequence[SourceText]) -> Iterator[str]:
    """Yield the figures on data for which the source has another figure of the kind, in another sentence."""
    names = dict(names_at(text))
    for match in _NUMBER.finditer(text):
        behind = _ON.match(text[match.end() :])
        name = names.get(match.end() + behind.end()) if behind else None
        own = [it for it in find_figures(text) if it.value in figure_values(match[0])]
        if name is None or not own:
            continue
        forms = {"".join(char for char in name.casefold() if char.isalnum())}
        holding, others = [], []
        for source in cited:
            for sentence, found in zip(source.sentences, source.figures_of, strict=True):
                here = bool(forms & name_forms(sentence))
                if any(it.value == own[0].value for it in found):
                    holding.append(here)
                elif here:
                    others += [it for it in found if it.unit == own[0].unit is not None]
        if holding and not any(holding) and others:
            yield match[0]


_UP = "more|larger|bigger|higher|greater|longer|mehr|größer|plus"
_DOWN = "fewer|less|smaller|lower|shorter|weniger|moins"
_COMPARED = re.compile(
    rf"({_NUMBER.pattern})\s?(?:%|x\b|×|times\b|-?fold\b|percent\b|mal\b|fois\b)?\s*(?:({_UP})|({_DOWN}))\b",
    re.IGNORECASE,
)


def _the_other_way(text: str, cited: Sequence[SourceText]) -> Iterator[str]:
    """Yield the figures by which something is more here and less in the sources, or the other way round."""
    there = [match for source in cited for match in _COMPARED.finditer(typeset(source.paper.abstract))]
    for match in _COMPARED.finditer(typeset(text)):
        same = [bool(other[2]) for other in there if figure_values(other[1]) == figure_values(match[1])]
        if same and bool(match[2]) not in same:
            yield match[1]


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands side by side in a sentence that says "respectively": figures, or the terms of things."""

    values: tuple[str, ...] = ()
    things: tuple[frozenset[str], ...] = ()


_UNIT = r"[^\s,\d]*(?:\s?%|\s(?:times|percent|points|bleu|accuracy|f1)\b)?"
_RUN = re.compile(rf"(?:{_NUMBER.pattern}{_UNIT}(?:,\s*(?:and\s+)?|\s+and\s+|/))+{_NUMBER.pattern}", re.IGNORECASE)
_SPLIT = re.compile(r",\s*and\s+|,\s*|\s+and\s+")
_LEADS = re.compile(r".*\b(?:in|on|for|of|with|to|by|at|over|under|using|than)\s+(?:the\s+|both\s+)?", re.DOTALL)


def _rows(sentence: str) -> list[_Row]:
    """Return the rows of a source's sentence, the figures' first."""
    head, found, _ = sentence.partition("respectively")
    if not found:
        return []
    runs = list(_RUN.finditer(head))
    rows = [
        _Row(values=tuple(next(iter(figure_values(number[0])), "") for number in _NUMBER.finditer(run[0])))
        for run in runs
    ]
    if len(rows) == 1:
        behind = _SPLIT.split(_LEADS.sub("", head[runs[0].end() :].rstrip(" ,")))
        rows.append(_Row(things=_things(behind, len(rows[0].values))))
    return [row for row in rows if len(row.values or row.things) == len(rows[0].values)]


def _things(parts: Sequence[str], count: int) -> tuple[frozenset[str], ...]:
    """Return the terms that tell `count` things apart; none where there aren't so many."""
    terms = [frozenset(tokenize(part)) for part in parts]
    shared = frozenset.intersection(*terms)
    things = tuple(each - shared for each in terms)
    return things if len(things) == count and all(things) else ()


def _out_of_turn(text: str, cited: Sequence[SourceText]) -> Iterator[str]:
    """Yield the figures that a sentence puts beside another one's place in a row of its source."""
    if "respectively" in text:
        return
    said = {value: match for match in _NUMBER.finditer(text) for value in figure_values(match[0])}
    for source in cited:
        for sentence in source.sentences:
            rows = _rows(sentence) if "respectively" in sentence else []
            for row in rows[1:]:
                for at, value in enumerate(rows[0].values):
                    if value in said and _beside_another(text, said, rows[0], row, at):
                        yield said[value][0]


def _beside_another(text: str, said: dict[str, re.Match[str]], first: _Row, row: _Row, at: int) -> bool:
    if row.values:  # of two figures in the sentence, one is of another turn, and its partner isn't there
        here = [place for place, value in enumerate(row.values) if value in said]
        alone = sum(value in said for value in first.values) == 1
        return alone and bool(here) and at not in here
    mentioned = {place: found for place, thing in enumerate(row.things) if (found := _mentions(text, thing))}
    figures = {place: said[value].start() for place, value in enumerate(first.values) if value in said}
    if len(mentioned) == len(figures) > 1:  # in whatever way they are joined, the first figure is of the first thing
        order = sorted(figures, key=lambda place: figures[place])
        things = sorted(mentioned, key=lambda place: mentioned[place][0])
        return things[order.index(at)] != at
    near = {place: min(abs(start - figures[at]) for start in found) for place, found in mentioned.items()}
    return bool(near) and min(near, key=lambda place: near[place]) != at


def _mentions(text: str, thing: frozenset[str]) -> list[int]:
    """Return where the words of a thing stand in a text that has all of its terms."""
    if not thing or not thing <= set(tokenize(text)):
        return []
    return [match.start() for match in re.finditer(r"[^\W_]+", text) if thing.intersection(tokenize(match[0]))]


def _values(source: SourceText) -> frozenset[str]:
    return frozenset(figure.value for figure in source.figures)
