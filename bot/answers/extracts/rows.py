"""Summaries, overviews and comparisons as verbatim sentences: the mode without a model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.answer import Column, Row, Source, Statement
from bot.answers.extracts.answers import bm25, share, summary_sentence
from bot.answers.extracts.quotable import quotable_sentences
from bot.answers.extracts.slots import FITS, Slot, slot_scores
from bot.search.engine.protocol import PaperIndex
from bot.search.text.tokens import tokenize

IN_SHORT = "In short"
SUMMARY_SLOTS = (Slot.PROBLEM, Slot.METHOD, Slot.RESULT, Slot.LIMITS)
ASPECT_SHARE = 0.5
"""The least share of an aspect's weight (idf) that a sentence must have to be about it."""

REPEATED = 0.3
"""What it counts against a sentence, in scores of slots, that it is in another row of its column."""

CELL_SENTENCES = 2
"""How many sentences a cell has at most, each of another paper."""

_OTHER_NAMES = {
    "aim": Slot.PROBLEM,
    "approach": Slot.METHOD,
    "dataset": Slot.DATA,
    "benchmark": Slot.DATA,
    "finding": Slot.RESULT,
    "limitation": Slot.LIMITS,
}
_SLOTS = {tuple(tokenize(name)): slot for name, slot in [*((s.value, s) for s in Slot), *_OTHER_NAMES.items()]}


@dataclass(frozen=True, slots=True)
class _Sentence:
    number: int
    place: int
    text: str
    slots: Mapping[Slot, float]
    terms: Counter[str]


def gist(source: Source, index: PaperIndex) -> tuple[Statement, ...]:
    """Return the one sentence that says best what a paper is about; nothing when none may be shown."""
    text = summary_sentence(source.paper, index)
    return (Statement(text, (source.number,)),) if text else ()


def summary_rows(source: Source, index: PaperIndex) -> tuple[Row, ...]:
    """Return the rows of one paper's summary, each with one sentence of its own or empty.

    The sentence that says most is the row in short, and not repeated below.
    """
    short = gist(source, index)
    used = {statement.text for statement in short}
    open_ones = [(slot, s) for s in _sentences([source]) for slot in SUMMARY_SLOTS if s.text not in used]
    chosen: dict[Slot, _Sentence] = {}
    # Surest first, so that a sentence goes where it fits best; of equals the earlier.
    for slot, sentence in sorted(open_ones, key=lambda pair: -pair[1].slots.get(pair[0], 0.0)):
        if sentence.slots.get(slot, 0.0) >= FITS and slot not in chosen and sentence.text not in used:
            chosen[slot] = sentence
            used.add(sentence.text)
    below = (Row(slot.value, (_cell([chosen[slot]] if slot in chosen else []),)) for slot in SUMMARY_SLOTS)
    return Row(IN_SHORT, (short,)), *below


def topic_rows(sources: Sequence[Source], index: PaperIndex) -> tuple[Row, ...]:
    """Return one row for each paper, labelled with its title: the sentence that says best what it is about."""
    once = {source.paper.key: source for source in reversed(sources)}
    return tuple(Row(s.paper.title, (gist(s, index),)) for s in sources if once[s.paper.key] is s)


def comparison_rows(
    columns: Sequence[Column], sources: Sequence[Source], labels: Sequence[str], index: PaperIndex
) -> tuple[Row, ...]:
    """Return a row for each label with a cell for each column, empty where no sentence of its papers is about it.

    A label that is a slot's name finds the sentences of that slot; any other is an aspect, looked for by its words.
    What is in a column once is repeated only where nothing else fits nearly as well.
    """
    papers = {source.number: source for source in sources}
    cells = [
        _column([papers[number] for number in column.numbers if number in papers], labels, index) for column in columns
    ]
    return tuple(Row(label, tuple(column[row] for column in cells)) for row, label in enumerate(labels))


def row_fit(label: str, sentence: str) -> float:
    """Return how well a sentence fits a row: 0 to about 1 for a slot's row, more for an aspect that a user named."""
    slot = _SLOTS.get(tuple(tokenize(label)))
    return slot_scores([sentence])[0].get(slot, 0.0) if slot else float("inf")


def _column(sources: Sequence[Source], labels: Sequence[str], index: PaperIndex) -> list[tuple[Statement, ...]]:
    sentences = _sentences(sources)
    used: set[str] = set()
    cells: list[tuple[Statement, ...]] = []
    for label in labels:
        slot = _SLOTS.get(tuple(tokenize(label)))
        scores = _by_slot(slot, sentences) if slot else _by_aspect(label, sentences, index)
        repeated = REPEATED if slot else 0.0
        ranked = [(score - repeated * (s.text in used), s) for score, s in zip(scores, sentences, strict=True) if score]
        ranked.sort(key=lambda pair: -pair[0])
        best: dict[int, _Sentence] = {}
        for _, sentence in ranked:
            best.setdefault(sentence.number, sentence)
        # The column's papers are best first: its cell quotes the first ones with a sentence that fits.
        order = [best[source.number] for source in sources if source.number in best][:CELL_SENTENCES]
        used.update(sentence.text for sentence in order)
        cells.append(_cell(order))
    return cells


def _by_slot(slot: Slot, sentences: Sequence[_Sentence]) -> list[float]:
    return [score if (score := s.slots.get(slot, 0.0)) >= FITS else 0.0 for s in sentences]


def _by_aspect(label: str, sentences: Sequence[_Sentence], index: PaperIndex) -> list[float]:
    wanted = tuple(dict.fromkeys(tokenize(label)))
    scores = bm25([sentence.terms for sentence in sentences], [wanted] * len(sentences))
    enough = (share(wanted, sentence.terms, index) >= ASPECT_SHARE for sentence in sentences)
    return [score if fits else 0.0 for score, fits in zip(scores, enough, strict=True)]


def _sentences(sources: Sequence[Source]) -> list[_Sentence]:
    found: list[_Sentence] = []
    for source in sources:
        texts = quotable_sentences(source.paper)
        for place, (text, slots) in enumerate(zip(texts, slot_scores(texts), strict=True)):
            found.append(_Sentence(source.number, place, text, slots, Counter(tokenize(text))))
    return found


def _cell(sentences: Sequence[_Sentence]) -> tuple[Statement, ...]:
    return tuple(Statement(sentence.text, (sentence.number,)) for sentence in sentences)
