"""A term explained by verbatim sentences: those that define it first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answer import Source, Statement
from bot.answers.extracts.quotable import quotable_sentences
from bot.search.text.tokens import tokenize

SENTENCES = 4
SENTENCES_A_PAPER = 2
MENTIONS = 2
"""How many sentences are shown when none defines the term or has it for its subject."""

DEFINES, SUBJECT, MENTIONS_IT = 3, 2, 1

_PIECE = re.compile(r"[^\s-]+")
_MOST_PIECES = 3
"""How many pieces one term may be written in: Bert-4-Rec."""
_ARTICLES = r"(?:(?:an?|the|novel|new|simple|so-called|our)\s+)*"
_IS = re.compile(
    r"^[\"'”’)*`]*\s*(?:\([^)]*\)\s*)?(?:(?:is|are|was) (?:an?|the|one|called|defined|any|produced|designed)\b"
    r"|(?:refers?|stands?) (?:to|for)\b|(?:denotes?|means)\b"
    r"|(?:,|--?|–|—|:)\s*(?:an?|the|which (?:is|are)|i\.e\.|novel)\b)",
    re.IGNORECASE,
)
_SHORT_FORM_NEXT = re.compile(r"^\s*\(([\w-]*[A-Z][\w-]*)\)")
_INTRODUCED = re.compile(
    rf"\b(?:introduc\w*|propos\w*|present\w*|defin\w*|call(?:ed)?|term(?:ed)?|named?(?:ly)?|dubbed|coin\w*|known as"
    rf"|what we call)(?: it| them| this)?,?\s+{_ARTICLES}[\"'“‘(`*]*$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"(?:(?:in|for|with|at|on|using|by|to|as|here|moreover|furthermore|specifically|additionally|finally|first|second"
    rf"|the core of)\b[^,]{{0,60}},\s*)?{_ARTICLES}[\"'“‘(`*]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    source: Source
    place: int
    text: str
    grade: int


def explanation_extracts(term_terms: Sequence[str], sources: Sequence[Source]) -> tuple[Statement, ...]:
    """Return sentences that say what a term is, at most four and two of one paper; nothing when none has the term.

    `term_terms` are the term's index terms in order, `tokenize(term)`. Sentences that define it come first, then those
    with it as their subject; in both the sources' own order holds. Where there are neither, sentences that have it.
    """
    found = [one for source in sources for one in _of_source(list(term_terms), source)]
    found.sort(key=lambda one: -one.grade)  # stable
    if not any(one.grade > MENTIONS_IT for one in found):
        found = found[:MENTIONS]
    else:
        found = [one for one in found if one.grade > MENTIONS_IT]
    shown: list[_Found] = []
    for one in found:
        if sum(other.source.number == one.source.number for other in shown) < SENTENCES_A_PAPER:
            shown.append(one)
    return tuple(Statement(one.text, (one.source.number,), lead="\n") for one in shown[:SENTENCES])


def _of_source(terms: list[str], source: Source) -> list[_Found]:
    if not terms:
        return []
    texts = quotable_sentences(source.paper)
    wanted = set(terms)
    return [
        _Found(source, place, text, _grade(terms, text))
        for place, text in enumerate(texts)
        if wanted <= set(tokenize(text))
    ]


def _grade(terms: list[str], text: str) -> int:
    """Return how much a sentence, which has all the terms, says about what they are together."""
    best = MENTIONS_IT
    for start, end in _spans(terms, text):
        before, after = text[:start], text[end:]
        if _IS.match(after) and _OPENING.fullmatch(before):
            return DEFINES
        if (
            _INTRODUCED.search(before)
            or _is_long_form(text[start:end], after)
            or _is_short_form(before, text[start:end], after)
        ):
            return DEFINES
        if _OPENING.fullmatch(before):
            best = SUBJECT
    return best


def _is_short_form(before: str, term: str, after: str) -> bool:
    """Whether the term is in brackets behind the words that it is short for: "Token Slimming Module (TSM)"."""
    if not re.search(r"[(]\s*[\"'“‘`]*$", before) or not re.match(r"(?:-[\w-]+)?[\"'”’`]*\s*[),;:]", after):
        return False
    return _abbreviates(term, before)


def _is_long_form(term: str, after: str) -> bool:
    """Whether a short form of the term follows in brackets: "spiking neural network (SNN)"."""
    short = _SHORT_FORM_NEXT.match(after)
    return short is not None and _abbreviates(short[1], term)


def _abbreviates(short: str, text: str) -> bool:
    """Whether `short` is made from the last words of `text`.

    Each letter, from the last, must be found going back through the words, the first one opening a word: Schwartz and
    Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text (2003).
    """
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    text = " ".join(re.findall(r"[^\W_]+", text.casefold())[-2 * len(letters) :])
    place = len(text)
    for at, letter in reversed(list(enumerate(letters))):
        place = text.rfind(letter, 0, place)
        while at == 0 and place > 0 and text[place - 1] != " ":
            place = text.rfind(letter, 0, place)
        if place < 0:
            return False
    return bool(letters)


def _spans(terms: list[str], text: str) -> list[tuple[int, int]]:
    """Return where the terms occur together, without the punctuation around them."""
    pieces = [match.span() for match in _PIECE.finditer(text)]
    spans: list[tuple[int, int]] = []
    for first, (start, _) in enumerate(pieces):
        ends = (end for _, end in pieces[first : first + len(terms) + _MOST_PIECES])
        end = next((end for end in ends if tokenize(text[start:end]) == terms), None)
        if end is not None:
            spans.append(_trimmed(text, start, end))
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "+#"):
        end -= 1
    return start, end
